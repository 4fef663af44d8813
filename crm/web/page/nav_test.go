package page

import "testing"

func TestTheBarOfAPhoneHoldsFourPlacesAndMore(t *testing.T) {
	far := navFar()
	if near := len(navEntries) - len(far); near != 4 {
		t.Errorf("%d places are on the bar, beside \"More\"", near)
	}
	if far[len(far)-1] != navSettings || navEntries[len(navEntries)-1] != navSettings {
		t.Error("the settings are not the last of all places")
	}
}
