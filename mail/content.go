package mail

import (
	"strings"

	"github.com/grupobizopps/salexops/contract"
)

// content is a notice in words, before it is laid out as text and as HTML: both
// say the same.
type content struct {
	Language string
	Subject  string
	// Preview is what a list of mails shows after the subject.
	Preview  string
	Title    string
	Greeting string
	Lead     string
	Facts    []fact
	Sections []section
	// Action is the label of the one thing to do, which is behind Link. Both are
	// empty where there is no address to go to.
	Action, Link string
	Closing      []string
	Footer       string
}

// fact is a line of what lines up: a label and a value.
type fact struct{ Label, Value string }

// section is a heading and what stands below it.
type section struct{ Heading, Text string }

// told is everything that the words of a notice depend on.
type told struct {
	name, company, url, place string
	// paidThrough is no date where nothing was ever paid.
	paidThrough, due, disableOn, today contract.Date
	// named is the date of the deletion, in a purge notice.
	named contract.Date
	pay   Payment
}

// disabled tells whether the date has come on which users are disabled: the
// sentence about it is another one then.
func (t *told) disabled() bool { return !t.today.Before(t.disableOn) }

// action is the one thing to do: pay, where the platform has a page for it, else
// go to the account, if its address is known.
func (t *told) action(pay, visit string) (label, link string) {
	switch {
	case t.pay.URL != "":
		return pay, t.pay.URL
	case t.url != "":
		return visit, t.url
	default:
		return "", ""
	}
}

// speaker writes the notices in one language.
type speaker struct {
	reminder, purge func(*told) content
	place           func(zone string) string
}

// placeOf is the place that a time zone is named after: "Mexico City" for
// America/Mexico_City.
func placeOf(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}
