package contract_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

// asText is a standing as everybody reads it, instants in UTC.
func asText(s Standing) string {
	for _, at := range []*time.Time{&s.At, &s.WakeAt, &s.Next.At, &s.Licence.From, &s.Licence.Until} {
		*at = at.UTC()
	}
	if s.Lapse != nil {
		lapse := *s.Lapse
		lapse.OpenedAt, lapse.DisabledAt = lapse.OpenedAt.UTC(), lapse.DisabledAt.UTC()
		s.Lapse = &lapse
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// FuzzEvaluate lets the fuzzer steer the random histories.
func FuzzEvaluate(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		h := anyHistory(t)
		for _, now := range h.readings {
			h.learn(t, now)
			s := h.evaluate(now)
			alwaysHolds(t, s, h.facts)
			if purgeIsFenced(s) {
				purgeWasAllowed(t, s, h.facts)
			}
			h.act(s)
		}
	}))
}

// FuzzEvaluateAnything has dates, instants and periods that nobody would
// write: the answer may be odd, but there is one, and always the same.
func FuzzEvaluateAnything(f *testing.F) {
	f.Add(int64(1801465200), int64(1798740000), int64(0), "2026-12-31", "2027-01-30", 3, 30, "Monthly", int64(0))
	f.Add(int64(-1), int64(1<<40), int64(5), "0001-01-01", "9999-12-31", -5, 1<<40, "Weekly", int64(1801465200))
	f.Fuzz(func(t *testing.T, now, received, reversed int64, from, to string, disable, purge int, interval string, disabled int64) {
		first, _ := ParseDate(from)
		last, _ := ParseDate(to)
		policy := DefaultPolicy()
		policy.Lapse.DisableAfterDays = disable
		policy.Lapse.PurgeAfterDays = map[Interval]int{Interval(interval): purge}
		facts := Facts{
			Now:       time.Unix(now%1e11, 0),
			Policy:    policy,
			Anchor:    first,
			Requested: Agreement{Plan: "team", Tier: TierPaid, Interval: Interval(interval)},
			Payments:  []Payment{{ID: "a", ReceivedAt: time.Unix(received%1e11, 0), From: first, To: last}},
			Feed:      Feed{FleetAsOf: time.Unix(now%1e11, 0)}, Assurances: sure,
		}
		if reversed != 0 {
			facts.Payments[0].ReversedAt = time.Unix(reversed%1e11, 0)
		}
		if disabled != 0 {
			facts.Lapse = &Lapse{CountsFrom: last, OpenedAt: time.Unix(received%1e11, 0), DisabledAt: time.Unix(disabled%1e11, 0)}
		}
		s := Evaluate(facts)
		if again := Evaluate(facts); !reflect.DeepEqual(s, again) {
			t.Fatalf("the same facts, two standings:\n%+v\n%+v", s, again)
		}
		if !s.WakeAt.IsZero() && !s.WakeAt.After(s.At) {
			t.Fatalf("wakes at %s, not after %s", s.WakeAt, s.At)
		}
		if paidNow(facts, s.At) && (s.Billing == BillingGrace || s.Billing == BillingDisabled) && len(s.Missing) == 0 {
			t.Fatalf("paid, and %s", s.Billing)
		}
	})
}
