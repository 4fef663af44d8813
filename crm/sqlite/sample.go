package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/sample"
)

const verbSample = "sample"

// selectSample finds the latest sample data; selectUndoneBy what took an action
// back, and what took that back.
const (
	selectSample   = `SELECT a.id FROM action AS a WHERE a.part_of IS NULL AND a.verb = ? ORDER BY a.at DESC, a.id DESC LIMIT 1`
	selectUndoneBy = `SELECT coalesce(a.undone_by, 0) FROM action AS a WHERE a.id = ?`
)

// SampleAction tells which action added the sample data that are there, or
// brought them back.
func (db *DB) SampleAction(ctx context.Context) (int64, error) {
	if _, err := mayManageLook(ctx); err != nil {
		return 0, err
	}
	return standing(func(query string, args ...any) row { return db.queries.queryRow(ctx, query, args...) })
}

// standing follows the sample's action to the last one that undid or redid it.
func standing(ask func(string, ...any) row) (int64, error) {
	var last int64
	err := ask(selectSample, verbSample).Scan(&last)
	for stands := true; err == nil; stands = !stands {
		var by int64
		if err = ask(selectUndoneBy, last).Scan(&by); err == nil && by == 0 {
			if stands {
				return last, nil
			}
			return 0, nil
		}
		last = by
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return 0, fmt.Errorf("look for sample data: %w", err)
}

// AddSample adds the sample data, in the actor's language.
func (db *DB) AddSample(ctx context.Context) (crm.Undone, error) {
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return crm.Undone{}, err
	}
	zone, err := time.LoadLocation(db.rights().TimeZone)
	if err != nil {
		zone = time.UTC
	}
	set := sample.Data(actor.User.Locale, db.now().In(zone))
	var by int64
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		there, err := standing(t.queryRow)
		if err != nil {
			return err
		}
		if there != 0 {
			return crm.ErrConflict
		}
		by, err = t.log(entry{verb: verbSample, kind: crm.KindAccount, title: strconv.Itoa(set.Count()), actor: actor, at: db.stamp()})
		if err != nil {
			return err
		}
		return db.storeSample(t, set, actor, by)
	})
	if err != nil {
		return crm.Undone{}, fmt.Errorf("add sample data: %w", err)
	}
	return crm.Undone{
		Action: &crm.Action{ID: by, Verb: verbSample, Kind: crm.KindAccount, Several: true}, By: by, Records: set.Count(),
	}, nil
}

func (db *DB) storeSample(t *tx, set sample.Set, actor crm.Actor, partOf int64) error {
	companyIDs := make([]int64, len(set.Companies)+1) // the first is none
	for i := range set.Companies {
		c := &set.Companies[i]
		c.Normalize()
		if err := storeNew(db, t, companies, c, actor, partOf); err != nil {
			return err
		}
		companyIDs[i+1] = c.ID
	}
	contactIDs := make([]int64, len(set.Contacts)+1)
	for i := range set.Contacts {
		c := &set.Contacts[i]
		c.Normalize()
		c.CompanyID = companyIDs[c.Company]
		if err := storeNew(db, t, contacts, &c.Contact, actor, partOf); err != nil {
			return err
		}
		contactIDs[i+1] = c.ID
	}
	for i := range set.Leads {
		set.Leads[i].Normalize()
		if err := storeNew(db, t, leads, &set.Leads[i], actor, partOf); err != nil {
			return err
		}
	}
	for i := range set.Activities {
		a := &set.Activities[i]
		a.Normalize()
		a.ContactID = contactIDs[a.Contact]
		if err := storeNew(db, t, activities, &a.Activity, actor, partOf); err != nil {
			return err
		}
	}
	return nil
}
