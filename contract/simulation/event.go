package simulation

import (
	"cmp"
	"slices"
	"time"
)

// Kind is something that happens to a tenant.
type Kind string

// The events of contract.md 13.
const (
	GraceStarted              Kind = "GraceStarted"
	UsersDisabled             Kind = "UsersDisabled"
	PurgeNoticeDelivered      Kind = "PurgeNoticeDelivered"
	DocumentsPurged           Kind = "DocumentsPurged"
	AccessRestored            Kind = "AccessRestored"
	OverQuotaNoticeDelivered  Kind = "OverQuotaNoticeDelivered"
	OverQuotaPurged           Kind = "OverQuotaPurged"
	TermsAnnounced            Kind = "TermsAnnounced"
	TermsAccepted             Kind = "TermsAccepted"
	TermsObjected             Kind = "TermsObjected"
	Warned                    Kind = "Warned"
	SuspensionNoticeDelivered Kind = "SuspensionNoticeDelivered"
	Suspended                 Kind = "Suspended"
	PermanentlyDisabled       Kind = "PermanentlyDisabled"
	SuspensionLifted          Kind = "SuspensionLifted"
	ContractEnded             Kind = "ContractEnded"
	DataDeleted               Kind = "DataDeleted"
)

// Event is something that happens to a tenant at an instant.
type Event struct {
	At     time.Time
	Tenant string
	Kind   Kind
	// Detail says which, where there may be several, and why; it may be empty.
	Detail string
}

// Sort orders events by time, then tenant, then kind, as they are printed
// (contract.md 13).
func Sort(events []Event) {
	slices.SortStableFunc(events, func(a, b Event) int {
		return cmp.Or(
			a.At.Compare(b.At),
			cmp.Compare(a.Tenant, b.Tenant),
			cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Detail, b.Detail),
		)
	})
}
