package qr

import (
	"fmt"
	"strings"
	"testing"
)

func TestACodeHasItsThreeCornersAndItsMargin(t *testing.T) {
	code, err := Draw("otpauth://totp/Acme:lucia@acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Acme")
	if err != nil {
		t.Fatal(err)
	}
	side := code.Size - 2*margin
	if (side-21)%4 != 0 || side < 33 {
		t.Errorf("%d modules a side", side)
	}
	far := margin + side - 7
	for name, corner := range map[string]string{
		"top left": "M4 4h7v1h-7z", "top right": move(far, margin), "bottom left": move(margin, far),
	} {
		if !strings.Contains(code.Path, corner) {
			t.Errorf("the corner %s has no finder pattern %s", name, corner)
		}
	}
	if strings.Contains(code.Path, "M0 ") || strings.Contains(code.Path, "M3 ") {
		t.Error("something is drawn in the margin")
	}
}

func move(x, y int) string { return fmt.Sprintf("M%d %dh7v1h-7z", x, y) }

func TestATextThatIsTooLongIsNoCode(t *testing.T) {
	if _, err := Draw(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text of 5,000 characters became a code")
	}
}
