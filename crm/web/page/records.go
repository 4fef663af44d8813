package page

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// ListTexts are the words of the list of one kind: names of messages.
type ListTexts struct {
	Kind                            crm.Kind
	Path, Icon                      string
	Title, Filter, New, Empty, Hint string
	Section                         Section
	Square                          bool // avatars of organisations
	Imports                         bool // there is an import of this kind
	Merges                          bool // two of this kind can be made one
	Bare                            bool // rows have no avatars
	NewLink                         string
	// Orders are those that a list can have, the usual one first; where they are
	// many, columns are sorted by their heads, both ways.
	Orders []ListOrder
	// Steps are ways to look at the list, side by side above it.
	Steps []ListStep
}

// ListOrder is an order and the message that names it.
type ListOrder struct {
	Sort crm.Sort
	Text string
}

// ListStep is one way to look at a list: the parameters that its address has,
// name after value, and the message that names it.
type ListStep struct {
	Text   string
	Params []string
}

// RecordView is how a list is looked at: what the address bar holds.
type RecordView struct {
	ListTexts
	Query   string
	Filters []crm.Filter
	Sort    crm.Sort
	Usual   crm.Sort        // the order when none was asked for
	Columns []crm.ListField // that are shown
	Chosen  bool            // they were chosen; else they are the usual ones
	View    int64           // the saved view that is looked at; 0: none
	Next    crm.Cursor
	Prev    crm.Cursor
	Views   []*crm.View
	Chips   []Chip
	Faults  []string // what is wrong with the filters, in words
}

// Chip is one filter in words, and the address of the list without it.
type Chip struct{ Text, Without string }

// Filtered says whether the reader narrowed the list.
func (v RecordView) Filtered() bool { return v.Query != "" || len(v.Filters) > 0 }

// Params are the parameters of the address, without a place in the list.
func (v RecordView) Params() url.Values {
	q := crm.FilterValues(v.Filters)
	if v.Query != "" {
		q.Set("q", v.Query)
	}
	if v.Sort != v.Usual {
		q.Set("sort", string(v.Sort))
	}
	if v.Chosen {
		for _, c := range v.Columns {
			q.Add("cols", c.Name)
		}
	}
	return q
}

// Link is an address of the list, or of a page beside it, with one change.
func (v RecordView) Link(suffix string, change func(url.Values)) string {
	q := v.Params()
	if v.View != 0 {
		q.Set("view", formatID(v.View))
	}
	if change != nil {
		change(q)
	}
	if len(q) == 0 {
		return v.Path + suffix
	}
	return v.Path + suffix + "?" + q.Encode()
}

// next and prev are the addresses of the neighbouring pages; empty: none.
func (v RecordView) next() string {
	if v.Next == "" {
		return ""
	}
	return v.Link("", func(q url.Values) { q.Set("after", string(v.Next)) })
}

func (v RecordView) prev() string {
	if v.Prev == "" {
		return ""
	}
	return v.Link("", func(q url.Values) { q.Set("before", string(v.Prev)) })
}

func (v RecordView) export(format string) string {
	return v.Link("/export", func(q url.Values) { q.Set("format", format); q.Del("view") })
}

// owner is the filter of owners as the tools show it.
func (v RecordView) owner() []string {
	for _, f := range v.Filters {
		if f.Field == "owner" {
			return f.Values
		}
	}
	return nil
}

func (v RecordView) mine() bool { return slices.Equal(v.owner(), []string{"me"}) }

// hidden are the parameters that the tools do not show themselves.
func (v RecordView) hidden() [][2]string {
	q := v.Params()
	for _, name := range []string{"q", "sort"} {
		q.Del(name)
	}
	if v.mine() {
		q.Del("owner")
	}
	return pairs(q)
}

func pairs(q url.Values) [][2]string {
	var all [][2]string
	names := make([]string, 0, len(q))
	for name := range q {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range q[name] {
			all = append(all, [2]string{name, value})
		}
	}
	return all
}

// current is the view that is looked at and may be changed by the reader.
func (v RecordView) current(f *Frame) *crm.View {
	for _, w := range v.Views {
		if w.ID == v.View && (!w.Shared || f.CanManage()) {
			return w
		}
	}
	return nil
}

// ViewLink is the address of a list as a view has it.
func ViewLink(list string, w *crm.View) string {
	link := list + "?view=" + formatID(w.ID)
	if w.Params != "" {
		link += "&" + w.Params
	}
	return link
}

// columnClass hides columns where there is no room for them.
func columnClass(v RecordView, i int) string {
	c := v.Columns[i]
	class := "wider"
	switch {
	case v.Kind == crm.KindDeal && c.Name == "value":
		class = "end"
	case v.Kind == crm.KindDeal && c.Name == "updated":
		class = "wider end"
	case c.Name == "updated":
		class = "end"
	case i < 2:
		class = "wide"
	}
	switch c.Type {
	case crm.FieldEmail:
		class += " col-email"
	case crm.FieldPhone:
		class += " col-phone nums"
	case crm.FieldNumber, crm.FieldMoney:
		class += " col-number"
	}
	return class
}

// ListLabel names a field of a list.
func ListLabel(f *Frame, d crm.ListField) string {
	if d.Custom != nil {
		return d.Label
	}
	return f.T(d.Label)
}

// CellText writes a cell for people, without links.
func CellText(f *Frame, of crm.FieldType, c crm.Cell) string {
	switch of {
	case crm.FieldInstant:
		return f.L.Ago(c.At)
	case crm.FieldDue:
		return CustomText(f, crm.FieldDate, c.Text)
	case crm.FieldTags:
		return strings.ReplaceAll(c.Text, "; ", ", ")
	}
	return CustomText(f, of, c.Text)
}

// avatarClass is a circle for people and a square for organisations.
func (v RecordView) avatarClass() string {
	if v.Square {
		return "avatar avatar-sm avatar-square"
	}
	return "avatar avatar-sm"
}

// where is the company below the name, where there is no column for it.
func where(r *crm.Row) string {
	if r.Subtitle != "" && r.Where != "" {
		return " · " + r.Where
	}
	return r.Where
}

// ContactLink is the address of a contact.
func ContactLink(id int64) string { return "/contacts/" + formatID(id) }

// CompanyLink is the address of a company.
func CompanyLink(id int64) string { return "/companies/" + formatID(id) }
