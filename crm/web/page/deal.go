package page

import (
	"strconv"

	"github.com/grupobizopps/salexops/crm"
)

// DealPage is what the page of one deal shows.
type DealPage struct {
	Deal     *crm.Deal
	Pipeline *crm.Pipeline
	Quotes   []*crm.Quote
	History  History
	Reasons  []crm.LostReason
}

// bar are the stages of the bar above a deal: the open ones and how it ended,
// or could.
func (d DealPage) bar() []crm.Stage {
	end := crm.StageWon
	if d.Deal.Status == crm.StageLost {
		end = crm.StageLost
	}
	return append(d.Pipeline.Open(), d.Pipeline.Closing(end))
}

// barClass says whether a stage is behind the deal, where it stands, or ahead.
func (d DealPage) barClass(s crm.Stage) string {
	now := d.Pipeline.Stage(d.Deal.StageID)
	switch {
	case s.ID == d.Deal.StageID && s.Kind == crm.StageLost:
		return "stage-now stage-is-lost"
	case s.ID == d.Deal.StageID && s.Kind == crm.StageWon:
		return "stage-now stage-is-won"
	case s.ID == d.Deal.StageID:
		return "stage-now"
	case now != nil && now.Kind != crm.StageLost && s.Position < now.Position:
		return "stage-done"
	}
	return ""
}

func (d DealPage) totals() crm.Totals { return crm.Total(d.Deal.Value.Currency, d.Deal.Items) }

// percent writes a share with its sign: "16 %".
func percent(p crm.Percent) string { return p.String() + "\u00a0%" }

// probability is a stage's share as people read it.
func probability(p int) string { return strconv.Itoa(p) + "\u00a0%" }

// QuoteLink is the address of a quote.
func QuoteLink(id int64) string { return "/quotes/" + formatID(id) }

var quoteTexts = map[crm.QuoteStatus]string{
	crm.QuoteDraft: "quote.draft", crm.QuoteSent: "quote.sent", crm.QuoteAccepted: "quote.accepted", crm.QuoteExpired: "quote.expired",
}

// quoteText names how far a quote has come.
func quoteText(f *Frame, q *crm.Quote) string { return f.T(quoteTexts[q.StatusOn(f.L.Today())]) }

// quoteClass is the colour of that.
func quoteClass(f *Frame, q *crm.Quote) string {
	switch q.StatusOn(f.L.Today()) {
	case crm.QuoteAccepted:
		return "due due-won"
	case crm.QuoteExpired:
		return "due due-late"
	}
	return "due"
}
