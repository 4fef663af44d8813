package sqlite

import "github.com/grupobizopps/salexops/crm"

// storedKind is what undo, the bin and visibility need to know of a kind of
// record, whatever its type.
type storedKind interface {
	name() crm.Kind
	tableName() string
	// takeBack puts one record back to the state before an action and returns
	// the action that says so. Errors: crm.ErrNotUndoable.
	takeBack(db *DB, t *tx, done undoable, actor crm.Actor, partOf int64) (int64, error)
	// unmerge takes back what a merge did to one record and leaves what was
	// changed since. by is 0 where nothing was left to take back.
	unmerge(db *DB, t *tx, done undoable, actor crm.Actor, partOf int64) (by int64, stays []string, err error)
	// redirect makes the records that name one record name another.
	redirect(db *DB, t *tx, r redirection) error
	// linkQueries are those that find what names a record.
	linkQueries() []string
	// fillKeys gives a portion of records after an id what they are known by and
	// returns the last one's id; 0: there are no more.
	fillKeys(t *tx, after int64, limit int) (int64, error)
}

// storedKinds are all kinds of records. They are made when a database is
// opened: the kinds' own functions may then ask for them.
func storedKinds() map[crm.Kind]storedKind {
	all := map[crm.Kind]storedKind{}
	for _, k := range []storedKind{contacts, companies, activities, leads, deals} {
		all[k.name()] = k
	}
	return all
}

func (k *recordKind[R]) name() crm.Kind    { return k.kind }
func (k *recordKind[R]) tableName() string { return k.table }
