package facts_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/facts"
)

// ledger is the tenant acme of the samples, as an engineer would apply it.
func ledger(t *testing.T) facts.Objects {
	t.Helper()
	text, err := os.ReadFile("testdata/acme.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var objects facts.Objects
	decoder := yaml.NewYAMLToJSONDecoder(bytes.NewReader(text))
	for {
		var document runtime.RawExtension
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return objects
		} else if err != nil {
			t.Fatal(err)
		}
		read(t, document.Raw, &objects)
	}
}

func read(t *testing.T, document []byte, objects *facts.Objects) {
	t.Helper()
	var kind struct {
		Kind string `json:"kind"`
	}
	into := func(object any) {
		if err := yaml.UnmarshalStrict(document, object); err != nil {
			t.Fatal(err)
		}
	}
	if err := yaml.Unmarshal(document, &kind); err != nil {
		t.Fatal(err)
	}
	switch kind.Kind {
	case "PlatformPolicy":
		objects.Policy = &v1alpha1.PlatformPolicy{}
		into(objects.Policy)
	case "Plan":
		objects.Plans = append(objects.Plans, v1alpha1.Plan{})
		into(&objects.Plans[len(objects.Plans)-1])
	case "Tenant":
		objects.Tenant = &v1alpha1.Tenant{}
		into(objects.Tenant)
	case "Subscription":
		objects.Subscriptions = append(objects.Subscriptions, v1alpha1.Subscription{})
		into(&objects.Subscriptions[len(objects.Subscriptions)-1])
	}
}

// at is an instant of the test, in UTC.
func at(t *testing.T, text string) time.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}
