package page

import (
	"net/url"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// Behind is the list behind a figure of the dashboard.
type Behind struct {
	Title      string
	Conditions []string   // what was chosen, in words
	Params     url.Values // of the address, without a place in the list
	Path       string
	Deals      []*crm.Deal
	Sum        *crm.DealSum // of a list of deals
	Work       []crm.Work
	Count      int // of a list of activities
	Weighted   bool
	Next, Prev crm.Cursor
}

func (b Behind) page(name string, c crm.Cursor) string {
	q := url.Values{}
	for key, values := range b.Params {
		if key != "after" && key != "before" {
			q[key] = slices.Clone(values)
		}
	}
	q.Set(name, string(c))
	return b.Path + "?" + q.Encode()
}

// back is the dashboard that the reader came from.
func (b Behind) back() string {
	q := url.Values{}
	for _, name := range []string{"period", "owner", "pipeline"} {
		if value := b.Params.Get(name); value != "" && (name != "owner" || b.Deals != nil || b.Sum != nil) {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return "/dashboard"
	}
	return "/dashboard?" + q.Encode()
}

// dealDay is the day that matters about a deal: when it was decided, or when it
// should be.
func dealDay(f *Frame, d *crm.Deal) (text, title string) {
	switch {
	case !d.ClosedAt.IsZero():
		return shortDay(f, d.ClosedAt.In(f.L.Now().Location())), f.L.Exact(d.ClosedAt)
	case d.ExpectedClose != "":
		return shortDay(f, crm.Moment(d.ExpectedClose).In(f.L.Now().Location())), f.L.Civil(d.ExpectedClose)
	}
	return "—", ""
}

var workIcons = map[crm.ActivityType]string{
	crm.ActivityNote: "pencil", crm.ActivityCall: "phone", crm.ActivityTask: "check", crm.ActivityMeeting: "users",
}

// DealSpan says of a condition which days it is about.
func DealSpan(f *Frame, s crm.Span) string { return spanDays(f, s) }
