package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestAKeyIsShownUntilItIsNoted(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	b.post("/settings/api", url.Values{"scope": {"write"}}).wants(http.StatusUnprocessableEntity)
	shown := b.post("/settings/api", url.Values{"name": {"Tienda"}, "scope": {"write"}, "formToken": {"once"}})
	shown.wants(http.StatusOK, "Tu nueva llave: Tienda", "Leer y cambiar")
	key := regexp.MustCompile(`sxk_[\w-]{40,}`).FindString(shown.body)
	if u, _, err := o.DB.UseAPIKey(t.Context(), key); err != nil || u.ID != 1 {
		t.Fatalf("the key on the page %q: %v", key, err)
	}
	b.post("/settings/api", url.Values{"name": {"Tienda"}, "scope": {"write"}, "formToken": {"once"}})
	if all, err := o.DB.APIKeys(o.owner); err != nil || len(all) != 1 {
		t.Errorf("a double click made %d keys, %v", len(all), err)
	}
	if noted := b.post("/settings/api/noted", nil); strings.Contains(noted.body, key) {
		t.Error("the key is still shown")
	}
	b.post("/settings/api/1/revoke", nil).wants(http.StatusOK, "La llave ya no abre nada")
	if _, _, err := o.DB.UseAPIKey(t.Context(), key); err == nil {
		t.Error("a revoked key opens")
	}
}
