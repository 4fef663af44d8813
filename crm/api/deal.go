package api

import (
	"context"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// deal is something the team tries to sell, as JSON.
type deal struct {
	Record
	Extra
	Title          string     `json:"title" minLength:"1" maxLength:"200" doc:"What the deal is called."`
	CompanyID      int64      `json:"companyId,omitempty" minimum:"0" doc:"Id of the company that would buy."`
	CompanyName    string     `json:"companyName,omitempty" readOnly:"true" doc:"That company's name."`
	ContactID      int64      `json:"contactId,omitempty" minimum:"0" doc:"Id of the person who is talked to."`
	ContactName    string     `json:"contactName,omitempty" readOnly:"true" doc:"That contact's name."`
	StageID        int64      `json:"stageId,omitempty" minimum:"0" doc:"Id of the stage where it stands (see pipelines). Left out in a new deal: the first stage of the first pipeline; in an update: where it stands."`
	StageName      string     `json:"stageName,omitempty" readOnly:"true" doc:"The stage's name."`
	PipelineID     int64      `json:"pipelineId,omitempty" readOnly:"true" doc:"The stage's."`
	Status         string     `json:"status,omitempty" enum:"open,won,lost" readOnly:"true" doc:"The kind of the stage."`
	Probability    int        `json:"probability" required:"false" readOnly:"true" doc:"Of being won, in percent: the stage's."`
	Value          *money     `json:"value,omitempty" doc:"Without IVA. An estimate; of a deal with items their net total, which an update leaves as it is."`
	ExpectedClose  string     `json:"expectedClose,omitempty" format:"date" doc:"When it should be decided, YYYY-MM-DD."`
	Source         string     `json:"source,omitempty" maxLength:"100" doc:"Where the deal comes from, in the team's own words."`
	LostReasonID   int64      `json:"lostReasonId,omitempty" minimum:"0" doc:"Id of the reason, of a lost deal (see lost-reasons); others have none."`
	LostReason     string     `json:"lostReason,omitempty" readOnly:"true" doc:"The reason in words."`
	LostNote       string     `json:"lostNote,omitempty" maxLength:"200" doc:"What the reason does not say, of a lost deal."`
	Items          []lineItem `json:"items,omitempty" maxItems:"200" doc:"What is offered. Used when the deal is created; later /deals/{id}/items changes them, and an update leaves them as they are. Lists leave them out."`
	Totals         *totals    `json:"totals,omitempty" readOnly:"true" doc:"Of the items."`
	StageSince     *time.Time `json:"stageSince,omitempty" readOnly:"true" doc:"When it entered its stage, UTC."`
	ClosedAt       *time.Time `json:"closedAt,omitempty" readOnly:"true" doc:"When it was won or lost, UTC; missing: it is open."`
	LastActivityAt *time.Time `json:"lastActivityAt,omitempty" readOnly:"true" doc:"The last thing the team did about it, UTC."`
}

type dealList struct {
	Words
	OfOwner
	Status      string    `query:"status" enum:"open,won,lost" doc:"Only deals that stand so."`
	Pipeline    int64     `query:"pipeline" minimum:"0" doc:"Id of a pipeline: only its deals."`
	Stage       int64     `query:"stage" minimum:"0" doc:"Id of a stage: only deals in it."`
	Company     int64     `query:"company" minimum:"0" doc:"Id of a company: only its deals."`
	Contact     int64     `query:"contact" minimum:"0" doc:"Id of a contact: only their deals."`
	LostReason  int64     `query:"lostReason" minimum:"0" doc:"Id of a reason: only deals lost for it."`
	CloseFrom   string    `query:"closeFrom" format:"date" doc:"Expected to close on this day (YYYY-MM-DD) or later."`
	CloseTo     string    `query:"closeTo" format:"date" doc:"Expected to close on this day or earlier."`
	ClosedFrom  time.Time `query:"closedFrom" doc:"Won or lost at this time or later."`
	ClosedTo    time.Time `query:"closedTo" doc:"Won or lost before this time."`
	QuietBefore time.Time `query:"quietBefore" doc:"Without activity since this time."`
	Sort        string    `query:"sort" enum:"recent,-recent,name,-name,value,-value,close,-close,stage,-stage,closed,-closed,quiet,-quiet" default:"recent" doc:"recent: the last change first; name: by title; value: the largest amount first; close: the earliest expected close first; stage: as the stages stand; closed: last won or lost first; quiet: the longest without activity first. A - turns an order round. All but recent and name need status, stage or q."`
	Filters
	Paging
}

var deals = resource[crm.DealService, crm.Deal, deal, dealList]{
	one: "deal", many: "deals",
	list: func(s crm.DealService, ctx context.Context, l *dealList) (crm.Page[*crm.Deal], error) {
		return s.Deals(ctx, crm.DealFilter{
			Query: l.Q, OwnerID: l.Owner, Filters: l.chosen, Status: crm.DealStatus(l.Status), PipelineID: l.Pipeline, StageID: l.Stage,
			CompanyID: l.Company, ContactID: l.Contact, LostReasonID: l.LostReason,
			CloseFrom: l.CloseFrom, CloseTo: l.CloseTo, ClosedFrom: l.ClosedFrom, ClosedTo: l.ClosedTo, QuietBefore: l.QuietBefore,
			Sort: crm.Sort(l.Sort), After: crm.Cursor(l.After), Limit: l.Limit,
		})
	},
	get:    crm.DealService.Deal,
	create: crm.DealService.CreateDeal,
	update: crm.DealService.UpdateDeal,
	remove: crm.DealService.DeleteDeal,
	show:   showDeal,
	take:   takeDeal,
	id:     func(d *crm.Deal) *int64 { return &d.ID },
	notes: map[string]string{
		"update": "Everything but the items. A stageId moves the deal, too; /deals/{id}/move does so without a version.",
		"delete": "The deal goes to the bin for 30 days.",
	},
}

func showDeal(d *crm.Deal) deal {
	items, sums := showItems(d.Value.Currency, d.Items)
	return deal{
		Record: Record{Stamp{d.ID, d.Version, &d.CreatedAt, &d.UpdatedAt}, d.OwnerID, d.OwnerName},
		Extra:  showExtra(d.Extra),
		Title:  d.Name, CompanyID: d.CompanyID, CompanyName: d.CompanyName, ContactID: d.ContactID, ContactName: d.ContactName,
		StageID: d.StageID, StageName: d.StageName, PipelineID: d.PipelineID, Status: string(d.Status), Probability: d.Probability,
		Value: showMoney(d.Value), ExpectedClose: d.ExpectedClose, Source: d.Source,
		LostReasonID: d.LostReasonID, LostReason: d.LostReason, LostNote: d.LostNote, Items: items, Totals: sums,
		StageSince: present(d.StageSince), ClosedAt: present(d.ClosedAt), LastActivityAt: present(d.LastActivityAt),
	}
}

func takeDeal(j deal, d *crm.Deal) {
	d.Version, d.OwnerID, d.Extra = j.Version, j.OwnerID, j.extra()
	d.Name, d.CompanyID, d.ContactID, d.StageID = j.Title, j.CompanyID, j.ContactID, j.StageID
	d.Value, d.ExpectedClose, d.Source = j.Value.take(), j.ExpectedClose, j.Source
	d.LostReasonID, d.LostNote, d.Items = j.LostReasonID, j.LostNote, takeItems(j.Items)
}
