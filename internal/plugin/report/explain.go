package report

import (
	"slices"
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// Explanation says why a tenant is where it is, rule by rule.
type Explanation struct {
	Tenant string `json:"tenant"`
	// Now is the contract's present.
	Now      time.Time `json:"now"`
	TimeZone string    `json:"timeZone"`
	// Plan and Interval in force.
	Plan     string            `json:"plan,omitempty"`
	Interval contract.Interval `json:"interval,omitempty"`
	// The three axes of contract.md 11, and what follows from them.
	Billing   contract.Billing   `json:"billing"`
	Conduct   contract.Conduct   `json:"conduct"`
	Lifecycle contract.Lifecycle `json:"lifecycle"`
	Access    contract.Access    `json:"access"`
	MayRun    bool               `json:"mayRun"`
	// Headline is the answer in one sentence.
	Headline string `json:"headline"`
	// Rules are the steps that led here and those that follow, in order of time.
	Rules []Rule `json:"rules"`
	// Kept is what no step takes away.
	Kept string `json:"kept,omitempty"`
	// Change is what would change the state.
	Change string `json:"change,omitempty"`
	// Blocks says what holds back what is due, and how that ends.
	Blocks []string `json:"blocks,omitempty"`
	// Attention is what else is wrong with the tenant.
	Attention []string `json:"attention,omitempty"`
}

// Rule is one rule of the contract as it applies to the tenant.
type Rule struct {
	// What it is about, in two words.
	What string `json:"what"`
	// At is when; of a rule that names a date, Date.
	At   time.Time     `json:"at,omitzero"`
	Date contract.Date `json:"date,omitzero"`
	// Says what happened, or when it will and by which sum.
	Says string `json:"says,omitempty"`
	// Section of the contract.
	Section string `json:"section"`
	// Done says that it has happened.
	Done bool `json:"done"`
}

// Explain says why a tenant is where it is.
func Explain(s *Subject) Explanation {
	standing := &s.Standing
	e := Explanation{
		Tenant: s.Name(), Now: s.local(s.Now), TimeZone: s.Zone.String(),
		Plan: standing.Agreement.Plan, Interval: standing.Agreement.Interval,
		Billing: standing.Billing, Conduct: standing.Conduct, Lifecycle: standing.Lifecycle,
		Access: standing.Access, MayRun: standing.MayRun,
		Headline: s.headline(), Rules: s.rules(), Change: s.change(), Blocks: s.blocked(),
	}
	for i := range e.Rules {
		e.Rules[i].At = s.local(e.Rules[i].At)
	}
	if standing.Lapse != nil {
		e.Kept = "the CRM records"
	}
	for _, concern := range s.conditions() {
		if concern.Says != e.Change && !slices.Contains(e.Blocks, concern.Says) { // It is said already.
			e.Attention = append(e.Attention, concern.Says)
		}
	}
	if lag := s.lag(); lag != "" {
		e.Attention = append(e.Attention, lag)
	}
	return e
}

// rules are the steps that led here and those that follow.
func (s *Subject) rules() []Rule {
	var rules []Rule
	for _, reason := range s.Standing.Missing {
		rules = append(rules, s.missingRule(reason))
	}
	switch s.Standing.Billing {
	case contract.BillingFree:
		rules = append(rules, Rule{What: "plan", Says: "free: nothing is ever due", Section: "5.6", Done: true})
	case contract.BillingPending:
	default:
		rules = append(rules, s.paymentRules()...)
		rules = append(rules, s.lapseRules()...)
	}
	if s.Standing.Conduct != contract.ConductGood {
		rules = append(rules, Rule{What: "conduct", Says: "a breach is on record: " + string(s.Standing.Conduct), Section: "8", Done: true})
	}
	if act := s.deletion(); act != nil {
		rules = append(rules, Rule{What: "everything", At: act.At, Says: act.Because + "; nothing of it can be recovered", Section: "9"})
	}
	return rules
}

// missingRule is a condition of registration that isn't met, or a gap in the
// ledger.
func (s *Subject) missingRule(reason contract.Reason) Rule {
	rule := Rule{What: "missing", Section: "2", Says: string(reason)}
	switch reason {
	case contract.AddressUnconfirmed:
		rule.Says, rule.Section = "nobody has answered from the owner's address yet", "2.2"
	case contract.AttestationMissing:
		rule.Says, rule.Section = "the owner's declaration to be of age, or the proof that a human registered", "2.1"
	case contract.DocumentNotAccepted:
		rule.Says, rule.Section = "the owner has not accepted both documents", "2.3"
	case contract.SubscriptionMissing:
		rule.Says, rule.Section = "no Subscription refers to the tenant", "3"
	case contract.SubscriptionAmbiguous:
		rule.Says, rule.Section = "more than one Subscription refers to the tenant", "3"
	case contract.PlanNotFound:
		rule.Says, rule.Section = "the plan does not exist", "3"
	case contract.NeverPaid:
		rule.Says, rule.Section = "no payment covers today, and none ever has", "3.4"
	case contract.BillingDataLost:
		rule.Says, rule.Section = "payments that were known are gone from the ledger; the last state is held", "4"
	}
	return rule
}

// paymentRules say how far the tenant has paid.
func (s *Subject) paymentRules() []Rule {
	standing := &s.Standing
	if standing.DueDate.IsZero() {
		return nil
	}
	due := Rule{What: "due", Date: standing.DueDate, Section: "3.4", Says: "paid through " + s.Day(standing.PaidThrough)}
	due.Done = !standing.DueDate.After(s.Today())
	if p := s.lastPayment(); p != nil {
		due.Says += " (payment " + p.ID + ")"
	}
	rules := []Rule{due}
	if lapse := standing.Lapse; lapse != nil && lapse.CountsFrom != standing.DueDate {
		rules = append(rules, Rule{
			What: "reversed", Date: lapse.CountsFrom, Section: "3.5", Done: true,
			Says: "the days count from the reversal, not from the due date",
		})
	}
	return rules
}

// lastPayment is the one that reaches paidThrough; nil when it can't be told.
func (s *Subject) lastPayment() *contract.Payment {
	var last *contract.Payment
	for i := range s.Account.Facts.Payments {
		p := &s.Account.Facts.Payments[i]
		known := !p.ReceivedAt.After(s.Now) && (p.ReversedAt.IsZero() || p.ReversedAt.After(s.Now))
		if known && p.To == s.Standing.PaidThrough && (last == nil || p.ReceivedAt.After(last.ReceivedAt)) {
			last = p
		}
	}
	return last
}
