package frontdoor

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/rest"
	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// apiServer speaks as much of the API as a watch needs: what there is, the mark
// that this was all, and then whatever is sent.
type apiServer struct {
	mu       sync.Mutex
	requests []string
	events   map[string]chan metav1.WatchEvent // by resource
}

func (a *apiServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.requests = append(a.requests, r.Method+" "+r.URL.Path+"?"+r.URL.Query().Get("labelSelector"))
	a.mu.Unlock()
	resource := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	events, known := a.events[resource]
	if !known || r.URL.Query().Get("sendInitialEvents") != "true" {
		http.Error(w, "only a watch with its first list is served", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	encoder := json.NewEncoder(w)
	for {
		select {
		case event := <-events:
			_ = encoder.Encode(event)
			w.(http.Flusher).Flush()
		case <-r.Context().Done():
			return
		}
	}
}

func event(t *testing.T, kind string, object runtime.Object) metav1.WatchEvent {
	t.Helper()
	raw, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return metav1.WatchEvent{Type: kind, Object: runtime.RawExtension{Raw: raw}}
}

func endOfList() metav1.ObjectMeta {
	return metav1.ObjectMeta{ResourceVersion: "9", Annotations: map[string]string{metav1.InitialEventsAnnotationKey: "true"}}
}

func TestWatchFillsTheTable(t *testing.T) {
	api := &apiServer{events: map[string]chan metav1.WatchEvent{
		"tenants": make(chan metav1.WatchEvent, 8), "endpointslices": make(chan metav1.WatchEvent, 8)}}
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	table := NewTable()
	watch, err := NewWatch(&rest.Config{Host: server.URL, ContentConfig: rest.ContentConfig{ContentType: "application/json"}},
		table, "salexops-accounts", "localhost")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- watch.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-stopped; err != nil {
			t.Errorf("Run = %v", err)
		}
	})

	tenantType := metav1.TypeMeta{APIVersion: "crm.salexops.com/v1alpha1", Kind: "Tenant"}
	sliceType := metav1.TypeMeta{APIVersion: "discovery.k8s.io/v1", Kind: "EndpointSlice"}
	acme := acmeObject()
	acme.TypeMeta = tenantType
	slice := sliceOf(endpoint(ptr.To(true), "10.0.0.7"))
	slice.TypeMeta, slice.ResourceVersion = sliceType, "8"

	api.events["tenants"] <- event(t, "ADDED", acme)
	api.events["tenants"] <- event(t, "BOOKMARK", &v1alpha1.Tenant{TypeMeta: tenantType, ObjectMeta: endOfList()})
	api.events["endpointslices"] <- event(t, "ADDED", slice)
	eventually(t, "the tenant is known", func() bool { return nameAt(table, "acme.example") == "acme" })
	if watch.Synced() {
		t.Error("the list of slices has not ended, and the table counts as complete")
	}
	api.events["endpointslices"] <- event(t, "BOOKMARK", &discoveryv1.EndpointSlice{TypeMeta: sliceType, ObjectMeta: endOfList()})
	eventually(t, "the table is complete", watch.Synced)
	if got := addrAt(table, "acme.example"); got != "10.0.0.7:8080" {
		t.Errorf("the table counts as complete, with acme at %q", got)
	}

	moved := slice.DeepCopy()
	moved.ResourceVersion, moved.Endpoints[0].Conditions.Ready = "10", ptr.To(false)
	api.events["endpointslices"] <- event(t, "MODIFIED", moved)
	eventually(t, "the instance is known to be away", func() bool { return addrAt(table, "acme.example") == "" })
	gone := acme.DeepCopy()
	gone.ResourceVersion = "11"
	api.events["tenants"] <- event(t, "DELETED", gone)
	eventually(t, "the tenant is forgotten", func() bool { return table.Len() == 0 })

	api.mu.Lock()
	defer api.mu.Unlock()
	allowed := map[string]bool{
		"GET /apis/crm.salexops.com/v1alpha1/namespaces/salexops-accounts/tenants?":          true,
		"GET /apis/discovery.k8s.io/v1/endpointslices?app.kubernetes.io/managed-by=salexops": true,
	}
	for _, request := range api.requests {
		if !allowed[request] {
			t.Errorf("asked for what its role does not give: %s", request)
		}
	}
}
