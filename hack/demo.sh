#!/usr/bin/env bash
# The main job, from nothing: a cluster, the operator, two tenants, their CRMs.
#   hack/demo.sh up | down | status
# CLUSTER=existing uses the cluster that KUBECONFIG points to: nothing is built
# into or started for it; REGISTRY and VERSION say where its images are.
set -euo pipefail
cd "$(dirname "$0")/.."
accounts=salexops-accounts
cluster=${CLUSTER:-local}
port=${FRONTDOOR_PORT:-8080}

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

# The contract's zone is UTC-7 all year; asked this way because a bare Debian
# has no tz database.
today() { date -u -d '7 hours ago' +%F; }

# The last day of a month that begins on $1: the day before the same day of the
# next month, or before that month's last day where it is shorter.
month_end() {
  local day next last
  day=$(date -d "$1" +%-d)
  next=$(date -d "$(date -d "$1" +%Y-%m-01) +1 month" +%Y-%m-01)
  last=$(date -d "$next +1 month -1 day" +%-d)
  date -d "$next +$(((day < last ? day : last) - 2)) days" +%F
}

use_cluster() {
  if [[ $cluster == existing ]]; then
    : "${KUBECONFIG:?set it to the kubeconfig of your cluster}"
    kubectl=kubectl
  else
    kubectl="$PWD/build/bin/kubectl"
    export KUBECONFIG=$PWD/build/kubeconfig
  fi
  export KUBECTL=$kubectl
}

start_cluster() {
  if [[ $cluster == existing ]]; then
    say "Using the cluster of $KUBECONFIG (left out: building, starting and loading images)"
    return
  fi
  say "A Kubernetes cluster on this machine (built from source once: about a quarter of an hour)"
  hack/localcluster.sh up --kubeconfig "$KUBECONFIG"
  ln -sf "$(hack/localcluster.sh assets 2>/dev/null)/kubectl" build/bin/kubectl
}

# A rule about billing refers to the PlatformPolicy, a kind that a fresh API
# server may take half a minute to find; until then it refuses every status.
wait_for_rules() {
  local said
  for _ in {1..60}; do
    said=$($kubectl patch platformpolicy default --subresource=status --type=merge --dry-run=server -p '{"status":{}}' 2>&1) && return
    [[ $said == *paramKind* ]] || break
    sleep 1
  done
  echo "$said" >&2
  return 1
}

apply_tenants() {
  local anchor now
  now=$(date -u +%FT%TZ)
  # An anchor date never changes, so on a later day the first one counts.
  anchor=$($kubectl -n $accounts get subscription acme -o jsonpath='{.spec.anchorDate}' --ignore-not-found)
  anchor=${anchor:-$(today)}
  for file in config/samples/demo/*.yaml; do
    echo ---
    sed "s/\${ANCHOR_DATE}/$anchor/g" "$file"
  done | $kubectl apply --server-side -f -

  # What a billing system does (docs/billing.md): append the payment, then say up
  # to when it has told everything.
  wait_for_rules
  if [[ -z $($kubectl -n $accounts get subscription acme -o jsonpath='{.status.billing.payments}' | tr -d '[]') ]]; then
    $kubectl -n $accounts patch subscription acme --subresource=status --type=json -p "[{
      \"op\": \"add\", \"path\": \"/status/billing/payments/-\", \"value\": {
        \"id\": \"pay-0001\", \"receivedAt\": \"$now\", \"amount\": \"499.00\", \"currency\": \"MXN\",
        \"amountUSD\": \"27.10\", \"periodFrom\": \"$anchor\", \"periodTo\": \"$(month_end "$anchor")\",
        \"invoiceRef\": \"A-1001\"}}]"
  fi
  $kubectl patch platformpolicy default --subresource=status --type=merge \
    -p "{\"status\":{\"billingFeed\":{\"asOf\":\"$now\"}}}"
}

first_password() {
  echo "$kubectl -n crm-$1 get secret crm-initial-password -o jsonpath='{.data.password}' | base64 -d; echo"
}

tell() {
  local k="kubectl"
  [[ $cluster == existing ]] || k="build/bin/kubectl"
  cat <<TEXT

$($kubectl -n $accounts get tenants)

Open in a browser
  Ferretería Acme (paid)   http://acme.localhost:$port     sign in as lucia@acme.example
  Globex (free)            http://globex.localhost:$port   sign in as $($kubectl -n $accounts get tenant globex -o jsonpath='{.spec.owner.email}')

Their first passwords, to be changed at the first sign-in
  $(first_password acme | sed "s#$kubectl#$k#")
  $(first_password globex | sed "s#$kubectl#$k#")

Five things to try$([[ $cluster == existing ]] || echo " (first: export KUBECONFIG=build/kubeconfig)")
  1. How they stand, why, and what comes next
       $k -n $accounts get tenants,subscriptions,licenses
       $k -n $accounts describe tenant acme
       build/bin/kubectl-salexops timeline acme
  2. What runs for one of them
       $k -n crm-acme get all,pvc,networkpolicy,resourcequota,secret
  3. Break something and watch it come back
       $k -n crm-acme delete service crm; $k -n crm-acme get service crm
  4. Try to delete a customer by mistake
       $k -n $accounts delete tenant acme
  5. Try to make a payment disappear
       $k -n $accounts patch subscription acme --subresource=status --type=merge -p '{"status":{"billing":{"payments":[]}}}'

When you are done: make demo-down
TEXT
}

up() {
  use_cluster
  start_cluster
  say "The operator and the front door"
  hack/deploy.sh "$cluster"
  say "Two customers: acme, who paid, and globex, on the free plan"
  apply_tenants
  $kubectl -n $accounts wait --for=condition=Ready tenant/acme tenant/globex --timeout=180s
  tell
}

down() {
  if [[ $cluster == existing ]]; then
    use_cluster
    for name in acme globex; do
      $kubectl -n $accounts annotate tenant/$name subscription/$name crm.salexops.com/confirm-deletion=$name --overwrite
      $kubectl -n $accounts delete tenant/$name subscription/$name --timeout=180s
    done
    # The policies that guard data from mistakes go first, or they refuse the rest.
    $kubectl delete validatingadmissionpolicybindings -l app.kubernetes.io/name=salexops
    $kubectl delete -f build/deploy/install.yaml --ignore-not-found
    return
  fi
  hack/localcluster.sh down
  rm -f build/kubeconfig build/bin/kubectl
}

case ${1:-} in
  up) up ;;
  down) down ;;
  status) use_cluster; [[ $cluster == existing ]] || hack/localcluster.sh status; $kubectl -n $accounts get tenants,subscriptions,licenses ;;
  *) echo "usage: hack/demo.sh up | down | status" >&2; exit 2 ;;
esac
