package crm

import (
	"strings"
	"testing"
)

func TestCheckPassword(t *testing.T) {
	const email = "Lucia@acme.example"
	for password, want := range map[string]string{
		"una frase que recuerdo":     "",
		"ñandú·ñandú":                "",
		"kd93-fmx2-9qpt-zz4w":        "",
		"corta":                      KeyPasswordShort,
		"ñandúñand":                  KeyPasswordShort,
		strings.Repeat("ñ ab", 50):   KeyPasswordCommon,
		strings.Repeat("frase ", 40): KeyPasswordLong,
		"lucia@ACME.example":         KeyPasswordCommon,
		"Lucia12345!":                KeyPasswordCommon,
		"Password123!":               KeyPasswordCommon,
		"Contraseña2026":             KeyPasswordCommon,
		"1234567890":                 KeyPasswordCommon,
		"qwertyuiop":                 KeyPasswordCommon,
		"aaaaaaaaaaaa":               KeyPasswordCommon,
		"abababababab":               KeyPasswordCommon,
		"1q2w3e4r5t":                 KeyPasswordCommon,
		"9876543210":                 KeyPasswordCommon,
	} {
		if got := CheckPassword(password, email); got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
	if got := CheckPassword("1029384757x", ""); got != "" {
		t.Errorf("without an address: %q", got)
	}
}
