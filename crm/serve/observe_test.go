package serve

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestRequestIDOfTheFrontDoorIsKept(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for given, kept := range map[string]bool{
		"01JGEM-abc_DEF": true, "short": false, "": false, strings.Repeat("x", 65): false, "with space": false, "line\nbreak1": false,
	} {
		r.Header.Set(requestIDHeader, given)
		got := requestID(r)
		if (got == given) != kept {
			t.Errorf("%q became %q", given, got)
		}
		if len(got) < 8 || !isToken(got) {
			t.Errorf("%q became %q, which is no id", given, got)
		}
	}
}

func TestUnknownMethodsAreOneLabel(t *testing.T) {
	if got := knownMethod("BREW-" + strings.Repeat("x", 100)); got != "other" {
		t.Errorf("label %q", got)
	}
}
