package sqlite

import (
	"context"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// dealPages are the pages of the listing of deals.
type dealPages struct{}

func (dealPages) page(ctx context.Context, queries *statements, s selection) (crm.Page[*crm.Deal], error) {
	found, err := dealListing.page(ctx, queries, s)
	return bare(found), err
}

// anyStatus leads to an index of deals of one status: each column of their
// orders has one.
const anyStatus = "status IN ('open', 'won', 'lost')"

// dealList says how lists of deals are filtered and shown.
var dealList = &listKind[crm.Deal]{
	record: deals,
	list:   dealPages{},
	usual:  usualDeals,
	row: func(d *crm.Deal) crm.Row {
		return crm.Row{Title: d.Name, Subtitle: joined(" · ", d.CompanyName, d.ContactName), Deal: d}
	},
	fields: append([]listField[crm.Deal]{
		{
			ListField: crm.ListField{Name: "status", Label: "deals.status", Type: crm.FieldStatus, Filter: true, Column: true, Options: []crm.ListOption{
				{Value: string(crm.StageOpen), Text: "deals.isOpen"}, {Value: string(crm.StageWon), Text: "deals.isWon"},
				{Value: string(crm.StageLost), Text: "deals.isLost"}, {Value: crm.StatusAll, Text: "list.all"},
			}},
			cell:   func(d *crm.Deal) crm.Cell { return textCell(string(d.Status)) },
			column: "status",
		},
		{
			ListField: crm.ListField{
				Name: "stage", Label: "field.stageId", Type: crm.FieldRecord, Filter: true, Column: true, Edit: true, Sort: crm.SortStage,
			},
			cell:    func(d *crm.Deal) crm.Cell { return refCell(d.StageID, d.StageName) },
			column:  "stage_id",
			options: stageOptions,
			set:     func(d *crm.Deal, text string) { d.StageID, _ = strconv.ParseInt(text, 10, 64) }, // one of the options
		},
		{
			ListField: crm.ListField{Name: "pipeline", Label: "deals.pipeline", Type: crm.FieldRecord, Filter: true},
			column:    "pipeline_id",
			options:   pipelineOptions,
		},
		{
			ListField: crm.ListField{Name: "value", Label: "field.value", Type: crm.FieldMoney, Filter: true, Column: true, Sort: crm.SortValue},
			cell:      func(d *crm.Deal) crm.Cell { return textCell(d.Value.String()) },
			column:    "value", by: anyStatus,
		},
		{
			ListField: crm.ListField{
				Name: "close", Label: "field.expectedClose", Type: crm.FieldDue, Filter: true, Column: true, Edit: true, Sort: crm.SortClose,
			},
			cell:   func(d *crm.Deal) crm.Cell { return textCell(d.ExpectedClose) },
			column: "close_rank", by: anyStatus,
			set: func(d *crm.Deal, text string) { d.ExpectedClose = text },
		},
		instantField("closed", "deals.decided", "closed_at", crm.SortClosed, func(d *crm.Deal) crm.Cell { return instantCell(d.ClosedAt) }),
		instantField("activity", "deals.lastActivity", "last_activity_at", crm.SortQuiet, func(d *crm.Deal) crm.Cell { return instantCell(d.LastActivityAt) }),
		{
			ListField: crm.ListField{Name: "company", Label: "field.companyId", Type: crm.FieldCompany, Filter: true, Column: true},
			cell:      func(d *crm.Deal) crm.Cell { return refCell(d.CompanyID, d.CompanyName) },
			column:    "company_id",
		},
		{
			ListField: crm.ListField{Name: "contact", Label: "field.contactId", Type: crm.FieldContact, Filter: true, Column: true},
			cell:      func(d *crm.Deal) crm.Cell { return refCell(d.ContactID, d.ContactName) },
			column:    "contact_id",
		},
		{
			ListField: crm.ListField{Name: "reason", Label: "deals.lostReason", Type: crm.FieldRecord, Filter: true, Column: true},
			cell:      func(d *crm.Deal) crm.Cell { return refCell(d.LostReasonID, d.LostReason) },
			column:    "lost_reason_id",
			options:   reasonOptions,
		},
		textField("source", "field.source", sourceField, func(d *crm.Deal) *string { return &d.Source }),
	}, sortedBy(crm.SortRecent, headFields(deals, func(d *crm.Deal) string { return d.OwnerName }))...),
}

// instantField is a time that the store keeps of deals.
func instantField(name, label, column string, sort crm.Sort, cell func(*crm.Deal) crm.Cell) listField[crm.Deal] {
	return listField[crm.Deal]{
		ListField: crm.ListField{Name: name, Label: label, Type: crm.FieldInstant, Filter: true, Column: true, Sort: sort},
		cell:      cell, column: column, by: anyStatus,
	}
}

// sortedBy says that the time of the last change has an order.
func sortedBy[R any](sort crm.Sort, fields []listField[R]) []listField[R] {
	for i := range fields {
		if fields[i].Name == "updated" {
			fields[i].Sort = sort
		}
	}
	return fields
}

// usualDeals narrows a list of deals to the open ones unless it asks for a
// status or stages. Orders but by last change and name have indexes for one
// status.
func usualDeals(s *selection, q crm.ListQuery) error {
	status, stages := filterOf(q, "status"), filterOf(q, "stage")
	one := len(status) == 1 && status[0] != crm.StatusAll
	switch {
	case len(status) > 0:
	case len(stages) == 0:
		s.equal("status", string(crm.StageOpen))
		one = true
	case len(stages) == 1:
		s.matching("r.status = (SELECT kind FROM stage WHERE id = ?)", stages[0])
		one = true
	}
	switch crm.Sort(strings.TrimPrefix(string(q.Sort), "-")) {
	case "", crm.SortRecent, crm.SortName:
		return nil
	}
	if !one {
		return crm.Invalid{"sort": crm.KeyChoice}
	}
	return nil
}

// filterOf are the values that a query asks for of a field.
func filterOf(q crm.ListQuery, field string) []string {
	for _, f := range q.Filters {
		if f.Field == field {
			return f.Values
		}
	}
	return nil
}

// stageOptions are all stages; of several pipelines, with the pipeline's name.
func stageOptions(ctx context.Context, db *DB) ([]crm.ListOption, error) {
	pipelines, err := db.Pipelines(ctx)
	if err != nil {
		return nil, err
	}
	var all []crm.ListOption
	for _, p := range pipelines {
		for _, stage := range p.Stages {
			name := stage.Name
			if len(pipelines) > 1 {
				name = p.Name + " · " + name
			}
			all = append(all, crm.ListOption{Value: strconv.FormatInt(stage.ID, 10), Name: name})
		}
	}
	return all, nil
}

func pipelineOptions(ctx context.Context, db *DB) ([]crm.ListOption, error) {
	pipelines, err := db.Pipelines(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]crm.ListOption, len(pipelines))
	for i, p := range pipelines {
		all[i] = crm.ListOption{Value: strconv.FormatInt(p.ID, 10), Name: p.Name}
	}
	return all, nil
}

func reasonOptions(ctx context.Context, db *DB) ([]crm.ListOption, error) {
	reasons, err := db.LostReasons(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]crm.ListOption, len(reasons))
	for i, r := range reasons {
		all[i] = crm.ListOption{Value: strconv.FormatInt(r.ID, 10), Name: r.Name}
	}
	return all, nil
}
