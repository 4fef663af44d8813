package sqlite

import "github.com/grupobizopps/salexops/crm"

// narrowed adds filters that people chose to a selection, and what the actor may
// see. Errors: crm.Invalid, by the parameters of filters.
func (k *listKind[R]) narrowed(db *DB, actor crm.Actor, s selection, filters []crm.Filter) (selection, error) {
	if len(filters) == 0 {
		return s.within(db.scope(actor)), nil
	}
	chosen, err := k.selection(db, actor, crm.ListQuery{Filters: filters, Sort: s.sort})
	if err != nil {
		return s, err
	}
	s.where, s.values = append(s.where, chosen.where...), append(s.values, chosen.values...)
	s.conditions = append(s.conditions, chosen.conditions...)
	return s, nil
}
