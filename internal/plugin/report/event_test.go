package report

import (
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/contract/simulation"
)

func TestEveryEventHasWords(t *testing.T) {
	for _, kind := range []simulation.Kind{
		simulation.OverQuotaNoticeDelivered, simulation.OverQuotaPurged, simulation.TermsAnnounced, simulation.TermsAccepted,
		simulation.TermsObjected, simulation.Warned, simulation.SuspensionNoticeDelivered, simulation.Suspended,
		simulation.PermanentlyDisabled, simulation.SuspensionLifted, simulation.ContractEnded, simulation.DataDeleted,
	} {
		what, section := otherEvent(simulation.Event{Kind: kind, Detail: "terms-2027-03"})
		if what == "" || strings.Contains(what, string(kind)) || section == "" || !strings.HasSuffix(what, "(terms-2027-03)") {
			t.Errorf("%s is %q of section %q", kind, what, section)
		}
	}
	if what, _ := otherEvent(simulation.Event{Kind: "Unheard"}); what != "Unheard" {
		t.Errorf("an event without words is lost: %q", what)
	}
}
