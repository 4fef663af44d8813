package v1alpha1

import (
	"os"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	sigsyaml "sigs.k8s.io/yaml"
)

// A planned kind is an object like any other, but the API server doesn't know
// it: nobody could create what nobody would carry out.
func TestAPlannedKindHasNoDefinition(t *testing.T) {
	g := NewWithT(t)
	definitions, err := os.ReadDir("../../config/crd/bases")
	g.Expect(err).NotTo(HaveOccurred())
	for _, file := range definitions {
		for _, plural := range []string{"suspensions", "cancellations", "termsrevisions"} {
			g.Expect(file.Name()).NotTo(ContainSubstring("_" + plural))
		}
		g.Expect(file.Name()).To(HavePrefix("crm.salexops.com_"))
	}
	for _, planned := range []metav1.Object{&Suspension{}, &Cancellation{}, &TermsRevision{}} {
		planned.SetName("x")
		copied, ok := planned.(runtime.Object).DeepCopyObject().(metav1.Object)
		g.Expect(ok).To(BeTrue())
		g.Expect(copied.GetName()).To(Equal("x"))
		text, err := sigsyaml.Marshal(planned)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(strings.Contains(string(text), "metadata:\n  name: x")).To(BeTrue(), string(text))
	}
}

// The reference says so too: it shows the planned kinds among those there are.
func TestTheReferenceMarksPlannedKinds(t *testing.T) {
	g := NewWithT(t)
	page, err := os.ReadFile("../../docs/reference/api.md")
	g.Expect(err).NotTo(HaveOccurred())
	for _, kind := range []string{"Suspension", "Cancellation", "TermsRevision"} {
		g.Expect(string(page)).To(ContainSubstring("## " + kind + "\n\n*Planned: no cluster knows this kind yet.*"))
	}
	g.Expect(strings.Count(string(page), "*Planned:")).To(Equal(3))
}
