package serve

import (
	"net/http"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/instance"
)

// What the owner asks for is in every report until the operator says that it
// has it, whatever happens to the process.
func TestRequestsTravelInTheReport(t *testing.T) {
	h := newHouse(t)
	licence := h.issue(1, nil)
	h.mount("licence/"+licenceFile, licence)
	h.start()
	owner := crm.WithActor(t.Context(), crm.Actor{SessionID: 4, RequestID: "abc", User: &crm.User{
		ID: 1, Name: "Lucía Moreno", Email: "lucia@acme.example", Role: crm.RoleOwner,
	}})
	call := crm.RequestPayload{Category: crm.SupportTechnical, Subject: "No abre", Text: "Desde ayer."}
	if err := h.running.db.AskSupport(owner, call); err != nil {
		t.Fatal(err)
	}
	h.stop()
	h.start()
	for range 2 {
		all := h.mustExchange(licence).Decisions
		if len(all) != 1 || all[0].Kind != instance.DecisionSupportRequested || all[0].ID != "1" || all[0].By.Email != "lucia@acme.example" ||
			all[0].Category != "technical" || all[0].Subject != "No abre" || all[0].Text != "Desde ayer." || all[0].Evidence != "session 4, request abc" {
			t.Fatalf("decisions: %+v", all)
		}
	}
	answer := h.ask(http.MethodPut, "http://"+h.running.PrivateAddr().String()+instance.PathLicence, licence, map[string]string{
		"Content-Type": instance.ContentTypeLicence, "Authorization": "Bearer " + exchangeSecret, instance.HeaderReceived: "1",
	})
	if answer.status != http.StatusOK {
		t.Fatalf("acknowledging: %d %s", answer.status, answer.body)
	}
	if all := h.mustExchange(licence).Decisions; len(all) != 0 {
		t.Errorf("after it was acknowledged: %+v", all)
	}
}
