package runtime

import (
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/controllers/runtime/drift"
	"github.com/grupobizopps/salexops/controllers/runtime/objects"
	"github.com/grupobizopps/salexops/internal/layout"
)

// cellar is acme's namespace in memory, with what there is of its documents.
type cellar struct {
	*Reconciler
	t      *testing.T
	server client.Client
}

func newCellar(t *testing.T) *cellar {
	t.Helper()
	server := fake.NewClientBuilder().WithScheme(clientgoscheme.Scheme).Build()
	return &cellar{t: t, server: server, Reconciler: &Reconciler{
		Client: server, APIReader: server,
		drift: drift.NewDetector(clientgoscheme.Scheme), secrets: newSecretMemory(),
	}}
}

// pass keeps volumes and key for a tenant who may run, or may not.
func (c *cellar) pass(may bool) {
	c.t.Helper()
	a := &attempt{tenant: &v1alpha1.Tenant{}, instance: objects.Instance{
		Tenant: "acme", Records: resource.MustParse("1Gi"), Documents: resource.MustParse("2Gi"),
	}}
	a.tenant.Name = "acme"
	a.tenant.Status.Standing = &v1alpha1.Standing{MayRun: may}
	if err := c.ensureClaims(c.t.Context(), a); err != nil {
		c.t.Fatal(err)
	}
	if err := c.ensureDocumentsKey(c.t.Context(), a); err != nil {
		c.t.Fatal(err)
	}
}

// has reports whether an object is there, and reads it.
func (c *cellar) has(name string, object client.Object) bool {
	c.t.Helper()
	err := c.server.Get(c.t.Context(), client.ObjectKey{Namespace: layout.Namespace("acme"), Name: name}, object)
	if client.IgnoreNotFound(err) != nil {
		c.t.Fatal(err)
	}
	return err == nil
}

// key is the identity that documents are encrypted for; none without a key.
func (c *cellar) key() string {
	c.t.Helper()
	var secret corev1.Secret
	if !c.has(layout.DocumentsKey, &secret) {
		return ""
	}
	return string(secret.Data[layout.DocumentsKeyFile])
}

func (c *cellar) hasClaim(name string) bool {
	return c.has(name, &corev1.PersistentVolumeClaim{})
}

// lose deletes one of acme's objects, as a purge does.
func (c *cellar) lose(name string, object client.Object) {
	c.t.Helper()
	object.SetNamespace(layout.Namespace("acme"))
	object.SetName(name)
	if err := c.server.Delete(c.t.Context(), object); err != nil {
		c.t.Fatal(err)
	}
}

func TestAnInstanceThatMayRunHasVolumesAndAKey(t *testing.T) {
	c := newCellar(t)
	c.pass(true)
	if !c.hasClaim(layout.Records) || !c.hasClaim(layout.Documents) {
		t.Error("a volume is missing")
	}
	made := c.key()
	if !strings.HasPrefix(made, "AGE-SECRET-KEY-1") {
		t.Error("the key is no age identity")
	}
	c.pass(true)
	c.pass(false)
	if c.key() != made {
		t.Error("the key was made again: what it had encrypted is lost")
	}
	if !c.hasClaim(layout.Documents) {
		t.Error("a stopped instance has lost its documents")
	}
}

func TestPurgedDocumentsStayAwayUntilTheInstanceMayRun(t *testing.T) {
	c := newCellar(t)
	c.pass(true)
	before := c.key()
	c.lose(layout.Documents, &corev1.PersistentVolumeClaim{})
	c.lose(layout.DocumentsKey, &corev1.Secret{})

	c.pass(false)
	if c.hasClaim(layout.Documents) || c.key() != "" {
		t.Error("what was purged is there again")
	}
	if !c.hasClaim(layout.Records) {
		t.Error("the records went with the documents")
	}
	c.pass(true)
	if !c.hasClaim(layout.Documents) || c.key() == "" || c.key() == before {
		t.Error("it does not begin with an empty volume and a key of its own")
	}
}

func TestAKeyThatLostItsLabelsIsKeptAndLabelledAgain(t *testing.T) {
	c := newCellar(t)
	c.pass(true)
	made := c.key()
	var secret corev1.Secret
	c.has(layout.DocumentsKey, &secret)
	secret.Labels = nil
	if err := c.server.Update(t.Context(), &secret); err != nil {
		t.Fatal(err)
	}
	c.pass(true)
	if c.has(layout.DocumentsKey, &secret); !layout.BelongsTo(secret.Labels, "acme") || c.key() != made {
		t.Errorf("labels %v; the same key: %t", secret.Labels, c.key() == made)
	}
}
