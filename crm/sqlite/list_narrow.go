package sqlite

import "github.com/grupobizopps/salexops/crm"

// narrowed adds filters that a program chose to a selection, and what the actor
// may see; nothing is left out that was not asked for. Errors: crm.Invalid, by
// the parameters of filters.
func (k *listKind[R]) narrowed(db *DB, actor crm.Actor, s selection, filters []crm.Filter) (selection, error) {
	if err := k.choose(db, actor, &s, filters); err != nil {
		return s, err
	}
	return s.within(db.scope(actor)), nil
}
