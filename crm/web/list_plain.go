package web

import (
	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// listView reads from the address how a list is looked at.
func listView(v *visit, path string) (page.ListView, crm.Cursor, crm.Cursor) {
	q := v.r.URL.Query()
	view := page.ListView{Path: path, Query: q.Get("q"), Sort: crm.SortRecent}
	if q.Get("sort") == string(crm.SortName) {
		view.Sort = crm.SortName
	}
	if len(view.Query) > 400 {
		view.Query = ""
	}
	return view, crm.Cursor(q.Get("after")), crm.Cursor(q.Get("before"))
}
