#!/usr/bin/env bash
# Installs Debian packages that are missing, and says so. With none missing it
# does nothing and needs no rights.
#   hack/packages.sh [--quiet] PACKAGE…
set -euo pipefail
quiet=false
if [[ ${1:-} == --quiet ]]; then quiet=true; shift; fi

missing=()
for package in "$@"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $status == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

command -v apt-get >/dev/null || {
  echo "these packages are missing and this is not Debian: ${missing[*]}; install what corresponds to them" >&2
  exit 1
}
[[ $(id -u) == 0 ]] || {
  echo "these packages are missing: ${missing[*]}; run as root, or: sudo apt-get install ${missing[*]}" >&2
  exit 1
}
$quiet || echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null 2>&1 || {
  apt-get update -q >/dev/null
  apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
}
