package sqlite

import (
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// deals says how a deal is stored.
var deals = &recordKind[crm.Deal]{
	kind:  crm.KindDeal,
	table: "deal",
	head: func(d *crm.Deal) head {
		return head{&d.ID, &d.OwnerID, &d.Version, &d.CreatedAt, &d.UpdatedAt}
	},
	title:     (*crm.Deal).Title,
	normalize: (*crm.Deal).Normalize,
	validate:  (*crm.Deal).Validate,
	load:      loadDeal,
	keep: func(d, before *crm.Deal) {
		d.Items = before.Items
		if len(d.Items) > 0 {
			d.Value = before.Value
		}
		if d.StageID == 0 {
			d.StageID = before.StageID
		}
	},
	resolve: resolveDeal,
	heal:    healDeal,
	insert:  insertDeal,
	update:  updateDeal,
	fields:  dealFields,
	extra:   func(d *crm.Deal) *crm.Extra { return &d.Extra },
	text:    dealText,
	facets:  func(d *crm.Deal) []facet { return []facet{{sourceField, d.Source}} },
	links: []link[crm.Deal]{
		{
			to: crm.KindContact, find: "SELECT id FROM deal WHERE contact_id = ? AND deleted_at IS NULL",
			id: func(d *crm.Deal) *int64 { return &d.ContactID },
		},
		{
			to: crm.KindCompany, find: "SELECT id FROM deal WHERE company_id = ? AND deleted_at IS NULL",
			id: func(d *crm.Deal) *int64 { return &d.CompanyID },
		},
	},
}

func loadDeal(t *tx, id int64) (*crm.Deal, bool, error) {
	deleted := false
	d, err := scanDealRow(t.queryRow(selectDeal, id).Scan, &deleted)
	if err != nil {
		return nil, false, err
	}
	err = t.each(selectItems, []any{id}, func(rows *sql.Rows) error { return scanItem(rows, d.Deal) })
	return d.Deal, deleted, err
}

func dealFields(d *crm.Deal) []field {
	value := ""
	if !d.Value.IsZero() {
		value = d.Value.String()
	}
	lines := make([]string, len(d.Items))
	exact := make([]string, len(d.Items))
	for n, i := range d.Items {
		lines[n] = i.Name + " × " + i.Quantity.String()
		exact[n] = strings.Join([]string{
			i.Name, i.Quantity.String(), strconv.FormatInt(i.UnitPrice, 10), i.Discount.String(), i.Tax.String(), strconv.FormatInt(i.ProductID, 10),
		}, "\x00")
	}
	return append([]field{
		plain("title", d.Name), reference("companyId", d.CompanyID, d.CompanyName),
		reference("contactId", d.ContactID, d.ContactName), reference("ownerId", d.OwnerID, d.OwnerName),
		reference("stageId", d.StageID, d.StageName),
		{"value", d.Value.String(), value}, plain("expectedClose", d.ExpectedClose), plain("source", d.Source),
		reference("lostReasonId", d.LostReasonID, d.LostReason), plain("lostNote", d.LostNote),
		{"items", strings.Join(exact, "\n"), strings.Join(lines, ", ")},
	}, extraFields(&d.Extra)...)
}

// dealText is what a deal is found by: also the names of its company and
// contact, as they were when it was last changed.
func dealText(d *crm.Deal) recordText {
	detail := append([]string{d.CompanyName, d.ContactName, d.Source}, extraWords(&d.Extra)...)
	return recordText{name: d.Name, detail: strings.Join(detail, "\n")}
}

// resolveDeal checks the references and settles what follows from the stage
// and the items.
func resolveDeal(t *tx, d, before *crm.Deal) error {
	old := crm.Deal{}
	if before != nil {
		old = *before
	}
	invalid := crm.Invalid{}
	if err := t.nameParties(d, &old, invalid); err != nil {
		return err
	}
	if err := t.placeDeal(d, &old, invalid); err != nil {
		return err
	}
	if err := t.checkProducts(d, invalid); err != nil {
		return err
	}
	if len(d.Items) > 0 {
		d.Value = crm.Total(d.Value.Currency, d.Items).Net
	}
	name, err := t.ownerName(d.OwnerID, old.OwnerID == d.OwnerID, invalid)
	d.OwnerName = name
	if err == nil && len(invalid) > 0 {
		return invalid
	}
	return err
}

// nameParties reads the names of company and contact. One that was there
// before may be in the bin.
func (t *tx) nameParties(d, old *crm.Deal, invalid crm.Invalid) error {
	d.CompanyName, d.ContactName = "", ""
	if d.CompanyID != 0 {
		name, found, err := t.companyName(d.CompanyID)
		if err != nil {
			return err
		}
		if !found && old.CompanyID != d.CompanyID {
			invalid["companyId"] = crm.KeyUnknown
		}
		d.CompanyName = name
	}
	if d.ContactID != 0 {
		name, found, err := t.contactName(d.ContactID)
		if err != nil {
			return err
		}
		if !found && old.ContactID != d.ContactID {
			invalid["contactId"] = crm.KeyUnknown
		}
		d.ContactName = name
	}
	return nil
}

// placeDeal settles what follows from a deal's stage. Times that begin with
// this change are left zero: the write knows the hour.
func (t *tx) placeDeal(d, old *crm.Deal, invalid crm.Invalid) error {
	if d.StageID == 0 {
		if err := t.queryRow(firstStage).Scan(&d.StageID); err != nil {
			return err
		}
	}
	var gone bool
	var stage crm.Stage
	err := t.queryRow(selectStage, d.StageID).Scan(&stage.PipelineID, &stage.Name, &stage.Kind, &stage.Probability, &gone)
	if errors.Is(err, sql.ErrNoRows) || (err == nil && gone && old.StageID != d.StageID) {
		invalid["stageId"] = crm.KeyUnknown
		return nil
	}
	if err != nil {
		return err
	}
	d.PipelineID, d.StageName, d.Status, d.Probability = stage.PipelineID, stage.Name, stage.Kind, stage.Probability
	d.StageSince, d.ClosedAt, d.LastActivityAt = old.StageSince, old.ClosedAt, old.LastActivityAt
	if d.StageID != old.StageID {
		d.StageSince = time.Time{}
	}
	if d.Status != old.Status {
		d.ClosedAt = time.Time{}
	}
	return t.nameReason(d, old, invalid)
}

const (
	firstStage = `SELECT s.id FROM stage AS s JOIN pipeline AS p ON p.id = s.pipeline_id
		WHERE s.kind = 'open' AND s.deleted_at IS NULL AND p.deleted_at IS NULL ORDER BY p.position, s.position LIMIT 1`
	selectStage = `SELECT s.pipeline_id, s.name, s.kind, s.probability, s.deleted_at IS NOT NULL OR p.deleted_at IS NOT NULL
		FROM stage AS s JOIN pipeline AS p ON p.id = s.pipeline_id WHERE s.id = ?`
)

// nameReason reads the reason of a lost deal; others have none.
func (t *tx) nameReason(d, old *crm.Deal, invalid crm.Invalid) error {
	d.LostReason = ""
	if d.Status != crm.StageLost {
		d.LostReasonID, d.LostNote = 0, ""
	}
	if d.LostReasonID == 0 {
		return nil
	}
	active := false
	err := t.queryRow("SELECT name, active FROM lost_reason WHERE id = ?", d.LostReasonID).Scan(&d.LostReason, &active)
	if errors.Is(err, sql.ErrNoRows) || (err == nil && !active && old.LostReasonID != d.LostReasonID) {
		invalid["lostReasonId"] = crm.KeyUnknown
		return nil
	}
	return err
}

// checkProducts reports lines of products that are not in the catalogue.
func (t *tx) checkProducts(d *crm.Deal, invalid crm.Invalid) error {
	for n, i := range d.Items {
		if i.ProductID == 0 {
			continue
		}
		found, err := t.exists("product", i.ProductID)
		if err != nil {
			return err
		}
		if !found {
			invalid[crm.ItemField("name", n)] = crm.KeyUnknown
		}
	}
	return nil
}

// healDeal clears what is gone for good. A stage that was taken away meanwhile
// returns with the deal that returns to it.
func healDeal(t *tx, d *crm.Deal) error {
	for _, link := range []struct {
		table string
		id    *int64
	}{{"company", &d.CompanyID}, {"contact", &d.ContactID}} {
		if *link.id == 0 {
			continue
		}
		kept, err := t.exists(link.table, *link.id)
		if err != nil {
			return err
		}
		if !kept {
			*link.id = 0
		}
	}
	if err := t.reviveStage(d.StageID); err != nil {
		return err
	}
	restored := *d
	return resolveDeal(t, d, &restored)
}

func insertDeal(t *tx, d *crm.Deal) (int64, error) {
	d.StageSince, d.LastActivityAt = d.CreatedAt, d.CreatedAt
	if !d.IsOpen() {
		d.ClosedAt = d.CreatedAt
	}
	id, err := t.insert(`INSERT INTO deal (name, company_id, contact_id, owner_id, pipeline_id, stage_id, status, stage_rank,
		currency, value, expected_close, close_rank, source, lost_reason_id, lost_note, stage_since, closed_at, last_activity_at,
		sort_key, created_at, updated_at, version)
		VALUES (?, nullif(?, 0), nullif(?, 0), ?, ?, ?, ?, `+rankOfStage+`, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.Name, d.CompanyID, d.ContactID, d.OwnerID, d.PipelineID, d.StageID, string(d.Status), d.StageID,
		string(d.Value.Currency), d.Value.Minor, d.ExpectedClose, closeRank(d.ExpectedClose), d.Source, d.LostReasonID, d.LostNote,
		d.StageSince.UnixMicro(), toMicro(d.ClosedAt), d.LastActivityAt.UnixMicro(),
		sortKey(d.Name), d.CreatedAt.UnixMicro(), d.UpdatedAt.UnixMicro(), d.Version)
	if err != nil {
		return 0, err
	}
	d.ID = id
	if err := t.writeItems(d); err != nil {
		return 0, err
	}
	return id, t.alignStages(d)
}

// rankOfStage is a stage's place among all, for sorting deals by it.
const rankOfStage = `(SELECT p.position * 1000 + s.position FROM stage AS s JOIN pipeline AS p ON p.id = s.pipeline_id WHERE s.id = ?)`

func updateDeal(t *tx, d *crm.Deal) error {
	moved := d.StageSince.IsZero() // placeDeal left it so
	if moved {
		d.StageSince, d.LastActivityAt = d.UpdatedAt, d.UpdatedAt
	}
	if d.ClosedAt.IsZero() && !d.IsOpen() {
		d.ClosedAt = d.UpdatedAt
	}
	_, err := t.exec(`UPDATE deal SET name = ?, company_id = nullif(?, 0), contact_id = nullif(?, 0), owner_id = ?,
		pipeline_id = ?, stage_id = ?, status = ?, stage_rank = `+rankOfStage+`, currency = ?, value = ?,
		expected_close = ?, close_rank = ?, source = ?, lost_reason_id = nullif(?, 0), lost_note = ?, stage_since = ?, closed_at = ?,
		sort_key = ?, updated_at = ?, version = ? WHERE id = ?`,
		d.Name, d.CompanyID, d.ContactID, d.OwnerID,
		d.PipelineID, d.StageID, string(d.Status), d.StageID, string(d.Value.Currency), d.Value.Minor,
		d.ExpectedClose, closeRank(d.ExpectedClose), d.Source, d.LostReasonID, d.LostNote, d.StageSince.UnixMicro(), toMicro(d.ClosedAt),
		sortKey(d.Name), d.UpdatedAt.UnixMicro(), d.Version, d.ID)
	if err != nil {
		return err
	}
	if moved {
		if err := t.touchDeal(d.ID, d.UpdatedAt); err != nil {
			return err
		}
	}
	if err := t.writeItems(d); err != nil {
		return err
	}
	return t.alignStages(d)
}

// writeItems stores the lines of a deal where they differ from those it had.
func (t *tx) writeItems(d *crm.Deal) error {
	stored := crm.Deal{}
	err := t.each(selectItems, []any{d.ID}, func(rows *sql.Rows) error { return scanItem(rows, &stored) })
	if err != nil || slices.Equal(stored.Items, d.Items) {
		return err
	}
	if _, err := t.exec("DELETE FROM deal_item WHERE deal_id = ?", d.ID); err != nil {
		return err
	}
	for n, i := range d.Items {
		_, err := t.exec(`INSERT INTO deal_item (deal_id, position, product_id, name, quantity, price, discount, tax)
			VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?)`,
			d.ID, n+1, i.ProductID, i.Name, int64(i.Quantity), i.UnitPrice, int64(i.Discount), int64(i.Tax))
		if err != nil {
			return err
		}
	}
	return nil
}
