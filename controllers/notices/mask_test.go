package notices

import "testing"

func TestNobodysAddressIsShown(t *testing.T) {
	for address, want := range map[string]string{
		lucia: "l…@acme.example", "ñandú@acme.example": "ñ…@acme.example", "x@y.example": "x…@y.example", "": "…", "@": "…",
	} {
		if got := mask(address); got != want {
			t.Errorf("%q: %q", address, got)
		}
	}
	for text, want := range map[string]string{
		"550 5.1.1 <lucia@acme.example>: no such user": "550 5.1.1 <l…@acme.example>: no such user",
		"lucia@acme.example, cuentas@acme.example":     "l…@acme.example, c…@acme.example",
		"451 greylisted": "451 greylisted",
	} {
		if got := scrub(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
