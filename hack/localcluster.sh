#!/usr/bin/env bash
# Builds the localcluster program when its source changed, and runs it.
#   hack/localcluster.sh up | down | status | assets | load-image …
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$root/build/bin"
(cd "$root/hack/localcluster" && CGO_ENABLED=0 GOFLAGS=-trimpath go build -o "$root/build/bin/localcluster" .)
export LOCALCLUSTER_SOURCE=$root/hack/localcluster
exec "$root/build/bin/localcluster" "$@"
