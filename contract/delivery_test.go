package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

// TestDeliveredMeansTakenAndNotBounced is the definition of contract.md 4.
func TestDeliveredMeansTakenAndNotBounced(t *testing.T) {
	taken := local(t, "2027-02-20 00:00:41")
	for _, c := range []struct {
		because string
		notice  Delivery
		want    bool
	}{
		{"never sent", Delivery{}, false},
		{"taken", Delivery{AcceptedAt: taken}, true},
		{"bounced later", Delivery{AcceptedAt: taken, BouncedAt: taken.AddDate(0, 0, 1)}, false},
		{"bounced at once", Delivery{AcceptedAt: taken, BouncedAt: taken}, false},
		{"refused before it was taken", Delivery{BouncedAt: taken}, false},
		{"taken again after the bounce", Delivery{AcceptedAt: taken, BouncedAt: taken.AddDate(0, 0, -1)}, true},
	} {
		at, got := c.notice.Delivered()
		if got != c.want || got && !at.Equal(taken) {
			t.Errorf("%s: delivered is %t, at %s", c.because, got, at)
		}
	}
}
