package api

import (
	"errors"
	"reflect"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestConditionsAreReadAsFilters(t *testing.T) {
	fields := []crm.ListField{{Name: "city", Filter: true}, {Name: "created", Filter: true}, {Name: "email"}}
	f := Filters{Filter: []string{"city=Nogales", "city=a=b", "created.from=-30d"}}
	if err := f.choose(fields); err != nil {
		t.Fatal(err)
	}
	want := []crm.Filter{{Field: "city", Values: []string{"Nogales", "a=b"}}, {Field: "created", From: "-30d"}}
	if !reflect.DeepEqual(f.chosen, want) {
		t.Errorf("got %+v", f.chosen)
	}
	for condition, fault := range map[string]crm.Invalid{
		"city":         {"filter": crm.KeyFilter},
		"email=x":      {"email": crm.KeyFilterUnknown},
		"c7=x":         {"c7": crm.KeyFilterUnknown},
		"=x":           {"": crm.KeyFilterUnknown},
		"city.above=x": {"city.above": crm.KeyFilter},
	} {
		f := Filters{Filter: []string{condition}}
		var invalid crm.Invalid
		if err := f.choose(fields); !errors.As(err, &invalid) || !reflect.DeepEqual(invalid, fault) {
			t.Errorf("%q: %v, want %v", condition, err, fault)
		}
	}
}
