package sqlite

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

const (
	// A statement a row: of one that inserts many, SQLite would keep a copy of
	// each page that it changes.
	insertKey   = `INSERT INTO identity (kind, likeness, value, record_id, shared) VALUES (?, ?, ?, ?, 0)`
	insertFacet = `INSERT OR IGNORE INTO facet (kind, field, value, record_id) VALUES (?, ?, ?, ?)`
)

// gathering makes many new records in one transaction cheap: it writes their
// keys and facets together, in the order of their indexes, and remembers what
// would be asked for each of them anew. It lives within one transaction, whose
// other writes must not change what it remembers; nil gathers nothing.
type gathering struct {
	t *tx
	// free are keys that no record has. pending are those of new records: true
	// where the key itself is to be written, too.
	free, pending map[kindKey]bool
	ids           map[crm.Kind]int64 // the last one given
	rows          []newRow
	open          map[wholeID]bool // records that something is to be written of
	keys          map[keyGroup][]placed
	texts         map[string]map[int64]newText // by table
	facets        map[facetGroup][]placed
	// words are known from before, learnt and tags since.
	words, learnt, tags map[string]bool
	writing             bool
	owners, companies   map[int64]string // names
}

type kindKey struct {
	kind crm.Kind
	key  crm.IdentityKey
}

type keyGroup struct {
	kind crm.Kind
	like crm.Likeness
}

// newRow is a record that is not written yet.
type newRow struct {
	place string // in the index by name, roughly
	write func() error
}

type wholeID struct {
	kind crm.Kind
	id   int64
}

// newText is what a record is to be found by.
type newText struct {
	recordText
	replaces bool // other words
}

type facetGroup struct {
	kind  crm.Kind
	field int64
}

// placed is a value and the record that is found by it.
type placed struct {
	value  string
	record int64
}

// newGathering begins with words that are known already.
func newGathering(t *tx, words map[string]bool) *gathering {
	return &gathering{
		t: t, words: words, free: map[kindKey]bool{}, pending: map[kindKey]bool{},
		ids: map[crm.Kind]int64{}, open: map[wholeID]bool{}, texts: map[string]map[int64]newText{},
		keys: map[keyGroup][]placed{}, facets: map[facetGroup][]placed{},
		learnt: map[string]bool{}, tags: map[string]bool{}, owners: map[int64]string{}, companies: map[int64]string{},
	}
}

// lacks says whether surely no record has a key. Where one has, it is stored.
func (g *gathering) lacks(kind crm.Kind, key crm.IdentityKey) (bool, error) {
	if g == nil {
		return false, nil
	}
	if g.free[kindKey{kind, key}] {
		return true, nil
	}
	if _, pending := g.pending[kindKey{kind, key}]; pending {
		return false, g.write()
	}
	return false, nil
}

// key takes a key that nobody else has; false: the caller must store it.
func (g *gathering) key(kind crm.Kind, key crm.IdentityKey, record int64) (bool, error) {
	if g == nil {
		return false, nil
	}
	whole, group := kindKey{kind, key}, keyGroup{kind, key.Like}
	if g.pending[whole] {
		return false, g.write()
	}
	if !g.free[whole] {
		g.pending[whole] = false
		return false, nil
	}
	delete(g.free, whole)
	g.pending[whole] = true
	g.keys[group] = append(g.keys[group], placed{key.Value, record})
	return true, nil
}

// facet takes a text; false: the caller must store the value.
func (g *gathering) facet(kind crm.Kind, field int64, value any, record int64) bool {
	text, ok := value.(string)
	if g == nil || !ok {
		return false
	}
	group := facetGroup{kind, field}
	g.facets[group] = append(g.facets[group], placed{text, record})
	return true
}

// text takes what a record is found by; false: the caller must store it.
func (g *gathering) text(table string, id int64, text recordText, replaces bool) bool {
	if g == nil || g.writing {
		return false
	}
	if g.texts[table] == nil {
		g.texts[table] = map[int64]newText{}
	}
	g.texts[table][id] = newText{text, replaces}
	return true
}

// insertNew stores a new record and returns its id: while an import gathers,
// the row follows later.
func insertNew[R any](t *tx, k *recordKind[R], record *R) (int64, error) {
	g := t.gathered
	if g == nil {
		return k.insert(t, record)
	}
	if !rowWaits(t, k) {
		id, err := k.insert(t, record)
		g.open[wholeID{k.kind, id}] = true
		return id, err
	}
	id, err := g.nextID(k.kind, k.table)
	if err != nil {
		return 0, err
	}
	*k.head(record).id = id
	row := *record
	g.open[wholeID{k.kind, id}] = true
	g.rows = append(g.rows, newRow{k.place(record), func() error {
		if _, err := k.insert(t, &row); err != nil {
			return err
		}
		return t.writeNewExtra(k.table, id, k.extra(&row))
	}})
	return id, nil
}

// rowWaits says whether the rows of new records are written later.
func rowWaits[R any](t *tx, k *recordKind[R]) bool { return t.gathered != nil && k.place != nil }

// nextID gives ids in the order of the rows of an import, whatever the order in
// which they are written.
func (g *gathering) nextID(kind crm.Kind, table string) (int64, error) {
	if g.ids[kind] == 0 {
		var last int64
		if err := g.t.queryRow("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?", table).Scan(&last); err != nil {
			return 0, fmt.Errorf("read the last id of %s: %w", table, err)
		}
		g.ids[kind] = last
	}
	g.ids[kind]++
	return g.ids[kind], nil
}

// settle comes before a record is read and changed.
func (g *gathering) settle(kind crm.Kind, id int64) error {
	if g == nil {
		return nil
	}
	if kind == crm.KindCompany {
		clear(g.companies)
	}
	whole := wholeID{kind, id}
	if g.open[whole] {
		if err := g.write(); err != nil {
			return err
		}
	}
	g.open[whole] = true
	return nil
}

// write stores what was gathered.
func (g *gathering) write() error {
	if g == nil {
		return nil
	}
	g.writing = true
	defer func() { g.writing = false }()
	slices.SortFunc(g.rows, func(a, b newRow) int { return cmp.Compare(a.place, b.place) })
	for _, row := range g.rows {
		if err := row.write(); err != nil {
			return err
		}
	}
	for table, all := range g.texts {
		if err := g.writeTexts(table, all); err != nil {
			return err
		}
	}
	for group, all := range g.keys {
		if err := g.insert(insertKey, string(group.kind), int64(group.like), all); err != nil {
			return fmt.Errorf("write keys: %w", err)
		}
	}
	for group, all := range g.facets {
		if err := g.insert(insertFacet, string(group.kind), group.field, all); err != nil {
			return fmt.Errorf("write facets: %w", err)
		}
	}
	g.rows = g.rows[:0]
	clear(g.open)
	clear(g.texts)
	clear(g.keys)
	clear(g.facets)
	clear(g.pending)
	return nil
}

// writeTexts goes upwards: the full-text index writes what it has gathered
// whenever it is to go back.
func (g *gathering) writeTexts(table string, all map[int64]newText) error {
	for _, id := range slices.Sorted(maps.Keys(all)) {
		write := g.t.indexNew
		if all[id].replaces {
			write = g.t.index
		}
		if err := write(table, id, all[id].recordText); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) insert(query, kind string, group int64, all []placed) error {
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.record, b.record))
	})
	for _, p := range all {
		if _, err := g.t.exec(query, kind, group, p.value, p.record); err != nil {
			return err
		}
	}
	return nil
}
