package crm

import (
	"strings"
	"testing"
)

func TestValidRFC(t *testing.T) {
	for _, test := range []struct {
		name, rfc string
		want      bool
	}{
		{"a person", "GODE561231GR8", true},
		{"the tax authority", "SAT970701NN3", true},
		{"a company whose check digit is zero", "CFE370814QI0", true},
		{"a bank", "BBA830831LJ2", true},
		{"generic, public", RFCPublic, true},
		{"generic, foreign", RFCForeign, true},
		{"wrong check digit", "SAT970701NN4", false},
		{"two characters swapped", "SAT970710NN3", false},
		{"no such day", "SAT970231NN3", false},
		{"no such month", "SAT971301NN3", false},
		{"too short", "SA970701NN3", false},
		{"too long", "ABCDE970701NN3", false},
		{"a digit among the letters", "S4T970701NN3", false},
		{"lower case is for NormalizeRFC", "sat970701nn3", false},
		{"empty", "", false},
		{"not text", "\xff\xfe", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := ValidRFC(test.rfc); got != test.want {
				t.Errorf("ValidRFC(%q) = %v, want %v", test.rfc, got, test.want)
			}
		})
	}
}

func TestRFCDateLeapDay(t *testing.T) {
	if !isRFCDate("000229") {
		t.Error("29 February 2000 exists")
	}
	if isRFCDate("010229") {
		t.Error("29 February of 1901 and 2001 do not exist")
	}
}

func TestNormalizeRFC(t *testing.T) {
	for typed, want := range map[string]string{
		"sat 970701-nn3":    "SAT970701NN3",
		"n\u0303an560101aa": "ÑAN560101AA",
		"":                  "",
	} {
		if got := NormalizeRFC(typed); got != want {
			t.Errorf("NormalizeRFC(%q) = %q, want %q", typed, got, want)
		}
	}
}

// Exactly one check digit fits any eleven or twelve characters before it.
func TestRFCHasOneCheckDigit(t *testing.T) {
	for _, stem := range []string{"SAT970701NN", "GODE561231GR", "ÑÑÑ010101AA", "A&B010101ZZ", "XYZW991231Z0"} {
		fits := 0
		for _, digit := range "0123456789A" {
			if ValidRFC(stem + string(digit)) {
				fits++
			}
		}
		if fits != 1 {
			t.Errorf("%s: %d check digits fit, want 1", stem, fits)
		}
	}
}

func FuzzValidRFC(f *testing.F) {
	for _, seed := range []string{"GODE561231GR8", "SAT970701NN3", RFCPublic, "", "ñ", "\xf0\x9f", "SAT970701NN"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		normalized := NormalizeRFC(typed)
		if ValidRFC(normalized) && NormalizeRFC(normalized) != normalized {
			t.Errorf("%q is valid but changes when normalized again", normalized)
		}
		if ValidRFC(normalized) && strings.ContainsAny(normalized, " -") {
			t.Errorf("%q is valid with a separator", normalized)
		}
	})
}
