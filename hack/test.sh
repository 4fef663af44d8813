#!/usr/bin/env bash
# `make test`: everything, from nothing. The slow part, building a Kubernetes
# from source, happens once for each of its versions and is kept in a cache.
#   CLUSTER=existing KUBECONFIG=… REGISTRY=… VERSION=… PROBE_IMAGE=…
#     runs the end-to-end tests on a cluster of your own; the local cluster and
#     its own tests are left out then
set -euo pipefail
cd "$(dirname "$0")/.."
started=$SECONDS

step() {
  local name=$1 begun=$SECONDS
  shift
  printf '\n\033[1m== %s\033[0m\n' "$name"
  "$@"
  printf -- '-- %s: %d s\n' "$name" $((SECONDS - begun))
}

step "generated files are up to date" make --no-print-directory check-generated
step "lint"                           make --no-print-directory lint
step "unit tests"                     make --no-print-directory test-unit
step "the CRM in a browser"           make --no-print-directory test-crm
step "integration tests"              make --no-print-directory test-integration
[[ ${CLUSTER:-local} == existing ]] ||
  step "the local cluster"            make --no-print-directory test-cluster
step "end-to-end tests"               make --no-print-directory test-e2e
printf '\nEverything passed in %d min %02d s.\n' $(((SECONDS - started) / 60)) $(((SECONDS - started) % 60))
