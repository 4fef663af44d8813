package page

import (
	"net/url"

	"github.com/grupobizopps/salexops/crm"
)

// DealListView is how the table of deals is looked at: what the address bar
// holds.
type DealListView struct {
	BoardView
	Query   string
	Status  crm.DealStatus
	Stage   *crm.Stage // nil: all
	Overdue bool
	Quiet   bool
	Sort    crm.Sort
	Next    crm.Cursor
	Prev    crm.Cursor
	// Kept are further filters that another page links with.
	Kept url.Values
}

// Filtered says whether the reader narrowed the list.
func (v DealListView) Filtered() bool {
	return v.Query != "" || v.Mine || v.Stage != nil || v.Overdue || v.Quiet || len(v.Kept) > 0 || v.Status != crm.StageOpen
}

func (v DealListView) values() url.Values {
	q := url.Values{}
	for name, values := range v.Kept {
		q[name] = values
	}
	set := func(name, value string, on bool) {
		if on {
			q.Set(name, value)
		}
	}
	set("q", v.Query, v.Query != "")
	set("status", string(v.Status), v.Status != crm.StageOpen)
	set("pipeline", formatID(v.Pipeline), v.Pipeline != 0)
	set("owner", "me", v.Mine)
	set("when", "overdue", v.Overdue)
	set("when", "quiet", v.Quiet)
	set("sort", string(v.Sort), v.Sort != "" && v.Sort != v.usualSort())
	if v.Stage != nil {
		q.Set("stage", formatID(v.Stage.ID))
	}
	return q
}

// usualSort is the order of a status when nobody asked for another.
func (v DealListView) usualSort() crm.Sort {
	if v.Status == crm.StageOpen {
		return crm.SortClose
	}
	return crm.SortClosed
}

// UsualSort fills in the order where the address names none.
func (v *DealListView) UsualSort() {
	if v.Sort == "" {
		v.Sort = v.usualSort()
	}
}

func (v DealListView) link() string { return "/deals/list?" + v.values().Encode() }

func (v DealListView) page(name string, c crm.Cursor) string {
	q := v.values()
	q.Set(name, string(c))
	return "/deals/list?" + q.Encode()
}

// by is the list in another order; in the order it has, the other way round.
func (v DealListView) by(sort crm.Sort) DealListView {
	if v.Sort == sort {
		sort = "-" + sort
	}
	v.Sort = sort
	return v
}

// sorted is the aria-sort of a column.
func (v DealListView) sorted(sort crm.Sort) string {
	down := sort == crm.SortValue || sort == crm.SortRecent || sort == crm.SortClosed
	switch v.Sort {
	case sort:
		if down {
			return "descending"
		}
		return "ascending"
	case "-" + sort:
		if down {
			return "ascending"
		}
		return "descending"
	}
	return "none"
}

// anyStage is the list without the filter of a stage.
func (v DealListView) anyStage() DealListView {
	v.Stage = nil
	return v
}
