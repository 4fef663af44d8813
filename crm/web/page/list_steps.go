package page

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// stepNames are the parameters that the steps of a list set.
func (v RecordView) stepNames() []string {
	var names []string
	for _, s := range v.Steps {
		for i := 0; i < len(s.Params); i += 2 {
			if !slices.Contains(names, s.Params[i]) {
				names = append(names, s.Params[i])
			}
		}
	}
	return names
}

// step is the list as a step has it.
func (v RecordView) step(s ListStep) string {
	return v.Link("", func(q url.Values) {
		for _, name := range v.stepNames() {
			q.Del(name)
		}
		for i := 0; i < len(s.Params); i += 2 {
			q.Set(s.Params[i], s.Params[i+1])
		}
	})
}

// at says whether the list is as a step has it.
func (v RecordView) at(s ListStep) bool {
	q := v.Params()
	for _, name := range v.stepNames() {
		want := ""
		if i := slices.Index(s.Params, name); i >= 0 {
			want = s.Params[i+1]
		}
		if strings.Join(q[name], " ") != want {
			return false
		}
	}
	return !slices.ContainsFunc(v.Filters, func(f crm.Filter) bool { return f.Field == "stage" }) || len(s.Params) > 0
}

// OfStep says whether a filter is told by a step already.
func (v RecordView) OfStep(f crm.Filter) bool {
	for _, s := range v.Steps {
		if !v.at(s) {
			continue
		}
		for name, values := range crm.FilterValues([]crm.Filter{f}) {
			i := slices.Index(s.Params, name)
			if i < 0 || strings.Join(values, " ") != s.Params[i+1] {
				return false
			}
		}
		return true
	}
	return false
}

// Sortable says whether columns are sorted by their heads.
func (v RecordView) Sortable() bool { return len(v.Orders) > len(plainOrders) }

// Has says whether the list can have an order, in either direction where columns
// are sorted.
func (v RecordView) Has(sort crm.Sort) bool {
	if v.Sortable() {
		sort = crm.Sort(strings.TrimPrefix(string(sort), "-"))
	}
	return slices.ContainsFunc(v.Orders, func(o ListOrder) bool { return o.Sort == sort })
}

// plainOrders are those of a list that has no others.
var plainOrders = []ListOrder{{crm.SortRecent, "list.recent"}, {crm.SortName, "list.byName"}}

// PlainOrders are the newest first, and by name.
func PlainOrders() []ListOrder { return plainOrders }

// by is the list in another order; in the order it has, the other way round.
func (v RecordView) by(sort crm.Sort) string {
	if v.Sort == sort {
		sort = "-" + sort
	}
	v.Sort = sort
	return v.Link("", nil)
}

// sorted is the aria-sort of a column.
func (v RecordView) sorted(sort crm.Sort) string {
	down := sort == crm.SortValue || sort == crm.SortRecent || sort == crm.SortClosed
	switch v.Sort {
	case sort:
	case "-" + sort:
		down = !down
	default:
		return "none"
	}
	if down {
		return "descending"
	}
	return "ascending"
}

// newLink is the form of a new record.
func (v RecordView) newLink() string {
	if v.NewLink != "" {
		return v.NewLink
	}
	return v.Path + "/new"
}

// board is the board of the deals that the list shows.
func (v RecordView) board() BoardView {
	b := BoardView{Mine: v.mine()}
	for _, f := range v.Filters {
		if f.Field == "pipeline" && len(f.Values) == 1 {
			b.Pipeline, _ = strconv.ParseInt(f.Values[0], 10, 64) // 0: the first
		}
	}
	return b
}

// OptionText is what a value of a field is called; empty: it is none of them.
func OptionText(f *Frame, d crm.ListField, value string) string {
	option := d.Option(value)
	switch {
	case option == nil:
		return ""
	case option.Text != "":
		return f.T(option.Text)
	}
	return option.Name
}
