package crm

import "context"

// MaxTagsListed is how many tags the team's page lists.
const MaxTagsListed = 500

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
	// Tags lists the tags in use, by the alphabet, at most MaxTagsListed.
	Tags(ctx context.Context) ([]Tag, error)
	// ReplaceTag gives every record that has a tag another one in its place, which
	// may be known already (the two become one); an empty one takes the tag away.
	// Managers do so. It is one action of several records.
	ReplaceTag(ctx context.Context, from, to string) (Bulk, error)
}
