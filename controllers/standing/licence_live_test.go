package standing

import (
	"context"
	"errors"
	"fmt"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apiruntime "k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/license"
)

// shelf is an API server in memory with licences, and a cache that may lag
// behind it.
type shelf struct {
	*Reconciler
	*ledger
	server client.Client
	// cached is what the cache knows.
	cached []v1alpha1.License
	reads  int
}

func newShelf(t *testing.T, licences ...v1alpha1.License) *shelf {
	t.Helper()
	scheme := apiruntime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	keys, err := license.GenerateKeySet()
	if err != nil {
		t.Fatal(err)
	}
	s := &shelf{ledger: newLedger(t)}
	builder := fake.NewClientBuilder().WithScheme(scheme).WithStatusSubresource(&v1alpha1.License{})
	for i := range licences {
		builder.WithObjects(&licences[i])
	}
	s.server = builder.WithInterceptorFuncs(interceptor.Funcs{
		List: func(_ context.Context, _ client.WithWatch, list client.ObjectList, _ ...client.ListOption) error {
			list.(*v1alpha1.LicenseList).Items = s.cached
			return nil
		},
	}).Build()
	s.Reconciler = &Reconciler{
		Client: s.server, APIReader: byName{s},
		Keys: func(context.Context) (*license.KeySet, error) { return keys, nil },
	}
	return s
}

// byName is the way past the cache, for one object at a time.
type byName struct{ *shelf }

func (b byName) Get(ctx context.Context, key client.ObjectKey, object client.Object, options ...client.GetOption) error {
	b.reads++
	return b.server.Get(ctx, key, object, options...)
}

func (byName) List(context.Context, client.ObjectList, ...client.ListOption) error {
	return errors.New("the whole fleet's licences are read")
}

// keep evaluates acme on 15 January and keeps its licence.
func (s *shelf) keep() error {
	e := s.look("2027-01-15 11:00")
	e.objects.Plans = append(e.objects.Plans, v1alpha1.Plan{ObjectMeta: metav1.ObjectMeta{Name: "free"}})
	return s.keepLicence(s.t.Context(), e)
}

// licence returns one as it is on the server.
func (s *shelf) licence(name string) v1alpha1.License {
	s.t.Helper()
	var licence v1alpha1.License
	if err := s.server.Get(s.t.Context(), client.ObjectKey{Namespace: accounts, Name: name}, &licence); err != nil {
		s.t.Fatal(err)
	}
	return licence
}

// signed is a licence in force.
func signed(tenant, plan string, serial int64) v1alpha1.License {
	return v1alpha1.License{
		ObjectMeta: metav1.ObjectMeta{Namespace: accounts, Name: licenceName(tenant, plan)},
		Spec: v1alpha1.LicenseSpec{
			TenantRef: v1alpha1.TenantReference{Name: tenant}, PlanRef: v1alpha1.PlanReference{Name: plan},
		},
		Status: v1alpha1.LicenseStatus{Token: "t", Serial: serial, ClaimsDigest: "sha256:aa", KeyID: "k"},
	}
}

func TestAnOldCacheRepeatsNoSerial(t *testing.T) {
	for name, c := range map[string]struct {
		there, cached []v1alpha1.License
		want          int64
	}{
		"nothing was signed yet":                      {want: 1},
		"the cache has seen nothing of this plan":     {there: []v1alpha1.License{signed("acme", "team", 4)}, want: 5},
		"the cache has seen nothing of another plan":  {there: []v1alpha1.License{signed("acme", "team", 4), signed("acme", "free", 7)}, want: 8},
		"the cache knows an older serial":             {there: []v1alpha1.License{signed("acme", "team", 4)}, cached: []v1alpha1.License{signed("acme", "team", 3)}, want: 5},
		"a plan is gone, and its licence is not":      {there: []v1alpha1.License{signed("acme", "old", 9)}, cached: []v1alpha1.License{signed("acme", "old", 8)}, want: 10},
		"the cache knows a licence that was deleted":  {cached: []v1alpha1.License{signed("acme", "free", 3)}, want: 4},
		"another tenant's licence has a similar name": {there: []v1alpha1.License{signed("acme-fr", "ee", 6)}, want: 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShelf(t, c.there...)
			s.cached = c.cached
			if err := s.keep(); err != nil {
				t.Fatal(err)
			}
			if got := s.licence("acme-team").Status.Serial; got != c.want {
				t.Errorf("got serial %d, want %d", got, c.want)
			}
		})
	}
}

func TestWhatTheCacheHasNotSeenIsNotSignedAgain(t *testing.T) {
	s := newShelf(t)
	for range 2 {
		if err := s.keep(); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.licence("acme-team").Status.Serial; got != 1 {
		t.Errorf("the same was signed twice, up to serial %d", got)
	}
}

func TestALicenceUnderTheNameOfAnotherTenants(t *testing.T) {
	// Tenant a on plan b-c, and now a-b on plan c.
	theirs := signed("acm", "e-team", 3)
	theirs.Name = "acme-team"
	s := newShelf(t, theirs)
	if err := s.keep(); err == nil {
		t.Error("another tenant's licence is taken for acme's")
	}
	if got := s.licence("acme-team").Status; got.Serial != 3 || got.Token != "t" {
		t.Errorf("it was overwritten: %+v", got)
	}
}

func TestOneSignatureReadsNothingOfTheFleet(t *testing.T) {
	var fleet []v1alpha1.License
	for i := range 50 {
		fleet = append(fleet, signed(fmt.Sprintf("tenant-%02d", i), "team", 1))
	}
	s := newShelf(t, fleet...)
	if err := s.keep(); err != nil {
		t.Fatal(err)
	}
	if s.reads > 2 {
		t.Errorf("%d live reads among %d licences and 2 plans", s.reads, len(fleet))
	}
}
