package simulate

import (
	"strings"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
	"github.com/grupobizopps/salexops/internal/plugin"
)

// options are the flags as they were typed.
type options struct {
	files         []string
	from, until   string
	output        string
	billingAsOf   string
	noticeOutages []string
}

// The forms of the output.
const (
	outputText = "text"
	outputJSON = "json"
)

// span is the time that is asked about: until is not part of it any more.
func (o *options) span() (contract.Period, error) {
	if len(o.files) == 0 {
		return contract.Period{}, plugin.Usagef("-f is missing: name the files with the manifests")
	}
	from, err := dateOf("--from", o.from)
	if err != nil {
		return contract.Period{}, err
	}
	until, err := dateOf("--until", o.until)
	if err != nil {
		return contract.Period{}, err
	}
	if from.After(until) {
		return contract.Period{}, plugin.Usagef("--until %s lies before --from %s", until, from)
	}
	if o.output != outputText && o.output != outputJSON {
		return contract.Period{}, plugin.Usagef("-o %q is not a form of output: write json or text", o.output)
	}
	return contract.Period{From: from, To: until}, nil
}

// assumptions are what the flags say about the world.
func (o *options) assumptions() (simulation.Assumptions, error) {
	var assume simulation.Assumptions
	if o.billingAsOf != "" {
		at, err := time.Parse(time.RFC3339, o.billingAsOf)
		if err != nil {
			return assume, plugin.Usagef("--billing-as-of: %q is not an instant: write it as 2027-02-04T07:00:00Z", o.billingAsOf)
		}
		assume.BillingAsOf = at
	}
	for _, text := range o.noticeOutages {
		first, last, found := strings.Cut(text, "..")
		if !found {
			return assume, plugin.Usagef("--notice-outage: %q is not a span of dates: write it as 2027-02-18..2027-02-22", text)
		}
		from, err := dateOf("--notice-outage", first)
		if err != nil {
			return assume, err
		}
		to, err := dateOf("--notice-outage", last)
		if err != nil {
			return assume, err
		}
		if from.After(to) {
			return assume, plugin.Usagef("--notice-outage: %s lies after %s", from, to)
		}
		assume.NoticeOutages = append(assume.NoticeOutages, contract.Period{From: from, To: to})
	}
	return assume, nil
}

func dateOf(flag, text string) (contract.Date, error) {
	if text == "" {
		return contract.Date{}, plugin.Usagef("%s is missing: write a date as 2027-01-31", flag)
	}
	d, err := contract.ParseDate(text)
	if err != nil {
		return contract.Date{}, plugin.Usagef("%s: %w", flag, err)
	}
	return d, nil
}
