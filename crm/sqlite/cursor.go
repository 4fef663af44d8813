package sqlite

import (
	"encoding/base64"
	"encoding/binary"

	"github.com/grupobizopps/salexops/crm"
)

// place is where a row stands in a sorted list: its sort value and its id.
type place struct {
	sort crm.Sort
	at   int64  // microseconds, when sorted by SortRecent
	key  []byte // collation key, when sorted by SortName
	id   int64
}

// Marks of the two orders in a cursor's first byte.
const (
	markRecent = 'r'
	markName   = 'n'
)

// value is what the place's sort column is compared with.
func (p place) value() any {
	if p.sort == crm.SortName {
		return p.key
	}
	return p.at
}

// cursor writes a place so that it can stand in a URL.
func (p place) cursor() crm.Cursor {
	mark, tail := byte(markRecent), binary.BigEndian.AppendUint64(nil, uint64(p.at)) //nolint:gosec // a bit pattern, read back the same way
	if p.sort == crm.SortName {
		mark, tail = markName, p.key
	}
	raw := binary.BigEndian.AppendUint64([]byte{mark}, uint64(p.id)) //nolint:gosec // as above
	return crm.Cursor(base64.RawURLEncoding.EncodeToString(append(raw, tail...)))
}

// parseCursor reads a cursor of a list in this order.
func parseCursor(cursor crm.Cursor, sort crm.Sort) (place, error) {
	invalid := crm.Invalid{"after": crm.KeyCursor}
	raw, err := base64.RawURLEncoding.DecodeString(string(cursor))
	if err != nil || len(raw) < 9 || len(raw) > 9+longestSortKey {
		return place{}, invalid
	}
	p := place{sort: sort, id: int64(binary.BigEndian.Uint64(raw[1:9]))} //nolint:gosec // a bit pattern
	tail := raw[9:]
	switch {
	case raw[0] == markRecent && sort == crm.SortRecent && len(tail) == 8:
		p.at = int64(binary.BigEndian.Uint64(tail)) //nolint:gosec // as above
	case raw[0] == markName && sort == crm.SortName:
		p.key = tail
	default:
		return place{}, invalid
	}
	return p, nil
}
