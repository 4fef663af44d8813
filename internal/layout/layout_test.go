package layout_test

import (
	"testing"

	"github.com/grupobizopps/salexops/internal/layout"
)

func TestBelongsTo(t *testing.T) {
	for _, test := range []struct {
		name   string
		labels map[string]string
		want   bool
	}{
		{"what was made for the tenant", layout.Labels("acme"), true},
		{"what was made for another tenant", layout.Labels("globex"), false},
		{"no labels", nil, false},
		{"the tenant's name without ours", map[string]string{layout.LabelTenant: "acme"}, false},
		{"our name without the tenant's", map[string]string{layout.LabelManagedBy: layout.ManagedBy}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := layout.BelongsTo(test.labels, "acme"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestNamespace(t *testing.T) {
	if got := layout.Namespace("acme"); got != "crm-acme" {
		t.Errorf("got %q", got)
	}
}
