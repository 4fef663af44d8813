package text

import (
	"fmt"
	"io"
	"strings"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
)

// Payment shows what recording a payment changed, and what follows.
func Payment(w io.Writer, style Style, p phrase.Phrases, payment report.Payment) error {
	var b strings.Builder
	of := &payment.Payment
	says := fmt.Sprintf("%s paid %s %s for %s (%s, received %s).", payment.Tenant, of.Amount, of.Currency,
		period(p, string(of.PeriodFrom), string(of.PeriodTo)), phrase.Clean(of.ID), p.Moment(of.ReceivedAt.Time))
	switch {
	case payment.Recorded:
		says += " The ledger had that already: nothing was changed."
	case payment.DryRun != "":
		says = fmt.Sprintf("Dry run (%s), nothing is changed: %s", payment.DryRun, says)
	}
	b.WriteString(style.in(bold, says) + "\n")
	if !payment.Recorded {
		t := &table{style: style, indent: "  "}
		t.cells(position(p, "before", payment.Before)...)
		now := "now"
		if payment.DryRun != "" {
			now = "would be"
		}
		t.cells(position(p, now, payment.After)...)
		b.WriteString("\n" + t.String())
	}
	if len(payment.Follows) > 0 && !payment.Recorded {
		b.WriteString("\n" + strings.Join(payment.Follows, "\n") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func position(p phrase.Phrases, name string, at report.Position) []cell {
	through, next := "never paid", ""
	if !at.PaidThrough.IsZero() {
		through = "paid through " + p.FullDay(at.PaidThrough)
	}
	if at.Next != "" && !at.At.IsZero() {
		next = at.Next + " " + p.Moment(at.At)
		if at.Next == string(contract.EventPaymentDue) {
			next = at.Next + " " + p.DayOf(at.At)
		}
	}
	return []cell{{name, dim}, {text: string(at.Billing)}, {text: through}, {next, dim}}
}

// period is a span of dates as the ledger has them.
func period(p phrase.Phrases, from, to string) string {
	first, err1 := contract.ParseDate(from)
	last, err2 := contract.ParseDate(to)
	if err1 != nil || err2 != nil {
		return from + " – " + to
	}
	return p.Days(first, last)
}
