package command_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestAMistypedCommandSaysWhichWasMeant(t *testing.T) {
	newHouse(t).fails(2, `"stauts" is not a command of kubectl salexops: did you mean status?`, "stauts")
	newHouse(t).fails(2, "unknown flag: --soon", "due", "--soon")
	newHouse(t).fails(2, `"now" is one word too many: kubectl salexops due`, "due", "now")
}

func TestHelpIsForKubectl(t *testing.T) {
	out, _, code := newHouse(t).run()
	if code != 0 {
		t.Fatal(code)
	}
	says(t, out, "kubectl salexops [command]", "explain", "timeline", "Exit codes", "salexops-accounts")
	if strings.Contains(out, "client-certificate") {
		t.Error("the help is full of flags that nobody needs")
	}
}

func TestVersion(t *testing.T) {
	newHouse(t).prints("version", "version")
	newHouse(t).prints("version-json", "version", "-o", "json")
}

func TestTenantsAreCompletedFromTheCluster(t *testing.T) {
	out, _, _ := newHouse(t).run("__complete", "explain", "b")
	says(t, out, "botica\n:4\n") // 4: no file names
	out, _, _ = newHouse(t).run("__complete", "explain", "botica", "")
	if strings.Contains(out, "acme") {
		t.Errorf("a second tenant is suggested:\n%s", out)
	}
	out, _, _ = newHouse(t).run("__complete", "due", "-o", "")
	says(t, out, "json", "wide")
	out, _, _ = newHouse(t).run("__complete", "acknowledge", "--kind", "")
	says(t, out, "Disable", "Purge")
}

// failing is a cluster that answers every list and read with an error.
func failing(t *testing.T, err error) *house {
	h := newHouse(t)
	h.refuse = interceptor.Funcs{
		Get: func(context.Context, client.WithWatch, client.ObjectKey, client.Object, ...client.GetOption) error {
			return err
		},
		List: func(context.Context, client.WithWatch, client.ObjectList, ...client.ListOption) error { return err },
	}
	return h
}

func TestWhatIsWrongWithTheClusterIsSaidInWords(t *testing.T) {
	notServed := apierrors.NewGenericServerResponse(http.StatusNotFound, "get", v1alpha1.Resource("tenants"), "", "404 page not found", 0, true)
	for says, err := range map[string]error{
		"SaleXops is not installed in this cluster":                     notServed,
		"no cluster answers at https://127.0.0.1:6443: dial: refused":   &url.Error{Op: "Get", URL: "https://127.0.0.1:6443/apis", Err: &net.OpError{Op: "dial", Err: errors.New("refused")}},
		"asking the cluster at https://127.0.0.1:6443: no such helper":  &url.Error{Op: "Get", URL: "https://127.0.0.1:6443/apis", Err: errors.New("no such helper")},
		"reading the PlatformPolicy: interrupted":                       &url.Error{Op: "Get", URL: "https://127.0.0.1:6443/apis", Err: context.Canceled},
		"the cluster doesn't accept these credentials":                  apierrors.NewUnauthorized("who are you"),
		"Reading takes the ClusterRole salexops-viewer":                 apierrors.NewForbidden(schema.GroupResource{Resource: "tenants"}, "", errors.New("ana may not")),
		"reading the PlatformPolicy: Internal error occurred: it broke": apierrors.NewInternalError(errors.New("it broke")),
	} {
		failing(t, err).fails(1, says, "status")
	}
	failing(t, notServed).fails(1, "SaleXops is not installed", "explain", "acme")
	failing(t, notServed).fails(1, "SaleXops is not installed", "pay", "acme", "--id", "x")
	failing(t, notServed).fails(1, "SaleXops is not installed", "acknowledge")
}

func TestWhoMayNotReadNoticesGetsAnAnswer(t *testing.T) {
	h := newHouse(t)
	h.refuse = interceptor.Funcs{List: func(ctx context.Context, c client.WithWatch, list client.ObjectList, options ...client.ListOption) error {
		if _, is := list.(*v1alpha1.NoticeList); is {
			return apierrors.NewForbidden(v1alpha1.Resource("notices"), "", errors.New("ana may not"))
		}
		return c.List(ctx, list, options...)
	}}
	out, problems, code := h.run("status")
	if code != 0 {
		t.Fatal(problems)
	}
	says(t, out, "notices        you may not read them")
	out, _, _ = h.run("explain", "botica")
	says(t, out, "delivered 20 Feb 00:00:41")
}

func TestListsComeInPages(t *testing.T) {
	h := newHouse(t)
	pages := 0
	h.refuse = interceptor.Funcs{List: func(ctx context.Context, c client.WithWatch, list client.ObjectList, options ...client.ListOption) error {
		var o client.ListOptions
		o.ApplyOptions(options)
		if o.Limit == 0 {
			t.Errorf("%T is listed without a limit", list)
		}
		if err := c.List(ctx, list, options...); err != nil {
			return err
		}
		tenants, is := list.(*v1alpha1.TenantList)
		if !is {
			return nil
		}
		// One tenant a page, as a server with a small limit would.
		pages++
		next := len(o.Continue) + 1
		tenants.Items = tenants.Items[next-1 : next]
		if next < 4 {
			tenants.ListMeta = metav1.ListMeta{Continue: strings.Repeat("x", next)}
		}
		return nil
	}}
	out, problems, code := h.run("status")
	if code != 0 {
		t.Fatal(problems)
	}
	says(t, out, "4 tenants")
	if pages != 4 {
		t.Errorf("%d pages were read", pages)
	}
}
