#!/usr/bin/env bash
# End-to-end tests: a real cluster, a real browser. Brings the local cluster up
# from nothing, installs this tree on it, and takes it down again.
#   KEEP=1          leaves the cluster for a look
#   CLUSTER=existing KUBECONFIG=… REGISTRY=… VERSION=…   your own cluster; the
#                   tests that look at this machine's disk are left out then
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
fi
hack/deploy.sh "$cluster"
SALEXOPS_CLUSTER=$cluster go test -tags e2e -count=1 -timeout 30m ./test/e2e -ginkgo.v -ginkgo.no-color ${E2E_FLAGS:-}
