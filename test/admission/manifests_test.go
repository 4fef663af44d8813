package admission

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// readAll parses every object of the files that match the pattern, leaving out
// kustomizations.
func readAll(pattern string) ([]*unstructured.Unstructured, error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no file matches %s", pattern)
	}
	var objects []*unstructured.Unstructured
	for _, file := range files {
		if filepath.Base(file) == "kustomization.yaml" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		found, err := parse(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		objects = append(objects, found...)
	}
	return objects, nil
}

// parse reads every object of a YAML stream.
func parse(data []byte) ([]*unstructured.Unstructured, error) {
	var objects []*unstructured.Unstructured
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(data), 4096)
	for {
		var document json.RawMessage
		err := decoder.Decode(&document)
		switch {
		case errors.Is(err, io.EOF):
			return objects, nil
		case err != nil:
			return nil, err
		case len(document) == 0 || string(document) == "null":
			continue
		}
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(document); err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
}

// createAll creates every object of the files that match the pattern.
func createAll(ctx context.Context, pattern string) error {
	objects, err := readAll(pattern)
	if err != nil {
		return err
	}
	for _, object := range objects {
		if err := admin.Create(ctx, object); err != nil {
			return fmt.Errorf("creating %s %s: %w", object.GetKind(), object.GetName(), err)
		}
	}
	return nil
}

// sample returns the sample of a kind from config/samples, under a name of the
// test's own.
func sample(t *testing.T, kind, name string) *unstructured.Unstructured {
	t.Helper()
	g := NewWithT(t)
	objects, err := readAll(filepath.Join(root, "config/samples/crm_v1alpha1_"+strings.ToLower(kind)+".yaml"))
	g.Expect(err).NotTo(HaveOccurred())
	object := objects[len(objects)-1]
	g.Expect(object.GetKind()).To(Equal(kind))
	object.SetName(name)
	return object
}

// license returns a License under a name of the test's own. There is no sample
// of it: the operator writes them.
func license(name string) *unstructured.Unstructured {
	object := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "crm.salexops.com/v1alpha1",
		"kind":       "License",
		"spec": map[string]any{
			"tenantRef": map[string]any{"name": "acme"},
			"planRef":   map[string]any{"name": "team"},
			"holder": map[string]any{
				"personID": "5f0c7f3e-3f0e-4f0f-9a5d-0f6c8a2f9b11",
				"type":     "Organization",
				"name":     "Lucía Moreno",
			},
		},
	}}
	object.SetName(name)
	object.SetNamespace(accounts)
	return object
}

// create creates the object, and removes it when the test ends.
func create(t *testing.T, object *unstructured.Unstructured) *unstructured.Unstructured {
	t.Helper()
	g := NewWithT(t)
	g.Expect(admin.Create(t.Context(), object)).To(Succeed())
	t.Cleanup(func() { remove(t, object) })
	return object
}

// remove confirms the object's deletion and deletes it.
func remove(t *testing.T, object *unstructured.Unstructured) {
	t.Helper()
	g := NewWithT(t)
	confirm := []byte(fmt.Sprintf(`{"metadata":{"annotations":{"crm.salexops.com/confirm-deletion":%q}}}`, object.GetName()))
	g.Expect(client.IgnoreNotFound(admin.Patch(context.Background(), object, client.RawPatch("application/merge-patch+json", confirm)))).To(Succeed())
	g.Expect(client.IgnoreNotFound(admin.Delete(context.Background(), object))).To(Succeed())
}

// set sets the field at a dotted path; a nil value removes it. A number in the
// path is an index of a list.
func set(t *testing.T, object *unstructured.Unstructured, path string, value any) {
	t.Helper()
	fields := strings.Split(path, ".")
	if value == nil {
		unstructured.RemoveNestedField(object.Object, fields...)
		return
	}
	NewWithT(t).Expect(unstructured.SetNestedField(object.Object, value, fields...)).To(Succeed())
}
