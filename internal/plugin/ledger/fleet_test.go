package ledger

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"k8s.io/cli-runtime/pkg/genericclioptions"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// pagingServer serves the tenants of a ledger in two pages, the way an API
// server does: the last page has no continue at all.
func pagingServer(t *testing.T) *httptest.Server {
	tenant := func(name string, labels map[string]string) map[string]any {
		return map[string]any{"metadata": map[string]any{"name": name, "namespace": "accounts", "labels": labels}}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind := map[string]string{
			"plans": "PlanList", "tenants": "TenantList", "subscriptions": "SubscriptionList", "notices": "NoticeList",
		}[r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]]
		w.Header().Set("Content-Type", "application/json")
		answer := map[string]any{"apiVersion": v1alpha1.GroupVersion.String(), "kind": kind, "metadata": map[string]any{}, "items": []any{}}
		switch {
		case kind == "":
			answer = map[string]any{"apiVersion": v1alpha1.GroupVersion.String(), "kind": "PlatformPolicy", "metadata": map[string]any{"name": "default"}}
		case r.URL.Query().Get("limit") != "500":
			t.Errorf("%s is listed with the limit %q", kind, r.URL.Query().Get("limit"))
		case kind == "TenantList" && r.URL.Query().Get("continue") == "":
			answer["items"] = []any{tenant("acme", map[string]string{"page": "first"}), tenant("botica", nil)}
			answer["metadata"] = map[string]any{"continue": "token"}
		case kind == "TenantList":
			answer["items"] = []any{tenant("globex", map[string]string{"page": "second"})}
		}
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

func TestAFleetIsReadInPages(t *testing.T) {
	server := pagingServer(t)
	t.Setenv("KUBECONFIG", t.TempDir()+"/none")
	flags := genericclioptions.NewConfigFlags(false)
	flags.APIServer = &server.URL
	c, err := Connect(flags, "test")
	if err != nil {
		t.Fatal(err)
	}
	fleet, err := ReadFleet(t.Context(), c, "accounts")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i := range fleet.Tenants {
		names = append(names, fleet.Tenants[i].Name+" "+fleet.Tenants[i].Labels["page"])
	}
	if got := strings.Join(names, ", "); got != "acme first, botica , globex second" {
		t.Errorf("got %s", got)
	}
	all, err := Names(t.Context(), c, "accounts")
	if err != nil || len(all) != 3 {
		t.Errorf("got %v, %v", all, err)
	}
}
