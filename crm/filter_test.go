package crm_test

import (
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

var filterFields = []crm.ListField{
	{Name: "city", Filter: true}, {Name: "created", Filter: true}, {Name: "c12", Filter: true}, {Name: "street"},
}

func TestFiltersAreReadFromAnAddressAndWrittenAgain(t *testing.T) {
	address := "c12.to=500&city=Hermosillo&city=Nogales&created.from=-30d"
	values, err := url.ParseQuery(address + "&q=ana&sort=name&street=5&city=+&created.to=")
	if err != nil {
		t.Fatal(err)
	}
	got, err := crm.ParseFilters(values, filterFields)
	want := []crm.Filter{{Field: "c12", To: "500"}, {Field: "city", Values: []string{"Hermosillo", "Nogales"}}, {Field: "created", From: "-30d"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("read %v, %v", got, err)
	}
	if again := crm.FilterValues(got).Encode(); again != address {
		t.Errorf("written %s", again)
	}
}

func TestFiltersThatMeanNothingAreNamed(t *testing.T) {
	long := strings.Repeat("a", 201)
	for address, want := range map[string]crm.Invalid{
		"c99=1":                                {"c99": crm.KeyFilterUnknown},
		"city.near=x":                          {"city.near": crm.KeyFilter},
		"city.empty=2":                         {"city.empty": crm.KeyFilter},
		"city.from=a&city.from=b":              {"city.from": crm.KeyFilter},
		"city=" + long:                         {"city": crm.KeyFilter},
		"city=%00":                             {"city": crm.KeyFilter},
		"city=" + strings.Repeat("&city=x", 3): nil,
		"city=1" + many("&city=", 21):          {"city": crm.KeyFilter},
		"owner=me&order=' OR 1=1 --&q=;DROP TABLE": nil,
	} {
		values, _ := url.ParseQuery(address)
		_, err := crm.ParseFilters(values, filterFields)
		var got crm.Invalid
		if errors.As(err, &got); !reflect.DeepEqual(got, want) {
			t.Errorf("%.60s: %v, want %v", address, err, want)
		}
	}
}

func many(prefix string, count int) string {
	var all strings.Builder
	for i := range count {
		all.WriteString(prefix + string(rune('a'+i)))
	}
	return all.String()
}

func TestDaysOfFilters(t *testing.T) {
	zone, err := time.LoadLocation("America/Hermosillo")
	if err != nil {
		t.Fatal(err)
	}
	today := time.Date(2026, 3, 2, 10, 42, 0, 0, zone)
	for text, want := range map[string]string{
		"2026-02-28": "2026-02-28", "28/2/2026": "2026-02-28", "-0d": "2026-03-02", "-2d": "2026-02-28",
		"": "", "-d": "", "-1": "", "ayer": "", "-99999d": "",
	} {
		got, ok := crm.ParseDay(text, today)
		if ok != (want != "") || (ok && got.Format(time.DateOnly) != want) {
			t.Errorf("%q is %v, %v, want %q", text, got, ok, want)
		}
	}
}
