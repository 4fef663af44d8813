package crm_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

var zones = []string{"Norte", "Sur", "Menos de 1,000", "Península de Yucatán"}

func TestCustomValuesAreReadAsPeopleTypeThem(t *testing.T) {
	for _, test := range []struct {
		of          crm.FieldType
		typed, want string
	}{
		{crm.FieldText, "  dos   palabras ", "dos palabras"},
		{crm.FieldNumber, "1,234.50", "1234.5"},
		{crm.FieldNumber, "1.234,5", "1234.5"},
		{crm.FieldNumber, "12.500", "12.5"}, // the canonical text has a point
		{crm.FieldNumber, "-0", "0"},
		{crm.FieldNumber, "−7", "-7"},
		{crm.FieldNumber, "16 %", "16"},
		{crm.FieldNumber, "007", "7"},
		{crm.FieldMoney, "$1,234.5", "MXN 1234.50"},
		{crm.FieldMoney, "300 usd", "USD 300"},
		{crm.FieldMoney, "0", "MXN 0"},
		{crm.FieldDate, "2026-02-28", "2026-02-28"},
		{crm.FieldDate, "3/4/2026", "2026-04-03"},
		{crm.FieldDate, "03-04-2026", "2026-04-03"},
		{crm.FieldChoice, "norte", "Norte"},
		{crm.FieldChoice, "peninsula de yucatan", "Península de Yucatán"},
		{crm.FieldChoices, "sur; NORTE", "Norte; Sur"},
		{crm.FieldChoices, "Sur, Norte", "Norte; Sur"},
		{crm.FieldChoices, "menos de 1,000\nSur", "Sur; Menos de 1,000"},
		{crm.FieldChoices, ";;", ""},
		{crm.FieldCheck, "Sí", "1"},
		{crm.FieldCheck, "x", "1"},
		{crm.FieldCheck, "No", ""},
		{crm.FieldCheck, "0", ""},
		{crm.FieldLink, "acme.example/a b", "https://acme.example/a b"},
		{crm.FieldLink, "http://acme.example", "http://acme.example"},
	} {
		f := crm.CustomField{Type: test.of, Choices: zones}
		value, fault := f.Parse(test.typed)
		if fault != "" || value != test.want {
			t.Errorf("%s %q is read as %q (%s), want %q", test.of, test.typed, value, fault, test.want)
		}
	}
}

func TestCustomValuesThatCannotBeReadSayWhy(t *testing.T) {
	for _, test := range []struct {
		of          crm.FieldType
		typed, want string
	}{
		{crm.FieldText, strings.Repeat("a", 501), crm.KeyTooLong},
		{crm.FieldText, "a\x00b", crm.KeyCharacter},
		{crm.FieldNumber, "doce", crm.KeyNumber},
		{crm.FieldNumber, "1,23,4", crm.KeyNumber},
		{crm.FieldNumber, "--1", crm.KeyNumber},
		{crm.FieldNumber, ".", crm.KeyNumber},
		{crm.FieldNumber, strings.Repeat("9", 16), crm.KeyNumberTooLong},
		{crm.FieldNumber, "0.1234567", crm.KeyNumberTooLong},
		{crm.FieldMoney, "mucho", crm.KeyMoney},
		{crm.FieldMoney, "-5", crm.KeyNegative},
		{crm.FieldMoney, "12.500", crm.KeyMoneyUnclear},
		{crm.FieldDate, "31/2/2026", crm.KeyDate},
		{crm.FieldDate, "mañana", crm.KeyDate},
		{crm.FieldChoice, "Oeste", crm.KeyChoice},
		{crm.FieldChoices, "Norte; Oeste", crm.KeyChoice},
		{crm.FieldCheck, "quizá", crm.KeyCheck},
		{crm.FieldLink, "javascript:alert(1)", crm.KeyURL},
		{crm.FieldLink, "ftp://acme.example", crm.KeyURL},
	} {
		f := crm.CustomField{Type: test.of, Choices: zones}
		if value, fault := f.Parse(test.typed); fault != test.want {
			t.Errorf("%s %.40q is read as %q (%s), want the fault %s", test.of, test.typed, value, fault, test.want)
		}
	}
}

// The canonical text of a value is read as itself: what is shown in a form and
// saved again does not change.
func FuzzCustomValue(f *testing.F) {
	for _, seed := range []string{"", "1,234.50", "MXN 1234.50", "USD 0", "2026-02-28", "Norte; Sur", "sí", "https://acme.example", "-0.5", "12.500", "1e9", "\xff", "ǅ", "٣"} {
		for i := range crm.FieldTypes {
			f.Add(i, seed)
		}
	}
	f.Fuzz(func(t *testing.T, of int, typed string) {
		field := crm.CustomField{Type: crm.FieldTypes[uint(of)%uint(len(crm.FieldTypes))], Choices: zones}
		value, fault := field.Parse(typed)
		if fault != "" {
			return
		}
		again, fault := field.Parse(value)
		if fault != "" || again != value {
			t.Errorf("%s: %q is read as %q, and that as %q (%s)", field.Type, typed, value, again, fault)
		}
		for _, single := range field.Values(value) {
			if single == "" {
				t.Errorf("%s: %q has an empty value", field.Type, value)
			}
		}
	})
}

func TestDefinitionsOfFieldsAreJudged(t *testing.T) {
	for name, test := range map[string]struct {
		field crm.CustomField
		want  crm.Invalid
	}{
		"whole":        {crm.CustomField{Kind: crm.KindContact, Label: "Zona", Type: crm.FieldChoice, Choices: zones}, nil},
		"no label":     {crm.CustomField{Kind: crm.KindContact, Type: crm.FieldText}, crm.Invalid{"label": crm.KeyRequired}},
		"no such type": {crm.CustomField{Kind: crm.KindContact, Label: "a", Type: "sql"}, crm.Invalid{"type": crm.KeyChoice}},
		"of a user":    {crm.CustomField{Kind: crm.KindUser, Label: "a", Type: crm.FieldText}, crm.Invalid{"kind": crm.KeyChoice}},
		"no choices":   {crm.CustomField{Kind: crm.KindContact, Label: "a", Type: crm.FieldChoice}, crm.Invalid{"choices": crm.KeyRequired}},
		"twice":        {crm.CustomField{Kind: crm.KindContact, Label: "a", Type: crm.FieldChoices, Choices: []string{"Sí", "si"}}, crm.Invalid{"choices": crm.KeyTwice}},
		"semicolon":    {crm.CustomField{Kind: crm.KindContact, Label: "a", Type: crm.FieldChoices, Choices: []string{"a;b"}}, crm.Invalid{"choices": crm.KeySemicolon}},
	} {
		test.field.Normalize()
		err := test.field.Validate()
		var got crm.Invalid
		errors.As(err, &got)
		if len(got) != len(test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
		for field, key := range test.want {
			if got[field] != key {
				t.Errorf("%s: %v, want %v", name, err, test.want)
			}
		}
	}
}
