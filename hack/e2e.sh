#!/usr/bin/env bash
# End-to-end tests: a real cluster, a real browser. Brings the local cluster up
# from nothing, installs this tree on it, and takes it down again.
#   KEEP=1          leaves the cluster for a look
#   REUSE=1         runs on the local cluster that is up; its tenants go
#   CLUSTER=existing KUBECONFIG=… REGISTRY=… VERSION=…   your own cluster; the
#                   walks through a lapse are left out then: they move the clock
#                   of every tenant, look at this machine's disk and receive mail
#   E2E_FLAGS=…     flags of ginkgo, such as -ginkgo.label-filter=lapse
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
export CGO_ENABLED=0 GOFLAGS=-trimpath # as the Makefile has it
cluster=${CLUSTER:-local}

hack/packages.sh chromium ca-certificates
if [[ $cluster == local ]]; then
  if [[ -e build/kubeconfig ]] && hack/localcluster.sh status >/dev/null 2>&1 && [[ ${REUSE:-} != 1 ]]; then
    echo "a local cluster is running (the demo?); 'make demo-down' first, or REUSE=1 to run on it" >&2
    exit 1
  fi
  [[ ${KEEP:-}${REUSE:-} ]] || trap 'hack/localcluster.sh down; rm -f build/kubeconfig' EXIT
  export KUBECONFIG=$root/build/kubeconfig
  fresh=--fresh
  [[ ${REUSE:-} != 1 ]] || fresh=
  hack/localcluster.sh up $fresh --kubeconfig "$KUBECONFIG"
  ln -sf "$(hack/localcluster.sh assets)/kubectl" build/bin/kubectl
  export KUBECTL=$root/build/bin/kubectl
  go build -ldflags '-s -w' -o build/bin/probe ./test/e2e/probe
  tag=$(sha256sum build/bin/probe | cut -c1-12)
  hack/localcluster.sh load-image "salexops/probe:$tag=build/bin/probe"
  export PROBE_IMAGE=salexops/probe:$tag
  # Where the tests of a lapse run their mail server: pods reach this machine at
  # the node's address.
  node=$("$KUBECTL" get nodes -o jsonpath='{.items[0].status.addresses[?(@.type=="InternalIP")].address}')
  export SMTP_LISTEN=$node:2587
  export MANAGER_FLAGS="--allow-test-clock --deadline-jitter=0s --smtp-server=$SMTP_LISTEN --smtp-from=avisos@salexops.example"
fi
hack/deploy.sh "$cluster"
SALEXOPS_CLUSTER=$cluster go test -tags e2e -count=1 -timeout 30m ./test/e2e -ginkgo.v -ginkgo.no-color ${E2E_FLAGS:-}
