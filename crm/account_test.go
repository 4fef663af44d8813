package crm_test

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestSupportIsRefusedWithTheReason(t *testing.T) {
	entitled, not := crm.Rights{SupportEntitled: true}, crm.Rights{}
	for name, test := range map[string]struct {
		call   crm.RequestPayload
		rights crm.Rights
		want   crm.Invalid
	}{
		"technical":              {crm.RequestPayload{Category: crm.SupportTechnical, Subject: "x", Text: "y"}, entitled, nil},
		"technical, not paid":    {crm.RequestPayload{Category: crm.SupportTechnical, Subject: "x", Text: "y"}, not, crm.Invalid{"category": crm.KeySupportNotEntitled}},
		"billing, not paid":      {crm.RequestPayload{Category: crm.SupportBilling, Subject: "x", Text: "y"}, not, nil},
		"custom work":            {crm.RequestPayload{Category: crm.SupportCustom, Subject: "x", Text: "y"}, entitled, crm.Invalid{"category": crm.KeySupportCustom}},
		"nothing":                {crm.RequestPayload{}, entitled, crm.Invalid{"category": crm.KeyChoice, "subject": crm.KeyRequired, "text": crm.KeyRequired}},
		"too long":               {crm.RequestPayload{Category: crm.SupportBilling, Subject: strings.Repeat("ñ", 201), Text: strings.Repeat("ñ", 4001)}, entitled, crm.Invalid{"subject": crm.KeyTooLong, "text": crm.KeyTooLong}},
		"as long as it may be":   {crm.RequestPayload{Category: crm.SupportBilling, Subject: strings.Repeat("ñ", 200), Text: strings.Repeat("ñ", 4000)}, entitled, nil},
		"a text that is no text": {crm.RequestPayload{Category: crm.SupportBilling, Subject: "a\x00b", Text: "\xff"}, entitled, crm.Invalid{"subject": crm.KeyCharacter, "text": crm.KeyCharacter}},
	} {
		err := test.call.CheckSupport(test.rights)
		var got crm.Invalid
		errors.As(err, &got)
		if !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func TestTermsInTime(t *testing.T) {
	at := time.Date(2027, 3, 17, 7, 0, 0, 0, time.UTC)
	terms := crm.Terms{EffectiveAt: at, ObjectUntil: at}
	if before := at.Add(-time.Second); terms.InForce(before) || !terms.CanObject(before) {
		t.Error("a second before")
	}
	if !terms.InForce(at) || terms.CanObject(at) {
		t.Error("the moment itself")
	}
}

func TestACompanysNameAsTyped(t *testing.T) {
	for typed, want := range map[string]bool{
		"Ferretería Acme": true, "  ferretería   ACME ": true, "Ferreteri\u0301a Acme": true,
		"Ferreteria Acme": false, "Acme": false, "": false,
	} {
		if crm.SameName(typed, "Ferretería Acme") != want {
			t.Errorf("%q is %v", typed, !want)
		}
	}
	if crm.SameName("", "") {
		t.Error("nothing is a name")
	}
}
