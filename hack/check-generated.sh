#!/usr/bin/env bash
# Generates every generated file again and fails when one differs from what is
# committed. It compares with what was there before, so it also works in a tree
# with changes that are not committed yet.
set -euo pipefail
cd "$(dirname "$0")/.."

fingerprint() {
  git ls-files -co --exclude-standard -z -- \
    api config docs/reference crm/web test/api | sort -z | xargs -0 sha256sum
}

# What is vendored from npm is fetched again and compared.
command -v npm >/dev/null || hack/packages.sh npm
go run ./hack/assets -check

before=$(fingerprint)
make --no-print-directory generate
after=$(fingerprint)
if [[ $before != "$after" ]]; then
  echo "generated files are out of date; run 'make generate' and commit:" >&2
  diff <(echo "$before") <(echo "$after") | awk '/^[<>]/ {print "  " $3}' | sort -u >&2
  exit 1
fi
