// Package v1alpha1 holds the custom resources of crm.salexops.com: the ledger
// in which registrar, billing system, legal department and operator meet.
//
// Two notations run through every kind. A civil date is a string
// "YYYY-MM-DD" in the contract's zone (PlatformPolicy.spec.timeZone), and so
// has no instant of its own until the contract gives it one. An instant is an
// RFC 3339 time in UTC. A deadline is always kept as both: the instant at
// which it falls, and the date it was computed from (contract.md 1).
//
// Each field has one writer (architecture, "Who writes what"). Writers use
// server-side apply under field owners of their own, which is why every list
// here says whether it is a map, a set or atomic.
//
// +kubebuilder:object:generate=true
// +kubebuilder:ac:generate=true
// +kubebuilder:ac:output:package="applyconfiguration"
// +groupName=crm.salexops.com
package v1alpha1
