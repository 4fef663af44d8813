package api

import (
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// page is a part of a list.
type page[J any] struct {
	Items []J    `json:"items" nullable:"false" doc:"The records of this page; none where there are none."`
	Next  string `json:"next,omitempty" doc:"Pass it as after to get the next page; missing on the last one."`
}

func showPage[D, J any](found crm.Page[*D], show func(*D) J) page[J] {
	out := page[J]{Items: make([]J, 0, len(found.Items)), Next: string(found.Next)}
	for _, record := range found.Items {
		out.Items = append(out.Items, show(record))
	}
	return out
}

// whole is a list that is short enough to be one page.
func whole[D any](all []*D, err error) (crm.Page[*D], error) {
	return crm.Page[*D]{Items: all}, err
}

// among finds one of a short list and copies it, since the list may be kept by
// others. Errors: crm.ErrNotFound.
func among[D any](all []*D, err error, is func(*D) bool) (*D, error) {
	if err != nil {
		return nil, err
	}
	for _, record := range all {
		if is(record) {
			found := *record
			return &found, nil
		}
	}
	return nil, crm.ErrNotFound
}

// Parameters that several lists have.
type (
	// Paging chooses a page.
	Paging struct {
		After string `query:"after" doc:"The next of the page before; empty: the first page. It belongs to the filters and the order that it came with."`
		Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many records at most."`
	}
	// Words chooses by what a record says.
	Words struct {
		Q string `query:"q" maxLength:"200" doc:"Words that a record must have, or their beginnings, in any order; accents and case do not matter."`
	}
	// OfOwner chooses by who looks after a record.
	OfOwner struct {
		Owner int64 `query:"owner" minimum:"0" doc:"Id of a user: only records they look after; 0: of all."`
	}
	// ByChange orders by change or name.
	ByChange struct {
		Sort string `query:"sort" enum:"recent,name" default:"recent" doc:"recent: the last change first; name: by name, as Spanish sorts."`
	}
)

// present is a time that may be none.
func present(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}
