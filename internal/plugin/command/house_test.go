package command_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	clocktesting "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/plugin/command"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
)

var update = flag.Bool("update", false, "write the golden texts anew; look at them afterwards")

// morning is when the tests take place: 09:14 in Hermosillo.
var morning = time.Date(2027, 2, 23, 16, 14, 0, 0, time.UTC)

// house is a cluster with the ledger of testdata, and somebody at a keyboard.
type house struct {
	t       *testing.T
	now     time.Time
	objects []client.Object
	// refuse are writes and reads that fail.
	refuse interceptor.Funcs
	// typed is what somebody types, colour whether they have a terminal.
	typed  string
	colour bool

	client client.Client
}

// newHouse reads the ledger and lets a test change its objects.
func newHouse(t *testing.T, change ...func(client.Object)) *house {
	t.Helper()
	h := &house{t: t, now: morning}
	text, err := os.ReadFile("testdata/ledger.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewYAMLToJSONDecoder(bytes.NewReader(text))
	for {
		var document runtime.RawExtension
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		h.objects = append(h.objects, decode(t, document.Raw))
	}
	for _, object := range h.objects {
		for _, c := range change {
			c(object)
		}
	}
	return h
}

func decode(t *testing.T, document []byte) client.Object {
	t.Helper()
	var kind struct {
		Kind string `json:"kind"`
	}
	if err := yaml.Unmarshal(document, &kind); err != nil {
		t.Fatal(err)
	}
	object, ok := map[string]client.Object{
		"PlatformPolicy": &v1alpha1.PlatformPolicy{}, "Plan": &v1alpha1.Plan{}, "Tenant": &v1alpha1.Tenant{},
		"Subscription": &v1alpha1.Subscription{}, "Notice": &v1alpha1.Notice{},
	}[kind.Kind]
	if !ok {
		t.Fatalf("testdata has a %q", kind.Kind)
	}
	if err := yaml.UnmarshalStrict(document, object); err != nil {
		t.Fatal(err)
	}
	return object
}

// policy changes the PlatformPolicy, tenant a Tenant, subscription a
// Subscription of the ledger.
func policy(change func(*v1alpha1.PlatformPolicy)) func(client.Object) {
	return func(object client.Object) {
		if p, is := object.(*v1alpha1.PlatformPolicy); is {
			change(p)
		}
	}
}

func tenant(name string, change func(*v1alpha1.Tenant)) func(client.Object) {
	return func(object client.Object) {
		if t, is := object.(*v1alpha1.Tenant); is && t.Name == name {
			change(t)
		}
	}
}

func subscription(name string, change func(*v1alpha1.Subscription)) func(client.Object) {
	return func(object client.Object) {
		if s, is := object.(*v1alpha1.Subscription); is && s.Name == name {
			change(s)
		}
	}
}

// run runs a command and gives what it prints and the code it exits with.
func (h *house) run(arguments ...string) (out, problems string, code int) {
	h.t.Helper()
	if h.client == nil {
		h.client = fake.NewClientBuilder().WithScheme(ledger.Scheme()).WithObjects(h.objects...).
			WithStatusSubresource(&v1alpha1.Tenant{}, &v1alpha1.Subscription{}, &v1alpha1.PlatformPolicy{}, &v1alpha1.Notice{}).
			WithInterceptorFuncs(h.refuse).Build()
	}
	streams, in, stdout, stderr := genericiooptions.NewTestIOStreams()
	in.WriteString(h.typed)
	root := command.New(command.Environment{
		IOStreams: streams, Clock: clocktesting.NewFakePassiveClock(h.now), Colour: h.colour, Version: "v1.2.3",
		Connect: func(genericclioptions.RESTClientGetter) (client.Client, error) { return h.client, nil },
	})
	code = command.Run(context.Background(), root, arguments)
	return stdout.String(), stderr.String(), code
}

// prints runs a command that must succeed and compares what it prints with a
// golden text.
func (h *house) prints(name string, arguments ...string) {
	h.t.Helper()
	out, problems, code := h.run(arguments...)
	if code != 0 {
		h.t.Fatalf("%s exits with %d:\n%s", strings.Join(arguments, " "), code, problems)
	}
	golden(h.t, name, out)
}

// golden compares a text with the one that was looked at.
func golden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// fails runs a command that must exit with a code and say something.
func (h *house) fails(code int, says string, arguments ...string) {
	h.t.Helper()
	out, problems, got := h.run(arguments...)
	if got != code || !strings.Contains(problems, says) {
		h.t.Errorf("%s exits with %d, want %d, and says %q, want %q in it", strings.Join(arguments, " "), got, code, problems, says)
	}
	if out != "" {
		h.t.Errorf("%s fails and prints %q", strings.Join(arguments, " "), out)
	}
}
