package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// What a gathering was told or asked before: see gathering.go.

const (
	// taken lists those of some keys that records have.
	taken = `SELECT DISTINCT k.value FROM json_each(?) AS j CROSS JOIN identity AS k
		WHERE k.kind = ? AND k.likeness = ? AND k.value = j.value`
	companyNames = `SELECT c.id, c.name FROM json_each(?) AS j CROSS JOIN company AS c ON c.id = j.value AND c.deleted_at IS NULL`
)

// foresee finds out which of the keys that will be asked for nobody has.
func (g *gathering) foresee(kind crm.Kind, keys []crm.IdentityKey) error {
	groups := map[crm.Likeness][]string{}
	for _, key := range keys {
		if whole := (kindKey{kind, key}); !g.free[whole] && !g.pending[whole] {
			g.free[whole] = true
			groups[key.Like] = append(groups[key.Like], key.Value)
		}
	}
	for like, values := range groups {
		slices.Sort(values)
		list, err := writeList(values)
		if err != nil {
			return fmt.Errorf("write keys: %w", err)
		}
		err = g.t.each(taken, []any{list, string(kind), int64(like)}, func(rows *sql.Rows) error {
			key := kindKey{kind, crm.IdentityKey{Like: like}}
			err := rows.Scan(&key.key.Value)
			delete(g.free, key)
			return err
		})
		if err != nil {
			return fmt.Errorf("look for keys: %w", err)
		}
	}
	return nil
}

// foreseeCompanies reads the names of companies that will be asked for.
func (g *gathering) foreseeCompanies(ids []int64) error {
	slices.Sort(ids)
	list, err := json.Marshal(ids)
	if err != nil {
		return fmt.Errorf("write ids: %w", err)
	}
	return g.t.each(companyNames, []any{string(list)}, func(rows *sql.Rows) error {
		var id int64
		var name string
		err := rows.Scan(&id, &name)
		g.companies[id] = name
		return err
	})
}

func (g *gathering) knowsTag(value string) bool { return g != nil && g.tags[value] }

func (g *gathering) tag(value string) {
	if g != nil {
		g.tags[value] = true
	}
}

func (g *gathering) knowsWord(word string) bool { return g != nil && (g.words[word] || g.learnt[word]) }

func (g *gathering) word(word string) {
	if g != nil {
		g.learnt[word] = true
	}
}

func (g *gathering) ownerName(id int64) (name string, active bool) {
	if g == nil {
		return "", false
	}
	name, active = g.owners[id]
	return name, active
}

func (g *gathering) owner(id int64, name string) {
	if g != nil {
		g.owners[id] = name
	}
}

func (g *gathering) companyName(id int64) (name string, found bool) {
	if g == nil {
		return "", false
	}
	name, found = g.companies[id]
	return name, found
}

func (g *gathering) company(id int64, name string) {
	if g != nil {
		g.companies[id] = name
	}
}
