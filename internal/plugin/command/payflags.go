package command

import (
	"cmp"
	"regexp"
	"slices"
	"time"

	"github.com/spf13/cobra"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin"
	"github.com/grupobizopps/salexops/internal/plugin/report"
)

// How much of a dry run there is.
const (
	dryRunNone   = "none"
	dryRunClient = "client"
	dryRunServer = "server"
)

// payFlags is what somebody said about a payment. What is empty was not said.
type payFlags struct {
	id, amount, currency, amountUSD string
	from, to, receivedAt, invoice   string
	dryRun                          string

	received time.Time // receivedAt, once checked
}

func (f *payFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.id, "id", "", "The payment's id in the billing system (required)")
	flags.StringVar(&f.amount, "amount", "", "What was received, such as 499.00 (the price of the plan)")
	flags.StringVar(&f.currency, "currency", "", "Its currency, such as MXN (that of the plan)")
	flags.StringVar(&f.amountUSD, "amount-usd", "", "The same in US dollars on the day it was received (required unless the currency is USD)")
	flags.StringVar(&f.from, "from", "", "First date paid for, YYYY-MM-DD (the next unpaid billing period)")
	flags.StringVar(&f.to, "to", "", "Last date paid for, YYYY-MM-DD (the end of the billing period)")
	flags.StringVar(&f.receivedAt, "received-at", "", "When the money was received, such as 2027-01-31T16:00:00Z (now)")
	flags.StringVar(&f.invoice, "invoice", "", "The invoice that was issued for it")
	flags.StringVar(&f.dryRun, "dry-run", dryRunNone, "none, client (nothing is sent) or server (checked by the cluster, and not kept)")
	flags.Lookup("dry-run").NoOptDefVal = dryRunClient
}

// kept names the dry run in which nothing is kept; nothing where it is real.
func (f *payFlags) kept() string {
	if f.dryRun == dryRunNone {
		return ""
	}
	return f.dryRun
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// check refuses what can't be right whatever the cluster says.
func (f *payFlags) check() error {
	if f.id == "" {
		return plugin.Usagef("--id: a payment needs the id that the billing system gave it; the same id again changes nothing")
	}
	if !slices.Contains([]string{dryRunNone, dryRunClient, dryRunServer}, f.dryRun) {
		return plugin.Usagef("--dry-run: %q is not a dry run: use none, client or server", f.dryRun)
	}
	if f.currency != "" && !currencyCode.MatchString(f.currency) {
		return plugin.Usagef("--currency: %q is not a currency code of ISO 4217: write three capital letters, such as MXN", f.currency)
	}
	for flag, value := range map[string]string{"--amount": f.amount, "--amount-usd": f.amountUSD} {
		if value == "" {
			continue
		}
		if _, err := contract.ParseAmount(value); err != nil {
			return plugin.Usagef("%s: %w", flag, err)
		}
	}
	for flag, value := range map[string]string{"--from": f.from, "--to": f.to} {
		if value == "" {
			continue
		}
		if _, err := contract.ParseDate(value); err != nil {
			return plugin.Usagef("%s: %w", flag, err)
		}
	}
	if f.to != "" && f.from == "" {
		return plugin.Usagef("--to needs --from: the first date paid for")
	}
	if f.receivedAt == "" {
		return nil
	}
	received, err := time.Parse(time.RFC3339, f.receivedAt)
	if err != nil {
		return plugin.Usagef("--received-at: %q is not an instant: write it as 2027-01-31T16:00:00Z", f.receivedAt)
	}
	f.received = received
	return nil
}

// payment fills in what was not said. recorded: the ledger has it already, as it
// was said.
func (f *payFlags) payment(s *report.Subject, subscription *v1alpha1.Subscription) (payment v1alpha1.Payment, recorded bool, err error) {
	payments := subscription.Status.Billing.Payments
	for i := range payments {
		if payments[i].ID == f.id {
			return f.again(&payments[i])
		}
	}
	payment = v1alpha1.Payment{ID: f.id, InvoiceRef: f.invoice, ReceivedAt: metav1.NewTime(s.Now.UTC().Truncate(time.Second))}
	if !f.received.IsZero() {
		payment.ReceivedAt = metav1.NewTime(f.received.UTC().Truncate(time.Second))
	}
	price, currency := s.Price()
	payment.Amount = cmp.Or(v1alpha1.Decimal(f.amount), price)
	payment.Currency = cmp.Or(v1alpha1.Currency(f.currency), currency)
	payment.AmountUSD = v1alpha1.Decimal(f.amountUSD)
	switch {
	case payment.Amount == "":
		return payment, false, plugin.Usagef("--amount: the plan has no price to take it from; say what was received")
	case payment.Currency == "":
		return payment, false, plugin.Usagef("--currency: the plan has none to take it from; say what was received")
	case payment.AmountUSD == "" && payment.Currency == "USD":
		payment.AmountUSD = payment.Amount
	case payment.AmountUSD == "":
		return payment, false, plugin.Usagef("--amount-usd: say what %s %s was worth in US dollars on the day it was received", payment.Amount, payment.Currency)
	}
	period, err := f.period(s)
	payment.PeriodFrom, payment.PeriodTo = v1alpha1.Date(period.From.String()), v1alpha1.Date(period.To.String())
	return payment, false, err
}

// again is a payment whose id the ledger has already: what was said about it
// must agree.
func (f *payFlags) again(recorded *v1alpha1.Payment) (payment v1alpha1.Payment, same bool, err error) {
	said := *recorded
	said.Amount = cmp.Or(v1alpha1.Decimal(f.amount), said.Amount)
	said.Currency = cmp.Or(v1alpha1.Currency(f.currency), said.Currency)
	said.AmountUSD = cmp.Or(v1alpha1.Decimal(f.amountUSD), said.AmountUSD)
	said.PeriodFrom = cmp.Or(v1alpha1.Date(f.from), said.PeriodFrom)
	said.PeriodTo = cmp.Or(v1alpha1.Date(f.to), said.PeriodTo)
	said.InvoiceRef = cmp.Or(f.invoice, said.InvoiceRef)
	if !f.received.IsZero() {
		said.ReceivedAt = metav1.NewTime(f.received)
	}
	if field, was, wanted := report.SamePayment(recorded, &said); field != "" {
		return said, false, plugin.Usagef("payment %s is recorded already with another %s (%s, and not %s): a payment is never edited; "+
			"to undo it set its reversedAt, and record the right one under a new id", f.id, field, was, wanted)
	}
	return said, true, nil
}

// period is what is paid for: what was said, or the next unpaid billing period.
func (f *payFlags) period(s *report.Subject) (contract.Period, error) {
	if f.from == "" {
		return f.nextUnpaid(s)
	}
	from, _ := contract.ParseDate(f.from) // It was checked.
	if f.to != "" {
		to, _ := contract.ParseDate(f.to)
		if to.Before(from) {
			return contract.Period{}, plugin.Usagef("--to: %s lies before --from %s", to, from)
		}
		return contract.Period{From: from, To: to}, nil
	}
	period, err := s.PeriodAround(from)
	if err != nil {
		return contract.Period{}, plugin.Usagef("--from: %w; say --to as well", err)
	}
	return contract.Period{From: from, To: period.To}, nil
}

// nextUnpaid is the next unpaid billing period, unless it is over: money for
// days gone by revives nobody, and a payment can't be taken back, so that must
// be said.
func (f *payFlags) nextUnpaid(s *report.Subject) (contract.Period, error) {
	next, err := s.NextUnpaid()
	if err != nil {
		return next, plugin.Usagef("the next unpaid billing period can't be told (%w): say --from and --to", err)
	}
	if !next.To.Before(s.Today()) {
		return next, nil
	}
	current, err := s.PeriodAround(s.Today())
	if err != nil {
		return next, plugin.Usagef("the billing period of today can't be told (%w): say --from and --to", err)
	}
	return next, plugin.Usagef("the next unpaid period, %s, is over, and paying for it revives nobody. Say what was paid for:\n  --from %s --to %s   days gone by\n  --from %s --to %s   covers today",
		s.Days(next.From, next.To), next.From, next.To, current.From, current.To)
}
