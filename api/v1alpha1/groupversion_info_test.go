package v1alpha1

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/yaml"
	sigsyaml "sigs.k8s.io/yaml"
)

func TestTheSchemeKnowsEveryKind(t *testing.T) {
	g := NewWithT(t)
	scheme := runtime.NewScheme()
	g.Expect(AddToScheme(scheme)).To(Succeed())
	for _, kind := range []string{"PlatformPolicy", "Plan", "Tenant", "Subscription", "License", "Notice", "Suspension", "Cancellation", "TermsRevision"} {
		g.Expect(scheme.Recognizes(GroupVersion.WithKind(kind))).To(BeTrue(), kind)
		g.Expect(scheme.Recognizes(GroupVersion.WithKind(kind+"List"))).To(BeTrue(), kind)
	}
	g.Expect(Resource("tenants")).To(Equal(schema.GroupResource{Group: "crm.salexops.com", Resource: "tenants"}))
}

// The field names of the samples are binding: a sample that no longer fits the
// types would stop fitting everybody's manifests too.
func TestTheSamplesFitTheTypes(t *testing.T) {
	g := NewWithT(t)
	scheme := runtime.NewScheme()
	g.Expect(AddToScheme(scheme)).To(Succeed())
	files, err := filepath.Glob("../../config/samples/crm_*.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(files).To(HaveLen(4))
	for _, file := range append(files, "testdata/with-status.yaml", "testdata/cases.yaml") {
		data, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		reader := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(data)))
		for {
			document, err := reader.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			g.Expect(err).NotTo(HaveOccurred())
			var meta runtime.TypeMeta
			g.Expect(sigsyaml.Unmarshal(document, &meta)).To(Succeed())
			object, err := scheme.New(schema.FromAPIVersionAndKind(meta.APIVersion, meta.Kind))
			g.Expect(err).NotTo(HaveOccurred(), file)
			g.Expect(sigsyaml.UnmarshalStrict(document, object)).To(Succeed(), "%s: %s", file, meta.Kind)
		}
	}
}

func TestInstantsAndDatesKeepWhatWasWritten(t *testing.T) {
	g := NewWithT(t)
	data, err := os.ReadFile("testdata/with-status.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	documents := bytes.Split(data, []byte("\n---\n"))
	g.Expect(documents).To(HaveLen(3))

	var subscription Subscription
	g.Expect(sigsyaml.UnmarshalStrict(documents[1], &subscription)).To(Succeed())
	payment := subscription.Status.Billing.Payments[0]
	g.Expect(payment.PeriodTo).To(Equal(Date("2027-01-30")))
	g.Expect(payment.ReceivedAt.UTC().Format("2006-01-02T15:04:05Z")).To(Equal("2026-12-31T18:00:00Z"))
	g.Expect(payment.ReversedAt).To(BeNil())
	g.Expect(payment.AmountUSD).To(Equal(Decimal("27.10")))
}
