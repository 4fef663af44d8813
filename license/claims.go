package license

import (
	"errors"
	"fmt"
	"time"
)

// DefaultIssuer is the issuer that the operator writes and the CRM expects.
const DefaultIssuer = "salexops"

// Tier says whether a plan costs money.
type Tier string

// Tiers of a plan.
const (
	TierFree Tier = "Free"
	TierPaid Tier = "Paid"
)

// Access says who may use the instance (contract.md 11).
type Access string

// Kinds of access.
const (
	AccessOpen       Access = "Open"       // everybody with a login
	AccessExportOnly Access = "ExportOnly" // the owner, to download everything (contract.md 9)
	AccessClosed     Access = "Closed"     // nobody
)

// Level says how urgent a banner is.
type Level string

// Levels of a banner.
const (
	LevelInfo    Level = "info"
	LevelWarning Level = "warning"
	LevelDanger  Level = "danger"
)

// Banner is something the tenant must be told on every page.
type Banner struct {
	// ID is stable while the banner says the same thing, so that a reader who
	// put it away does not meet it again.
	ID    string `json:"id"`
	Level Level  `json:"level"`
	// Text is the sentence by language, "es" and "en".
	Text map[string]string `json:"text"`
}

// Claims are what a licence grants, to whom, and until when. Instants have a
// resolution of one second; they are stored in UTC.
type Claims struct {
	// Issuer names the platform that signed; see DefaultIssuer.
	Issuer string
	// Serial starts at 1 and rises by one whenever the claims change. An
	// instance never goes back to a lower one.
	Serial int64
	// Tenant is the name of the Tenant that this licence is for. It is
	// worthless to any other (contract.md 2.6).
	Tenant string
	// DisplayName is the company's name as pages show it, "Ferretería Acme".
	DisplayName string
	// Holder is the personID of the owner: a licence can't move to another
	// person (contract.md 2.6).
	Holder string
	// Locale is the tenant's language, "es-MX" or "en".
	Locale string
	// TimeZone is the IANA name of the zone in which the contract's civil dates
	// are read (contract.md 1).
	TimeZone string

	// Plan is the name of the Plan, PlanDisplayName what pages call it.
	Plan            string
	PlanDisplayName string
	Tier            Tier
	// Interval is Monthly, Quarterly, SemiAnnual or Annual, empty when free
	// (contract.md 3.1).
	Interval string
	// Seats is how many users may be enabled at once, at least 1.
	Seats int
	// SessionsPerUser is how many live sessions a user may have, at least 1
	// (contract.md 2.5).
	SessionsPerUser int
	// DocumentQuotaBytes counts logical bytes of documents (contract.md 5.1).
	DocumentQuotaBytes int64

	Access Access
	// SupportEntitled is true while technical support is owed (contract.md 6.1).
	SupportEntitled bool
	// ChangeAtFirstLogin makes users change their initial password
	// (contract.md 2.4).
	ChangeAtFirstLogin bool

	// PaidThrough is the last paid civil date, YYYY-MM-DD in TimeZone; empty
	// when free (contract.md 3.3).
	PaidThrough string
	// ValidFrom is the first instant of validity.
	ValidFrom time.Time
	// ValidUntil is the first instant that is no longer covered, the zero time
	// when the licence has no end (contract.md 3.7).
	ValidUntil time.Time
	// TestClock is the instant that the contract takes for the present, where a
	// platform rehearses on a test clock (PlatformPolicy.spec.testClock); else
	// the zero time. An instance that holds it asks no clock of its own.
	TestClock time.Time
	// IssuedAt is when this serial was signed. Nothing depends on it.
	IssuedAt time.Time

	Banners []Banner
}

// Free reports whether the plan costs nothing.
func (c *Claims) Free() bool { return c.Tier == TierFree }

// Problem says why a licence does not hold at some instant.
type Problem string

// Problems that time can make.
const (
	ProblemNone    Problem = ""
	ProblemNotYet  Problem = "not-yet"
	ProblemExpired Problem = "expired"
)

// ProblemAt judges the validity at the given instant, or at that of the test
// clock where there is one: from ValidFrom on, until before ValidUntil.
func (c *Claims) ProblemAt(now time.Time) Problem {
	if !c.TestClock.IsZero() {
		now = c.TestClock
	}
	switch {
	case now.Before(c.ValidFrom):
		return ProblemNotYet
	case !c.ValidUntil.IsZero() && !now.Before(c.ValidUntil):
		return ProblemExpired
	default:
		return ProblemNone
	}
}

// Validate reports everything that makes the claims unfit to be signed, in
// words that name the claim.
func (c *Claims) Validate() error {
	var faults []error
	fault := func(bad bool, format string, args ...any) {
		if bad {
			faults = append(faults, fmt.Errorf(format, args...))
		}
	}
	fault(c.Issuer == "", "the issuer is missing")
	fault(c.Serial < 1, "the serial is %d, it starts at 1", c.Serial)
	fault(c.Tenant == "", "the tenant is missing")
	fault(c.Holder == "", "the holder is missing")
	fault(c.Plan == "", "the plan is missing")
	fault(c.Tier != TierFree && c.Tier != TierPaid, "the tier %q is neither Free nor Paid", c.Tier)
	fault(c.Seats < 1, "the number of seats is %d, at least 1 is needed", c.Seats)
	fault(c.SessionsPerUser < 1, "the sessions per user are %d, at least 1 is needed", c.SessionsPerUser)
	fault(c.DocumentQuotaBytes < 0, "the document quota is %d bytes, it can't be negative", c.DocumentQuotaBytes)
	fault(!c.Access.known(), "the access %q is not Open, ExportOnly or Closed", c.Access)
	fault(c.ValidFrom.IsZero(), "the start of validity is missing")
	fault(!c.ValidUntil.IsZero() && !c.ValidUntil.After(c.ValidFrom), "the validity ends before it begins")
	if c.PaidThrough != "" {
		_, err := time.Parse(time.DateOnly, c.PaidThrough)
		fault(err != nil, "the paid-through date %q is not YYYY-MM-DD", c.PaidThrough)
	}
	for i, b := range c.Banners {
		fault(b.ID == "" || !b.Level.known() || b.Text["es"] == "" || b.Text["en"] == "",
			"banner %d (%q) needs an id, a known level, and text in es and en", i, b.ID)
	}
	return errors.Join(faults...)
}

func (a Access) known() bool {
	return a == AccessOpen || a == AccessExportOnly || a == AccessClosed
}

func (l Level) known() bool {
	return l == LevelInfo || l == LevelWarning || l == LevelDanger
}
