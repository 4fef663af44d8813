package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// DecideTerms accepts a coming revision or objects to it.
func (db *DB) DecideTerms(ctx context.Context, revision string, accept bool) error {
	actor, err := db.mayManage(ctx, crm.Role.CanOwn)
	if err != nil {
		return err
	}
	terms := findTerms(db.rights().Terms, revision)
	if terms == nil {
		return crm.ErrNotFound
	}
	now := db.now()
	if terms.Decision != crm.TermsUndecided || terms.InForce(now) || (!accept && !terms.CanObject(now)) {
		return crm.ErrConflict
	}
	kind, verb := crm.RequestTermsAccepted, verbTermsAccept
	if !accept {
		kind, verb = crm.RequestTermsObjected, verbTermsObject
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		decided := false
		if err := t.queryRow(selectDecided, revision).Scan(&decided); err != nil {
			return fmt.Errorf("look for a decision: %w", err)
		}
		if decided { // a tenant has one decision per revision (contract 10)
			return crm.ErrConflict
		}
		return db.addRequest(t, actor, kind, verb, terms.Version, crm.RequestPayload{Reference: revision, Digest: terms.Digest})
	})
	if err != nil {
		return fmt.Errorf("decide on %s: %w", revision, err)
	}
	return nil
}

func findTerms(all []crm.Terms, revision string) *crm.Terms {
	for i := range all {
		if all[i].Revision == revision {
			return &all[i]
		}
	}
	return nil
}

// AskSupport stores a call for support.
func (db *DB) AskSupport(ctx context.Context, call crm.RequestPayload) error {
	actor, err := mayOwn(ctx)
	if err != nil {
		return err
	}
	call.Reference, call.Digest = "", ""
	if err := call.CheckSupport(db.rights()); err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		return db.addRequest(t, actor, crm.RequestSupport, verbSupport, call.Subject, call)
	})
	if err != nil {
		return fmt.Errorf("ask for support: %w", err)
	}
	return nil
}

// Cancel asks for the end of the contract. Wrong passwords are slowed down like
// sign-ins.
func (db *DB) Cancel(ctx context.Context, company, password string) error {
	actor, err := db.mayManage(ctx, crm.Role.CanOwn)
	if err != nil {
		return err
	}
	invalid := crm.Invalid{}
	if !crm.SameName(company, db.rights().Name) {
		invalid["company"] = crm.KeyCompanyName
	}
	err = db.provePassword(ctx, actor, password)
	if wrong := (crm.Invalid)(nil); errors.As(err, &wrong) {
		invalid["password"] = wrong["current"]
	} else if err != nil {
		return err
	}
	if len(invalid) > 0 {
		return invalid
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		asked := false
		if err := t.queryRow(selectAsked, string(crm.RequestCancellation)).Scan(&asked); err != nil || asked {
			return err
		}
		return db.addRequest(t, actor, crm.RequestCancellation, verbCancel, db.rights().Name, crm.RequestPayload{})
	})
	if err != nil {
		return fmt.Errorf("cancel: %w", err)
	}
	return nil
}
