#!/usr/bin/env bash
# The API reference from the comments on the types.
set -euo pipefail
cd "$(dirname "$0")/.."
build/bin/crd-ref-docs --log-level=ERROR --source-path=api/v1alpha1 \
  --config=hack/apidocs/config.yaml --templates-dir=hack/apidocs/templates \
  --renderer=markdown --output-path=docs/reference/api.md
