package sqlite

import (
	"encoding/base64"
	"encoding/binary"

	"github.com/grupobizopps/salexops/crm"
)

// lastPlace is after every place of a list that is sorted downwards.
const lastPlace = int64(1<<63 - 1)

// numbersCursor writes the place in a list that is sorted by whole numbers.
func numbersCursor(numbers ...int64) crm.Cursor {
	raw := make([]byte, 0, 8*len(numbers))
	for _, n := range numbers {
		raw = binary.BigEndian.AppendUint64(raw, uint64(n)) //nolint:gosec // a bit pattern, read back the same way
	}
	return crm.Cursor(base64.RawURLEncoding.EncodeToString(raw))
}

// parseNumbers reads a cursor of so many numbers.
func parseNumbers(cursor crm.Cursor, count int) ([]int64, error) {
	raw, err := base64.RawURLEncoding.DecodeString(string(cursor))
	if err != nil || len(raw) != 8*count {
		return nil, crm.Invalid{"after": crm.KeyCursor}
	}
	numbers := make([]int64, count)
	for i := range numbers {
		numbers[i] = int64(binary.BigEndian.Uint64(raw[8*i:])) //nolint:gosec // as above
	}
	return numbers, nil
}

// pageLimit is how many rows a page has that asked for so many.
func pageLimit(asked int) int {
	if asked <= 0 {
		return defaultLimit
	}
	return min(asked, maxLimit)
}
