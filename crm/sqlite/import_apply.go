package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

const (
	insertRejected = `INSERT OR REPLACE INTO import_rejected (import_id, line, cells, problems) VALUES (?, ?, ?, ?)`
	advanceImport  = `UPDATE import SET done = done + ?, created = created + ?, merged = merged + ?, skipped = skipped + ?,
		rejected = rejected + ?, companies = companies + ? WHERE id = ? AND state = 'running'`
)

// importRun writes the rows of one import.
type importRun struct {
	db     *DB
	actor  crm.Actor
	found  *importing.Import
	owners map[string]int64
	// known are the companies that earlier portions found or made, by the name in
	// the table.
	known map[string]knownCompany
	// words are those that names are known to have, learnt those of the portion
	// at hand.
	words, learnt map[string]bool
}

// knownCompany is a company as it was when it was found.
type knownCompany struct {
	id   int64
	name string
}

// mostKnown bounds how many companies are remembered.
const mostKnown = 10_000

// tally counts what became of the rows of a portion.
type tally struct{ created, merged, skipped, rejected, companies int }

// write imports portion by portion: each is one transaction, with how far the
// import has come.
func (r *importRun) write(ctx context.Context, portions <-chan []readRow) error {
	for portion := range portions {
		if err := r.db.writable(); err != nil {
			return err
		}
		err := r.db.writer.do(ctx, ordinary, func(t *tx) error { return r.portion(t, portion) })
		if err != nil {
			return err
		}
		r.remember()
	}
	return ctx.Err()
}

func (r *importRun) portion(t *tx, portion []readRow) error {
	t.gathered = newGathering(t, r.words)
	defer func() { t.gathered = nil }()
	r.learnt = t.gathered.learnt
	p := &importPortion{importRun: r, t: t, find: finder{t.each, r.db.scope(r.actor), t.gathered}, companies: map[string]int64{}}
	if err := p.foresee(portion); err != nil {
		return err
	}
	for i := range portion {
		row := &portion[i]
		problems := row.problems
		if len(problems) == 0 {
			var err error
			if problems, err = p.row(&row.Row); err != nil {
				return fmt.Errorf("line %d: %w", row.Line, err)
			}
		}
		if len(problems) > 0 {
			p.count.rejected++
			if err := p.reject(row, problems); err != nil {
				return err
			}
		}
	}
	if err := t.gathered.write(); err != nil {
		return err
	}
	c := p.count
	advanced, err := t.change(advanceImport, len(portion), c.created, c.merged, c.skipped, c.rejected, c.companies, r.found.ID)
	if err == nil && advanced == 0 {
		err = errStopped
	}
	return err
}

// importPortion is a portion while it is written.
type importPortion struct {
	*importRun
	t         *tx
	find      finder
	companies map[string]int64 // by name, as far as this portion knows them
	count     tally
}

func (p *importPortion) reject(row *readRow, problems []importing.Problem) error {
	cells, err := json.Marshal(row.cells)
	if err != nil {
		return fmt.Errorf("write cells: %w", err)
	}
	why, err := json.Marshal(problems)
	if err != nil {
		return fmt.Errorf("write problems: %w", err)
	}
	_, err = p.t.exec(insertRejected, p.found.ID, row.Line, string(cells), string(why))
	return err
}

// row imports one row, or says why it cannot be.
func (p *importPortion) row(row *importing.Row) ([]importing.Problem, error) {
	owner := int64(0)
	if row.Owner != "" {
		if owner = p.owners[fold(row.Owner)]; owner == 0 {
			return []importing.Problem{{Column: row.OwnerColumn, Key: importing.KeyOwner, Value: row.Owner}}, nil
		}
	}
	var err error
	if row.Contact != nil {
		contact := *row.Contact
		contact.OwnerID = owner
		err = p.contact(&contact, row.CompanyName)
	} else {
		company := *row.Company
		company.OwnerID = owner
		err = p.company(&company)
	}
	var invalid crm.Invalid
	if errors.As(err, &invalid) {
		var problems []importing.Problem
		for _, key := range invalid {
			problems = append(problems, importing.Problem{Column: -1, Key: key})
		}
		return problems, nil
	}
	return nil, err
}

// unknownCompany is the company of a contact that nobody can have yet.
const unknownCompany = -1

func (p *importPortion) contact(c *crm.Contact, companyName string) error {
	if companyName != "" {
		id, err := p.companyID(companyName)
		if err != nil {
			return err
		}
		c.CompanyID = id
	}
	if p.found.Plan.Duplicates != importing.Create {
		id, _, err := p.find.contact(c)
		if err != nil {
			return err
		}
		if id != 0 {
			return merge(p, contacts, id, func(into *crm.Contact) error {
				if into.CompanyID == 0 {
					if err := p.createCompany(c, companyName); err != nil {
						return err
					}
				}
				importing.MergeContact(into, c)
				return nil
			})
		}
	}
	if err := p.createCompany(c, companyName); err != nil {
		return err
	}
	p.count.created++
	return storeNew(p.db, p.t, contacts, c, p.actor, p.found.ActionID)
}

// companyID finds a company by its name; unknownCompany when there is none.
func (p *importPortion) companyID(name string) (int64, error) {
	if id := p.companies[name]; id != 0 {
		return id, nil
	}
	id, err := p.stillKnown(name)
	if err != nil {
		return 0, err
	}
	if id == 0 {
		var title string
		if id, title, err = p.find.company(&crm.Company{Name: name}); err != nil {
			return 0, err
		}
		if id == 0 {
			return unknownCompany, nil
		}
		p.know(name, knownCompany{id, title})
	}
	p.companies[name] = id
	return id, nil
}

// stillKnown is the company that an earlier portion found or made for a name; 0
// when there is none, or it has become another: renamed, put into the bin, or
// never stored, since that portion failed.
func (p *importPortion) stillKnown(name string) (int64, error) {
	known := p.known[name]
	if known.id == 0 {
		return 0, nil
	}
	now, found, err := p.t.companyName(known.id)
	if err != nil || !found || now != known.name {
		return 0, err
	}
	return known.id, nil
}

func (p *importPortion) know(name string, company knownCompany) {
	if p.known == nil || len(p.known) >= mostKnown {
		p.known = map[string]knownCompany{}
	}
	p.known[name] = company
}

// createCompany gives a contact the company that it names and that is not
// there yet.
func (p *importPortion) createCompany(c *crm.Contact, name string) error {
	if c.CompanyID != unknownCompany {
		return nil
	}
	company := crm.Company{Name: name, OwnerID: c.OwnerID}
	company.Tags = c.Tags
	if err := storeNew(p.db, p.t, companies, &company, p.actor, p.found.ActionID); err != nil {
		return err
	}
	c.CompanyID, p.companies[name] = company.ID, company.ID
	p.know(name, knownCompany{company.ID, company.Name})
	p.count.companies++
	return nil
}

func (p *importPortion) company(c *crm.Company) error {
	if p.found.Plan.Duplicates != importing.Create {
		id, _, err := p.find.company(c)
		if err != nil {
			return err
		}
		if id != 0 {
			return merge(p, companies, id, func(into *crm.Company) error {
				importing.MergeCompany(into, c)
				return nil
			})
		}
	}
	p.count.created++
	return storeNew(p.db, p.t, companies, c, p.actor, p.found.ActionID)
}
