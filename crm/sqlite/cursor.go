package sqlite

import (
	"encoding/base64"
	"encoding/binary"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// place is where a row stands in a sorted list: its sort value and its id.
type place struct {
	sort  crm.Sort
	value any // an int64, a string or []byte, as the sort's column has it
	id    int64
}

// Marks of the types of a sort value in a cursor.
const (
	markNumber = 'n'
	markBytes  = 'b'
	markText   = 't'
)

// cursor writes a place so that it can stand in a URL: the sort's name and a
// zero byte, the id, the type of the sort value, the value.
func (p place) cursor() crm.Cursor {
	raw := append([]byte(p.sort), 0)
	raw = binary.BigEndian.AppendUint64(raw, uint64(p.id)) //nolint:gosec // a bit pattern, read back the same way
	switch value := p.value.(type) {
	case int64:
		raw = binary.BigEndian.AppendUint64(append(raw, markNumber), uint64(value)) //nolint:gosec // as above
	case string:
		raw = append(append(raw, markText), value...)
	case []byte:
		raw = append(append(raw, markBytes), value...)
	}
	return crm.Cursor(base64.RawURLEncoding.EncodeToString(raw))
}

// parseCursor reads a cursor of a list in this order.
func parseCursor(cursor crm.Cursor, sort crm.Sort) (place, error) {
	invalid := crm.Invalid{"after": crm.KeyCursor}
	decoded, err := base64.RawURLEncoding.DecodeString(string(cursor))
	if err != nil || len(decoded) > len(sort)+10+longestSortKey {
		return place{}, invalid
	}
	name, raw, found := strings.Cut(string(decoded), "\x00")
	if !found || name != string(sort) || len(raw) < 9 {
		return place{}, invalid
	}
	p := place{sort: sort, id: int64(binary.BigEndian.Uint64([]byte(raw[:8])))} //nolint:gosec // a bit pattern
	mark, tail := raw[8], []byte(raw[9:])
	switch {
	case mark == markNumber && len(tail) == 8:
		p.value = int64(binary.BigEndian.Uint64(tail)) //nolint:gosec // as above
	case mark == markText:
		p.value = string(tail)
	case mark == markBytes:
		p.value = tail
	default:
		return place{}, invalid
	}
	return p, nil
}
