package crm

import "time"

// OutlookKind says which deals an Outlook is about.
type OutlookKind string

// Kinds of outlooks, in their order.
const (
	OutlookOverdue OutlookKind = "overdue" // should have closed before this month
	OutlookMonth   OutlookKind = "month"   // should close in a month
	OutlookLater   OutlookKind = "later"   // should close after those months
	OutlookUndated OutlookKind = "undated" // nobody said when
)

// Outlook is what open deals may bring: their values times the probability of
// their stages, by when they should close.
type Outlook struct {
	Kind     OutlookKind
	Month    Span // of OutlookMonth
	Tally    Tally
	Weighted []Money
}

// outlookMonths is how far a forecast looks ahead, this month included.
const outlookMonths = 6

// Expected is what open deals of one stage and currency come to that should
// close in one month.
type Expected struct {
	Month       int // 202611; 0: nobody said when
	Probability int // of the stage, in percent
	Count       int
	Sum         Money
}

// NewOutlooks makes a forecast: what is overdue, each month from now on, what
// comes later, what has no date. now is in the tenant's zone.
func NewOutlooks(now time.Time, expected []Expected) []Outlook {
	all := []Outlook{{Kind: OutlookOverdue}}
	for i := range outlookMonths {
		all = append(all, Outlook{Kind: OutlookMonth, Month: Month(now, i)})
	}
	all = append(all, Outlook{Kind: OutlookLater}, Outlook{Kind: OutlookUndated})
	this := now.Year()*12 + int(now.Month())
	weights := make([]Weight, len(all))
	for _, e := range expected {
		at := e.Month/100*12 + e.Month%100 - this + 1
		switch {
		case e.Month == 0:
			at = len(all) - 1
		case at < 1:
			at = 0
		case at > outlookMonths:
			at = outlookMonths + 1
		}
		all[at].Tally.Add(e.Count, e.Sum)
		weights[at].Add(e.Sum, e.Probability)
	}
	for i := range all {
		all[i].Weighted = weights[i].Sums()
	}
	return all
}

// Weight adds up amounts times probabilities, exactly: it is rounded to cents
// only in the end.
type Weight struct{ hundredths []Money }

// Add counts an amount in, with its probability in percent.
func (w *Weight) Add(m Money, probability int) {
	w.hundredths = AddMoney(w.hundredths, Money{m.Minor * int64(probability), m.Currency})
}

// Sums are the amounts, a currency each.
func (w *Weight) Sums() []Money {
	var sums []Money
	for _, m := range w.hundredths {
		sums = AddMoney(sums, Money{(m.Minor + 50) / 100, m.Currency})
	}
	return sums
}

// WeightedSum is the forecast of one currency.
func (o Outlook) WeightedSum(c Currency) Money { return Tally{Sums: o.Weighted}.Sum(c) }
