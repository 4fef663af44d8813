package crm

import "testing"

func TestPhonesReadAsTheyAreSpoken(t *testing.T) {
	for typed, want := range map[string]string{
		"6625550101":         "662 555 0101",
		"(662) 555-01-01":    "662 555 0101",
		"5512345678":         "55 1234 5678",
		"+52 8112345678":     "+52 81 1234 5678",
		"+5216625550101":     "+52 662 555 0101",
		"+1 (520) 555-0101":  "+1 520 555 0101",
		"662 555 0101 ext 4": "662 555 0101 ext 4",
		"+34 91 555 01 01":   "+34 91 555 01 01",
		"01 800 555 0101":    "01 800 555 0101",
		"911":                "911",
	} {
		if got := FriendlyPhone(typed); got != want {
			t.Errorf("%s is shown as %s, want %s", typed, got, want)
		}
	}
}
