package sqlite

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// field is one field of a record as history keeps it: equal decides whether it
// changed, shown is what people read. They differ for references.
type field struct {
	name, equal, shown string
}

func plain(name, value string) field { return field{name, value, value} }

func reference(name string, id int64, shown string) field {
	return field{name, strconv.FormatInt(id, 10), shown}
}

func list(name string, values []string) field {
	joined := strings.Join(values, ", ")
	return field{name, joined, joined}
}

func addressFields(a crm.Address) []field {
	return []field{
		plain("street", a.Street), plain("city", a.City), plain("state", a.State),
		plain("postalCode", a.PostalCode), plain("country", a.Country),
	}
}

// change is crm.Change as stored.
type change struct {
	Field string        `json:"field"`
	From  string        `json:"from,omitempty"`
	To    string        `json:"to,omitempty"`
	Label string        `json:"label,omitempty"` // of a custom field, at that time
	Type  crm.FieldType `json:"type,omitempty"`  // of a custom field
}

// changed lists the fields that differ. before is nil for a new record: then
// every field that is not empty counts.
func changed(before, after []field) []change {
	var all []change
	for i, now := range after {
		var old field
		if before != nil {
			old = before[i]
			if old.equal == now.equal {
				continue
			}
		} else if now.shown == "" {
			continue
		}
		all = append(all, change{Field: now.name, From: old.shown, To: now.shown})
	}
	return all
}

func readChanges(stored string) ([]crm.Change, error) {
	if stored == "[]" {
		return nil, nil
	}
	var all []change
	if err := json.Unmarshal([]byte(stored), &all); err != nil {
		return nil, err
	}
	shown := make([]crm.Change, len(all))
	for i, c := range all {
		shown[i] = crm.Change(c)
	}
	return shown, nil
}

// writeList and readList keep a list of texts as a JSON array.
func writeList(values []string) (string, error) {
	if len(values) == 0 {
		return "[]", nil
	}
	raw, err := json.Marshal(values)
	return string(raw), err
}

func readList(stored string) ([]string, error) {
	if stored == "[]" {
		return nil, nil
	}
	// One plain text needs no decoder; most people have one address.
	if inner, ok := strings.CutPrefix(stored, `["`); ok {
		if one, ok := strings.CutSuffix(inner, `"]`); ok && !strings.ContainsAny(one, `"\`) {
			return []string{one}, nil
		}
	}
	var values []string
	err := json.Unmarshal([]byte(stored), &values)
	return values, err
}
