package crm

import "context"

// Tag is one tag and how much it is used.
type Tag struct {
	Name    string
	Records int // records of all kinds that have it, those in the bin too
}

// TagService knows the tags in use.
type TagService interface {
	// TagsLike lists known tags that begin with what was typed, or have a word
	// that does.
	TagsLike(ctx context.Context, typed string, limit int) ([]string, error)
}
