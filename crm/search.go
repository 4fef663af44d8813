package crm

import "context"

// Hit is one answer of the search box.
type Hit struct {
	Kind     Kind
	ID       int64
	Title    string
	Subtitle string
}

// SearchService finds records by what a person types: words in any order,
// the last one perhaps unfinished, accents and case ignored ("nunez" finds
// "Núñez"), a slip of the finger forgiven in names.
type SearchService interface {
	Search(ctx context.Context, query string, limit int) ([]Hit, error)
}
