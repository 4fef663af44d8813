#!/usr/bin/env bash
# `make bench`: every figure, from one run on one machine, as a table and as
# build/bench.json. The demo is started twice, since its second start is a
# figure itself, and removed at the end.
#   FLEET=1000   tenants in the fleet, for a quick look
#   SHARE=0.1    share of the CRM's database, for a quick look
set -euo pipefail
cd "$(dirname "$0")/.."
figures=build/bench.jsonl
mkdir -p build
: >"$figures"

measure() { # what, command…
  printf '\033[1m%s\033[0m\n' "$1" >&2
  shift
  "$@" >>"$figures"
}

contract() {
  go test -run '^$' -bench '^BenchmarkEvaluate$' -benchmem ./contract | awk '
    function figure(what, value, unit, aim) {
      printf "{\"name\":\"contract/evaluate-%s-%s\",\"value\":%s,\"unit\":\"%s\",\"aim\":\"< %d\",\"holds\":%s}\n",
        state, what, value, unit, aim, (value < aim) ? "true" : "false"
    }
    /^BenchmarkEvaluate\// {
      split($1, part, /[\/-]/)
      state = tolower(part[2])
      figure("time", $3 / 1000, "µs", 50)
      figure("allocations", $7, "allocations", 100)
    }'
}

# Only API server and etcd run for this one; KUBEBUILDER_ASSETS names them.
fleet() {
  (cd test/bench && KUBEBUILDER_ASSETS=$(../../hack/localcluster.sh assets) go run ./fleet -tenants "${FLEET:-10000}")
}

make --no-print-directory build
measure "The contract: one evaluation of a tenant with 20 years of monthly payments" contract
measure "Ten thousand standings" fleet
(cd test/bench/peer && go build -o "$OLDPWD/build/bin/peer" .)
measure "The CRM and its peer, on the database of the budgets" go run ./test/bench/crm -binary build/bin/crm -peer build/bin/peer -share "${SHARE:-1}"

if [[ -e build/kubeconfig ]] && hack/localcluster.sh status >/dev/null 2>&1; then
  echo "a local cluster is running; 'make demo-down' first: its start is measured too" >&2
  exit 1
fi
trap 'hack/demo.sh down >/dev/null' EXIT
printf '\033[1mThe demo, the second time\033[0m\n' >&2
hack/demo.sh up >build/bench-demo.log
hack/demo.sh down >/dev/null
started=$(date +%s.%N)
hack/demo.sh up >build/bench-demo.log
took=$(echo "$(date +%s.%N) $started" | awk '{printf "%.1f", $1 - $2}')
awk -v t="$took" 'BEGIN {printf "{\"name\":\"operator/demo-second-time\",\"value\":%s,\"unit\":\"s\",\"aim\":\"≤ 90\",\"holds\":%s}\n", t, (t <= 90) ? "true" : "false"}' >>"$figures"

measure "From apply to the first page" env KUBECONFIG="$PWD/build/kubeconfig" go run ./test/bench/provision
go run ./test/bench/report build/bench.json <"$figures"
