package contract

// supportEntitled reports whether technical support is due: the plan includes
// it, the contract has not ended, and the payment is up to date (contract.md
// 6.1). It ends as grace begins (contract.md 4).
func supportEntitled(agreement Agreement, billing Billing, lifecycle Lifecycle) bool {
	ended := lifecycle != LifecyclePending && lifecycle != LifecycleActive
	return agreement.Support && !ended && (billing == BillingCurrent || billing == BillingFree)
}
