package page

import (
	"net/url"

	"github.com/grupobizopps/salexops/crm"
)

// ListView is how a list is looked at: what the address bar holds.
type ListView struct {
	Path  string // "/contacts"
	Query string
	Sort  crm.Sort
	Next  crm.Cursor
	Prev  crm.Cursor
}

// Filtered says whether the reader narrowed the list.
func (v ListView) Filtered() bool { return v.Query != "" }

// after and before are the addresses of the neighbouring pages.
func (v ListView) after() string  { return v.link("after", v.Next) }
func (v ListView) before() string { return v.link("before", v.Prev) }

func (v ListView) link(name string, c crm.Cursor) string {
	if c == "" {
		return ""
	}
	q := url.Values{}
	if v.Query != "" {
		q.Set("q", v.Query)
	}
	if v.Sort == crm.SortName {
		q.Set("sort", string(v.Sort))
	}
	q.Set(name, string(c))
	return v.Path + "?" + q.Encode()
}
