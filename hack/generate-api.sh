#!/usr/bin/env bash
# Deep copies, apply configurations and CRDs from the types' markers; the
# operator's RBAC from its reconcilers' markers.
set -euo pipefail
cd "$(dirname "$0")/.."
gen=$PWD/build/bin/controller-gen
rm -rf api/v1alpha1/applyconfiguration
"$gen" object applyconfiguration crd paths=./api/v1alpha1 output:crd:artifacts:config=config/crd/bases
"$gen" rbac:roleName=salexops-manager paths=./controllers/... paths=./cmd/manager/... output:rbac:artifacts:config=config/rbac
