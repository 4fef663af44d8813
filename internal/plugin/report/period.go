package report

import (
	"fmt"

	"github.com/grupobizopps/salexops/contract"
)

// PeriodOf is the billing period in which a date lies, counted from the anchor
// (contract.md 1). A date before the anchor lies in none.
func PeriodOf(anchor contract.Date, interval contract.Interval, date contract.Date) (contract.Period, error) {
	if date.IsZero() || date.Before(anchor) {
		return contract.Period{}, fmt.Errorf("%s lies before the anchor date %s, so in no billing period", date, anchor)
	}
	// Months have at most 31 days, so this period can't lie after the answer.
	for k := date.DaysSince(anchor) / (31 * max(interval.Months(), 1)); ; k++ {
		period, err := contract.PeriodAt(anchor, interval, k)
		if err != nil {
			return contract.Period{}, err
		}
		if !date.After(period.To) {
			return period, nil
		}
	}
}
