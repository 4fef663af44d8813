package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
)

// day is how far ahead the status looks.
const day = 24 * time.Hour

// Status is the fleet on one screen.
type Status struct {
	Namespace string `json:"namespace"`
	// Now is the contract's present; TestClock says that somebody set it.
	Now       time.Time `json:"now"`
	TimeZone  string    `json:"timeZone"`
	TestClock bool      `json:"testClock,omitempty"`
	// NoPolicy says that there is no PlatformPolicy: the contract's own figures
	// hold.
	NoPolicy bool `json:"noPolicy,omitempty"`
	// Tenants is how many there are, Open how many a browser gets into.
	Tenants int `json:"tenants"`
	Open    int `json:"open"`
	// Standings counts tenants by the word in the STANDING column.
	Standings []Standing `json:"standings"`
	// Feed is how far the billing feed is complete. Absent: nothing was told.
	Feed time.Time `json:"billingFeedAsOf,omitzero"`
	// Breaker says what waits for an acknowledgement; nothing while it is closed.
	Breaker     []Trip `json:"breakerTrips,omitempty"`
	RunningPaid int    `json:"runningPaid"`
	// Freeze says that nothing destructive is done at all.
	Freeze bool `json:"freeze"`
	// Held are the tenants on hold.
	Held []string `json:"onHold,omitempty"`
	// Undelivered counts the notices that should have been delivered;
	// NoticesHidden says that whoever asks may not read them.
	Undelivered   int  `json:"noticesUndelivered"`
	NoticesHidden bool `json:"noticesHidden,omitempty"`
	// Attention lists what somebody should look at.
	Attention []Concern `json:"attention"`
	// Coming is what happens within a day.
	Coming []Coming `json:"coming"`
}

// Standing is how many tenants stand alike.
type Standing struct {
	Name    string `json:"name"`
	Tenants int    `json:"tenants"`
}

// Coming is something that happens to one or more tenants at one instant.
type Coming struct {
	At      time.Time `json:"at"`
	What    string    `json:"what"`
	Tenants []string  `json:"tenants"`
}

// GatherStatus looks at every tenant of a fleet.
func GatherStatus(fleet *ledger.Fleet, now time.Time, testClock bool) Status {
	zone := Zone(fleet.Policy)
	s := Status{
		Namespace: fleet.Namespace, Now: zone.Local(now), TimeZone: zone.String(), TestClock: testClock,
		NoPolicy: fleet.Policy == nil, Tenants: len(fleet.Tenants),
		Breaker: OpenTrips(fleet.Policy), NoticesHidden: fleet.NoticesHidden,
		Attention: []Concern{}, Coming: []Coming{},
	}
	if fleet.Policy != nil {
		s.Freeze = fleet.Policy.Spec.Freeze
		if asOf := fleet.Policy.Status.BillingFeed.AsOf; asOf != nil {
			s.Feed = zone.Local(asOf.Time)
		}
	}
	for i := range fleet.Notices {
		if Undelivered(&fleet.Notices[i]) {
			s.Undelivered++
		}
	}
	counts, agenda := map[string]int{}, agenda{}
	for i := range fleet.Tenants {
		s.look(fleet, i, now, counts, agenda)
	}
	s.Standings = standings(counts)
	s.Coming = agenda.sorted()
	slices.SortStableFunc(s.Attention, func(a, b Concern) int { return cmp.Compare(a.Tenant, b.Tenant) })
	slices.Sort(s.Held)
	return s
}

// look takes one tenant into account. Its standing is counted as the operator
// recorded it, so that the figures agree with kubectl get tenants.
func (s *Status) look(fleet *ledger.Fleet, i int, now time.Time, counts map[string]int, coming agenda) {
	tenant := &fleet.Tenants[i]
	name := "Unknown"
	if recorded := tenant.Status.Standing; recorded != nil {
		name = recorded.Summary
		if recorded.Access == "Open" {
			s.Open++
		}
		if recorded.MayRun && string(recorded.PlanTier) == string(contract.TierPaid) {
			s.RunningPaid++
		}
	}
	counts[name]++
	if tenant.Spec.Hold {
		s.Held = append(s.Held, tenant.Name)
	}
	subject, err := Judge(fleet.Objects(tenant), now)
	if err != nil {
		s.Attention = append(s.Attention, Concern{Tenant: tenant.Name, Reason: "Unreadable", Says: err.Error()})
		return
	}
	s.Attention = append(s.Attention, subject.concerns()...)
	coming.add(subject, now.Add(day))
}

// standings puts the counts in the order in which tenants pass through them.
func standings(counts map[string]int) []Standing {
	order := []string{"Pending", "Free", "Current", "Grace", "Disabled", "PurgeScheduled", "Purging", "Purged",
		"Warned", "Suspended", "Exporting", "Deleting", "Deleted"}
	all := make([]Standing, 0, len(counts))
	for name, n := range counts {
		all = append(all, Standing{Name: name, Tenants: n})
	}
	place := func(name string) int {
		if i := slices.Index(order, name); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(all, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(place(a.Name), place(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	return all
}
