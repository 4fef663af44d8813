package crm

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Filter is one condition on the records of a list. Values ask for any of
// several values; From and To for a range, both ends included; Empty for records
// without a value ("1") or with any ("0"). A text that ends with "*" asks for
// what begins so. "me" is the user who looks, "-30d" the day thirty days ago.
//
// In an address a filter is parameters named by its field, as a plain form sends
// them: city=Hermosillo&city=Nogales, created.from=-30d, c12.to=500, tag.empty=1.
type Filter struct {
	Field    string
	Values   []string
	From, To string
	Empty    string
}

// Limits of filters.
const (
	maxFilters      = 12
	maxFilterValues = 20
	maxFilterText   = 200
)

// Message keys of filters.
const (
	KeyFilter        = "error.filter"
	KeyManyFilters   = "error.tooManyFilters"
	KeyFilterUnknown = "error.filterUnknown"
)

// ParseFilters reads the filters of an address; parameters that name none of
// the fields are somebody else's, unless they look like a custom field's.
// Values are judged by the store. Faults name the parameter.
func ParseFilters(values url.Values, fields []ListField) ([]Filter, error) {
	var all []Filter
	invalid := Invalid{}
	for _, name := range sortedKeys(values) {
		field, part, _ := strings.Cut(name, ".")
		given := compact(values[name])
		if len(given) == 0 {
			continue
		}
		if !canFilter(fields, field) {
			if looksCustom(field) {
				invalid.set(name, KeyFilterUnknown)
			}
			continue
		}
		at := slices.IndexFunc(all, func(f Filter) bool { return f.Field == field })
		if at < 0 {
			all = append(all, Filter{Field: field})
			at = len(all) - 1
		}
		if !all[at].take(part, given) {
			invalid.set(name, KeyFilter)
		}
	}
	if len(all) > maxFilters {
		invalid.set("filter", KeyManyFilters)
	}
	return all, invalid.orNil()
}

// take puts the values of one parameter into the filter.
func (f *Filter) take(part string, given []string) bool {
	for _, value := range given {
		if len(value) > maxFilterText || !isOneLine(value) {
			return false
		}
	}
	single := len(given) == 1
	switch {
	case part == "":
		f.Values = given
		return len(given) <= maxFilterValues
	case part == "from" && single:
		f.From = given[0]
	case part == "to" && single:
		f.To = given[0]
	case part == "empty" && single && (given[0] == "0" || given[0] == "1"):
		f.Empty = given[0]
	default:
		return false
	}
	return true
}

// FilterValues writes filters as the parameters of an address.
func FilterValues(filters []Filter) url.Values {
	values := url.Values{}
	for _, f := range filters {
		if len(f.Values) > 0 {
			values[f.Field] = f.Values
		}
		for part, value := range map[string]string{".from": f.From, ".to": f.To, ".empty": f.Empty} {
			if value != "" {
				values.Set(f.Field+part, value)
			}
		}
	}
	return values
}

// ParseDay reads a day of a filter: a civil date, or "-30d" from today.
func ParseDay(text string, today time.Time) (time.Time, bool) {
	if digits, found := strings.CutPrefix(text, "-"); found && strings.HasSuffix(digits, "d") {
		days, err := strconv.Atoi(strings.TrimSuffix(digits, "d"))
		if err != nil || days < 0 || days > 36_500 {
			return time.Time{}, false
		}
		return time.Date(today.Year(), today.Month(), today.Day()-days, 0, 0, 0, 0, today.Location()), true
	}
	date, fault := parseDate(tidy(text))
	if fault != "" || date == "" {
		return time.Time{}, false
	}
	at, err := time.ParseInLocation(time.DateOnly, date, today.Location())
	return at, err == nil
}

func canFilter(fields []ListField, name string) bool {
	return slices.ContainsFunc(fields, func(f ListField) bool { return f.Filter && f.Name == name })
}

// looksCustom says whether a parameter is named like a custom field: "c12".
func looksCustom(name string) bool {
	digits, found := strings.CutPrefix(name, "c")
	return found && digits != "" && areDigits(digits)
}

func compact(values []string) []string {
	var kept []string
	for _, value := range values {
		if value = strings.TrimSpace(value); value != "" && !slices.Contains(kept, value) {
			kept = append(kept, value)
		}
	}
	return kept
}

func sortedKeys(values url.Values) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
