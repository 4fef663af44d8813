package crm

// Sort orders a list.
type Sort string

// Orders that lists offer.
const (
	SortRecent Sort = "recent" // last changed first; the default
	SortName   Sort = "name"   // by Spanish collation: ñ after n, accents do not matter
)

// Cursor names a place in a sorted list (a keyset: the sort key and id of a
// row). It is opaque to pages and safe in a URL. A cursor that cannot be read
// is Invalid{"after": "error.cursor"}.
type Cursor string

// Page is one page of a list. Next and Prev are empty where there is no more.
// There is no total: counting is what makes lists slow.
type Page[T any] struct {
	Items      []T
	Next, Prev Cursor
}
