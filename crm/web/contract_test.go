package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func comingTerms() crm.Terms {
	return crm.Terms{
		Revision: "terms-2", Kind: crm.TermsOfService, Version: "2", Digest: "sha256:7f83",
		Summary: map[string]string{"es-MX": "Cambia cómo se cobra.", "en": "Billing changes."},
		Text:    map[string]string{"es-MX": "El texto completo."}, EffectiveAt: monday.AddDate(0, 0, 16), ObjectUntil: monday.AddDate(0, 0, 11),
	}
}

func TestTermsInForceAndComing(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	b.get("/settings/account").wants(http.StatusOK, "Términos y privacidad", "los que aceptaste al registrarte")
	inForce := crm.Terms{Revision: "privacy-1", Kind: crm.PrivacyPolicy, Version: "1", Decision: crm.TermsAccepted}
	o.Grant(func(r *crm.Rights) { r.Terms = []crm.Terms{inForce, comingTerms()} })
	page := b.get("/settings/account").wants(http.StatusOK, "Aviso de privacidad", "Vigente", "Términos del servicio", "versión 2",
		"Entra en vigor el 9 de diciembre de 2026", "Cambia cómo se cobra.", "El texto completo.", "Aceptar", "No estoy de acuerdo")
	form := page.fields("/settings/account/terms")
	b.post("/settings/account/terms", with(form, "decision", "perhaps")).wants(http.StatusBadRequest)
	b.post("/settings/account/terms", with(form, "decision", "accept")).wants(http.StatusOK, "Aceptaste los términos.", "Los aceptaste el 23 de noviembre de 2026").
		lacks("No estoy de acuerdo")
	b.post("/settings/account/terms", with(form, "decision", "object")).wants(http.StatusConflict)
}

func TestObjectingToTerms(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.Grant(func(r *crm.Rights) { r.Terms = []crm.Terms{comingTerms()} })
	form := url.Values{"revision": {"terms-2"}, "decision": {"object"}}
	b.post("/settings/account/terms", form).wants(http.StatusOK, "Los objetaste el 23 de noviembre de 2026")
	o = newOffice(t)
	b = o.asOwner()
	o.Grant(func(r *crm.Rights) { r.Terms = []crm.Terms{comingTerms()} })
	o.Pass(12 * 24 * time.Hour)
	b.post("/sign-in", credentials("lucia@acme.example", chosen))
	b.get("/settings/account").wants(http.StatusOK, "El plazo para objetar ya pasó").lacks("No estoy de acuerdo")
	b.post("/settings/account/terms", form).wants(http.StatusConflict)
}

func TestSupportIsAskedForOrRefusedWithTheReason(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := with(b.get("/settings/account/support").fields("/settings/account/support"), "subject", "No abre", "text", "Desde ayer.", "category", "technical")
	o.Grant(func(r *crm.Rights) { r.SupportEntitled = false })
	b.get("/settings/account").wants(http.StatusOK, "Dudas de pagos")
	b.post("/settings/account/support", form).wants(http.StatusUnprocessableEntity, "El soporte técnico es para cuentas con el pago al día.", "Desde ayer.")
	b.post("/settings/account/support", with(form, "category", "custom")).wants(http.StatusUnprocessableEntity, "por ahora no hacemos instalaciones")
	b.post("/settings/account/support", with(form, "category", "billing")).wants(http.StatusOK, "Recibimos tu mensaje", "No abre", "enviada")
	all, err := o.DB.OpenRequests(t.Context(), 5)
	if err != nil || len(all) != 1 || all[0].Category != crm.SupportBilling {
		t.Errorf("stored: %+v, %v", all, err)
	}
	b.post("/settings/account/support", form).wants(http.StatusOK)
	if again, err := o.DB.OpenRequests(t.Context(), 5); err != nil || len(again) != 1 {
		t.Errorf("sent twice: %d, %v", len(again), err)
	}
	if err := o.DB.AcknowledgeRequests(t.Context(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	b.get("/settings/account").wants(http.StatusOK, "recibida")
}

func TestCancellingOffersTheExportAndAsksTwice(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	page := b.get("/settings/account/cancel").wants(http.StatusOK, "Ferretería Acme", "Descargar todo")
	if !page.offers("/settings/export") {
		t.Error("the export is not offered")
	}
	form := page.fields("/settings/account/cancel")
	b.post("/settings/account/cancel", with(form, "company", "Acme", "password", "no")).
		wants(http.StatusUnprocessableEntity, "No es el nombre de tu empresa.", "No es tu contraseña actual.")
	b.post("/settings/account/cancel", with(form, "company", "ferretería acme", "password", chosen)).
		wants(http.StatusOK, "Cancelaste el contrato.").lacks("Empezar la cancelación")
	all, err := o.DB.OpenRequests(t.Context(), 5)
	if err != nil || len(all) != 1 || all[0].Kind != crm.RequestCancellation {
		t.Errorf("stored: %+v, %v", all, err)
	}
	var last *answer
	for range 20 {
		if last = b.post("/settings/account/cancel", with(form, "password", "no")); last.status == http.StatusTooManyRequests {
			return
		}
	}
	t.Errorf("twenty wrong passwords and no wait: %d", last.status)
}
