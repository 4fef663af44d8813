package sample_test

import (
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/sample"
)

func TestTheSampleIsValidAndInvented(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("Hermosillo", -7*3600))
	for _, locale := range []string{"es-MX", "en"} {
		set := sample.Data(locale, now)
		invented := func(address string) {
			if address != "" && !strings.HasSuffix(address, ".example") {
				t.Errorf("%s may belong to somebody", address)
			}
		}
		valid := func(what string, err error) {
			if err != nil {
				t.Errorf("%s, %s: %v", locale, what, err)
			}
		}
		for _, c := range set.Companies {
			c.Normalize()
			valid(c.Name, c.Validate())
			invented(c.Domain)
		}
		for _, c := range set.Contacts {
			c.Normalize()
			valid(c.Title(), c.Validate())
			invented(c.Emails[0])
			if c.Company < 1 || c.Company > len(set.Companies) {
				t.Errorf("%s works at company %d", c.Title(), c.Company)
			}
		}
		for _, l := range set.Leads {
			l.Normalize()
			valid(l.Title(), l.Validate())
		}
		for _, a := range set.Activities {
			a.Normalize()
			valid(a.Title(), a.Validate())
			if a.Contact < 1 || a.Contact > len(set.Contacts) {
				t.Errorf("%s is about contact %d", a.Title(), a.Contact)
			}
		}
		if set.Count() != len(set.Companies)+len(set.Contacts)+len(set.Leads)+len(set.Activities) {
			t.Error("the count is wrong")
		}
	}
	if sample.Data("en", now).Activities[0].Subject == sample.Data("es-MX", now).Activities[0].Subject {
		t.Error("the sample speaks one language")
	}
	if due := sample.Data("es-MX", now).Activities[1].Starts; due != crm.Moment("2026-11-23") {
		t.Errorf("due %s", due)
	}
}
