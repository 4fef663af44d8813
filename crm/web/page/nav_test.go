package page

import "testing"

func TestTheBarOfAPhoneKeepsFiveAtMost(t *testing.T) {
	for count, want := range map[int]struct{ near, far int }{4: {4, 0}, 5: {5, 0}, 6: {4, 2}, 10: {4, 6}} {
		near, far := navBar(make([]navEntry, count))
		if len(near) != want.near || len(far) != want.far {
			t.Errorf("of %d entries %d are on the bar and %d behind it", count, len(near), len(far))
		}
	}
}

func TestNoPlaceIsLost(t *testing.T) {
	near, far := navBar(navEntries)
	if len(near)+len(far) != len(navEntries) || navEntries[len(navEntries)-1] != navSettings {
		t.Error("the settings are not the last of all places")
	}
}
