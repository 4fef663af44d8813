package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

// Preview says what would become of the first rows. Rows that are duplicates of
// each other show as new.
func (db *DB) Preview(ctx context.Context, id int64, plan importing.Plan, limit int) ([]importing.Preview, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	found, err := db.Import(ctx, id)
	if err != nil {
		return nil, err
	}
	if !found.HasFile {
		return nil, crm.ErrConflict
	}
	plan.Kind = found.Kind
	plan = plan.With(db.fields.of(plan.Kind))
	file, err := os.Open(db.importFile(id))
	if err != nil {
		return nil, fmt.Errorf("open the file of an import: %w", err)
	}
	defer file.Close()
	rows, err := firstRows(&found.Layout, file, limit)
	if err != nil {
		return nil, err
	}
	owners, err := db.ownersByName(ctx)
	if err != nil {
		return nil, err
	}
	find := finder{scope: db.scope(actor), each: func(query string, args []any, scan func(*sql.Rows) error) error {
		return db.queries.each(ctx, query, args, scan)
	}}
	previews := make([]importing.Preview, len(rows))
	for i, row := range rows {
		p := &previews[i]
		p.Row, p.Problems = plan.Read(row)
		p.Cells = row.Cells
		if owner := p.Row.Owner; owner != "" && owners[fold(owner)] == 0 {
			p.Problems = append(p.Problems, importing.Problem{Column: p.Row.OwnerColumn, Key: importing.KeyOwner, Value: owner})
		}
		if len(p.Problems) > 0 {
			p.Outcome = importing.WouldReject
			continue
		}
		if err := foresee(find, plan.Duplicates, p); err != nil {
			return nil, err
		}
	}
	return previews, nil
}

// foresee finds out what would become of a row that can be imported.
func foresee(find finder, duplicates importing.Duplicates, p *importing.Preview) (err error) {
	if name := p.Row.CompanyName; name != "" {
		id, _, err := find.company(&crm.Company{Name: name})
		if err != nil {
			return err
		}
		p.NewCompany = id == 0
		p.Row.Contact.CompanyID = id
		if id == 0 {
			p.Row.Contact.CompanyID = unknownCompany
		}
	}
	p.Outcome = importing.WouldCreate
	if duplicates == importing.Create {
		return nil
	}
	if p.Row.Contact != nil {
		p.Match, p.MatchTitle, err = find.contact(p.Row.Contact)
	} else {
		p.Match, p.MatchTitle, err = find.company(p.Row.Company)
	}
	switch {
	case p.Match == 0:
	case duplicates == importing.Skip:
		p.Outcome = importing.WouldSkip
	default:
		p.Outcome = importing.WouldMerge
	}
	return err
}
