#!/usr/bin/env bash
# Installs what this tree holds on the cluster that KUBECONFIG points to, and
# waits until it runs. Images are tagged by their content, so a change always
# rolls out and an unchanged one never does.
#   hack/deploy.sh local      the local cluster: builds and loads the images
#   hack/deploy.sh existing   a cluster of your own: REGISTRY and VERSION say
#                             where it finds the images (make images, docker push)
# MANAGER_FLAGS, separated by spaces, are added to the operator's own.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
kind=${1:?local or existing}
bin=$root/build/bin
work=$root/build/deploy
kubectl=${KUBECTL:-kubectl}
mkdir -p "$work"
make --no-print-directory build "$bin/kustomize"

declare -A image
loads=()
for name in manager frontdoor crm; do
  if [[ $kind == local ]]; then
    tag=$(sha256sum "$bin/$name" | cut -c1-12)
    image[$name]=salexops/$name:$tag
    loads+=("salexops/$name:$tag=$bin/$name")
  else
    image[$name]=${REGISTRY:?the registry and path that hold manager, frontdoor and crm}/$name:${VERSION:?the tag}
  fi
done
[[ ${#loads[@]} == 0 ]] || hack/localcluster.sh load-image "${loads[@]}"

cat >"$work/kustomization.yaml" <<YAML
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [../../config/default]
images:
  - {name: salexops/manager, newName: ${image[manager]%:*}, newTag: "${image[manager]##*:}"}
  - {name: salexops/frontdoor, newName: ${image[frontdoor]%:*}, newTag: "${image[frontdoor]##*:}"}
patches:
  - target: {kind: Deployment, name: salexops-manager}
    patch: |
      - {op: add, path: /spec/template/spec/containers/0/args/-, value: "--crm-image=${image[crm]}"}
YAML
for flag in ${MANAGER_FLAGS:-}; do
  echo "      - {op: add, path: /spec/template/spec/containers/0/args/-, value: \"$flag\"}" >>"$work/kustomization.yaml"
done
"$bin/kustomize" build "$work" >"$work/install.yaml"
# The kinds first, then what is made of them.
$kubectl apply --server-side --force-conflicts -f "$work/install.yaml" >"$work/apply.log" 2>&1 ||
  { $kubectl wait --for=condition=Established crd --all --timeout=60s >/dev/null &&
    $kubectl apply --server-side --force-conflicts -f "$work/install.yaml" >"$work/apply.log" 2>&1; } ||
  { cat "$work/apply.log" >&2; exit 1; }
for name in manager frontdoor; do
  $kubectl -n salexops-system rollout status "deployment/salexops-$name" --timeout=120s
done
