package contract_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

// paid is acme with other payments.
func paid(t testing.TB, now string, payments ...Payment) Facts {
	f := acme(t, now)
	f.Payments = payments
	return f
}

func receivedAt(t testing.TB, p Payment, at string) Payment {
	p.ReceivedAt = local(t, at)
	return p
}

func reversedAt(t testing.TB, p Payment, at string) Payment {
	p.ReversedAt = local(t, at)
	return p
}

func TestPaidThroughIsTheEndOfTheUnbrokenRun(t *testing.T) {
	december := payment(t, "pay-1", "2026-12-31", "2027-01-30")
	february := payment(t, "pay-2", "2027-01-31", "2027-02-27")
	march := payment(t, "pay-3", "2027-02-28", "2027-03-30")
	early := func(p Payment) Payment { return receivedAt(t, p, "2026-12-31 11:00") }

	for _, c := range []struct {
		because  string
		now      string
		payments []Payment
		want     string
	}{
		{"nothing was paid", "2027-01-15", nil, ""},
		{"one period is paid", "2027-01-15", []Payment{december}, "2027-01-30"},
		{"a payment counts from the instant it is received", "2026-12-31 10:59:59", []Payment{december}, ""},
		{"and on that instant", "2026-12-31 11:00", []Payment{december}, "2027-01-30"},
		{"periods that touch are one run", "2027-01-15", []Payment{december, early(february)}, "2027-02-27"},
		{"whatever their order", "2027-01-15", []Payment{early(february), december}, "2027-02-27"},
		{"periods that overlap are one run", "2027-01-15",
			[]Payment{december, early(payment(t, "pay-2", "2027-01-10", "2027-02-10"))}, "2027-02-10"},
		{"one inside another changes nothing", "2027-01-15",
			[]Payment{december, early(payment(t, "pay-2", "2027-01-02", "2027-01-03"))}, "2027-01-30"},
		{"a gap ends the run", "2027-01-15", []Payment{december, early(march)}, "2027-01-30"},
		{"today unpaid, the run before it counts", "2027-02-10", []Payment{december, early(march)}, "2027-01-30"},
		{"today paid again, the new run counts", "2027-03-01", []Payment{december, march}, "2027-03-30"},
		{"what is paid for later only is not paid yet", "2027-01-15", []Payment{early(march)}, ""},
		{"a reversed payment pays nothing", "2027-01-15", []Payment{reversedAt(t, december, "2027-01-10 09:00")}, ""},
		{"a reversal counts from its instant", "2027-01-10 08:59", []Payment{reversedAt(t, december, "2027-01-10 09:00")}, "2027-01-30"},
		{"a reversed payment breaks the run", "2027-01-15",
			[]Payment{december, reversedAt(t, early(february), "2027-01-10 09:00"), early(march)}, "2027-01-30"},
	} {
		s := Evaluate(paid(t, c.now, c.payments...))
		if s.PaidThrough.String() != c.want {
			t.Errorf("%s: on %s paid through %q, not %q (contract.md 3.3)", c.because, c.now, s.PaidThrough, c.want)
		}
		if s.DueDate != s.PaidThrough.AddDays(1) {
			t.Errorf("%s: due on %s, not the day after %s (contract.md 3.4)", c.because, s.DueDate, s.PaidThrough)
		}
	}
}

func TestMoneyReceivedOnTheDueDateIsOnTime(t *testing.T) {
	f := acme(t, "2027-01-31 23:59:59")
	if s := Evaluate(f); s.Billing != BillingCurrent || !s.SupportEntitled || s.Lapse != nil {
		t.Errorf("on D itself: %s, support %t, lapse %v", s.Billing, s.SupportEntitled, s.Lapse)
	}
	f.Payments = append(f.Payments, receivedAt(t, payment(t, "pay-2", "2027-01-31", "2027-02-27"), "2027-01-31 23:59:59"))
	f.Now = local(t, "2027-02-01")
	if s := Evaluate(f); s.Billing != BillingCurrent || s.PaidThrough != date(t, "2027-02-27") {
		t.Errorf("paid on D: %s through %s", s.Billing, s.PaidThrough)
	}
}

func TestAReversalNeverPurgesAtOnce(t *testing.T) {
	december := payment(t, "pay-1", "2026-12-31", "2027-01-30")
	february := payment(t, "pay-2", "2027-01-31", "2027-02-27")
	march := payment(t, "pay-3", "2027-02-28", "2027-03-30")

	for _, c := range []struct {
		because  string
		now      string
		payments []Payment
		billing  Billing
		from     string
	}{
		{"the payment of today is reversed: the lapse counts from that day", "2027-03-21",
			[]Payment{december, february, reversedAt(t, march, "2027-03-20 15:00")}, BillingGrace, "2027-03-20"},
		{"that day itself still counts as on time", "2027-03-20 16:00",
			[]Payment{december, february, reversedAt(t, march, "2027-03-20 15:00")}, BillingCurrent, ""},
		{"all payments are reversed at once", "2027-03-21",
			[]Payment{reversedAt(t, december, "2027-03-20 15:00"), reversedAt(t, february, "2027-03-20 15:00"), reversedAt(t, march, "2027-03-20 15:00")},
			BillingGrace, "2027-03-20"},
		{"a payment of long ago is reversed, today is paid", "2027-03-21",
			[]Payment{reversedAt(t, december, "2027-03-20 15:00"), february, march}, BillingCurrent, ""},
		{"a payment in advance is reversed before its period", "2027-02-01",
			[]Payment{december, reversedAt(t, receivedAt(t, february, "2027-01-02"), "2027-01-05")}, BillingGrace, "2027-01-31"},
		{"reversed in the middle of a lapse: neither revived nor hurried", "2027-02-20",
			[]Payment{reversedAt(t, december, "2027-02-19 17:00")}, BillingDisabled, "2027-01-31"},
		{"local date of the reversal, not that of UTC", "2027-03-21",
			[]Payment{december, february, reversedAt(t, march, "2027-03-19 23:30")}, BillingGrace, "2027-03-19"},
	} {
		s := Evaluate(paid(t, c.now, c.payments...))
		if s.Billing != c.billing {
			t.Errorf("%s: %s, not %s", c.because, s.Billing, c.billing)
		}
		if c.from != "" && (s.Lapse == nil || s.Lapse.CountsFrom != date(t, c.from)) {
			t.Errorf("%s: lapse %+v, not counted from %s (contract.md 3.5)", c.because, s.Lapse, c.from)
		}
	}
}

// Property 8 of contract.md 12.
func TestPaidThroughNeverDecreasesWhenAPaymentIsAdded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		before := Evaluate(f)
		f.Payments = append(slices.Clip(f.Payments), anyPayment(t, "added"))
		if after := Evaluate(f); after.PaidThrough.Before(before.PaidThrough) {
			t.Fatalf("paid through %s, and with one payment more through %s", before.PaidThrough, after.PaidThrough)
		}
	})
}
