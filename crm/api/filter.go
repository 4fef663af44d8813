package api

import (
	"net/url"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// Filters chooses by any field that lists of the kind are filtered by.
type Filters struct {
	Filter []string `query:"filter,explode" maxItems:"50" doc:"A condition on a field, as the address of a list in the browser has it: tag=VIP, city=Hermosillo, city=Her*, created.from=2026-01-31, created.to=-30d (thirty days ago), owner=me, source.empty=1 (without a value; 0: with one), c12=Norte (the custom field 12), c12.from=100. Several may be sent: of one field any must hold, of different fields all."`

	chosen []crm.Filter
}

// filtered is a list's parameters that have Filters.
type filtered interface {
	choose(fields []crm.ListField) error
}

// choose reads the conditions. Errors: crm.Invalid, by the names of fields.
func (f *Filters) choose(fields []crm.ListField) error {
	values, names := url.Values{}, map[string]bool{}
	for _, field := range fields {
		names[field.Name] = field.Filter
	}
	for _, condition := range f.Filter {
		name, value, found := strings.Cut(condition, "=")
		field, _, _ := strings.Cut(name, ".")
		switch {
		case !found:
			return crm.Invalid{"filter": crm.KeyFilter}
		case !names[field]:
			return crm.Invalid{name: crm.KeyFilterUnknown}
		}
		values.Add(name, value)
	}
	var err error
	f.chosen, err = crm.ParseFilters(values, fields)
	return err
}
