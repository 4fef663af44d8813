package web

import (
	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// listView reads from the address how a list is looked at.
func listView(v *visit, path string) (page.ListView, crm.Cursor, crm.Cursor) {
	q := v.r.URL.Query()
	view := page.ListView{Path: path, Query: q.Get("q"), Sort: crm.SortRecent, Mine: q.Get("owner") == "me"}
	if q.Get("sort") == string(crm.SortName) {
		view.Sort = crm.SortName
	}
	if len(view.Query) > 400 {
		view.Query = ""
	}
	return view, crm.Cursor(q.Get("after")), crm.Cursor(q.Get("before"))
}

// ownerOf is the filter of a view: one's own records, or all.
func ownerOf(v *visit, view page.ListView) int64 {
	if view.Mine {
		return v.user.ID
	}
	return 0
}

// owners are those who can look after a record: everybody who may sign in, and
// the one who does now.
func (s *server) owners(v *visit, now int64) ([]*crm.User, error) {
	all, err := s.Services.Users.Users(v.ctx())
	if err != nil {
		return nil, err
	}
	kept := make([]*crm.User, 0, len(all))
	for _, u := range all {
		if u.DisabledAt.IsZero() || u.ID == now {
			kept = append(kept, u)
		}
	}
	return kept, nil
}
