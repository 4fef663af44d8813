package admission

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	crmv1 "github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestEverySampleIsAccepted(t *testing.T) {
	g := NewWithT(t)
	objects, err := readAll(filepath.Join(root, "config/samples/*.yaml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(objects).To(HaveLen(5))
	for _, object := range objects {
		t.Run(object.GetKind()+" "+object.GetName(), func(t *testing.T) {
			create(t, object)
		})
	}
}

func TestTheDemoIsAcceptedOnceItsDateIsFilledIn(t *testing.T) {
	g := NewWithT(t)
	files, err := filepath.Glob(filepath.Join(root, "config/samples/demo/*.yaml"))
	g.Expect(err).NotTo(HaveOccurred())
	kinds := map[string]int{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		filled := strings.ReplaceAll(string(data), "${ANCHOR_DATE}", "2027-01-31")
		g.Expect(filled).NotTo(MatchRegexp(`(?m)^[^#]*\$\{`), "a token that the demo doesn't fill in")
		objects, err := parse([]byte(filled))
		g.Expect(err).NotTo(HaveOccurred())
		for _, object := range objects {
			kinds[object.GetKind()]++
			create(t, object)
		}
	}
	g.Expect(kinds).To(Equal(map[string]int{"PlatformPolicy": 1, "Plan": 2, "Tenant": 2, "Subscription": 2}))
}

func TestAnEmptyPolicyHasEveryDefaultOfTheContract(t *testing.T) {
	g := NewWithT(t)
	empty := &unstructured.Unstructured{Object: map[string]any{"apiVersion": "crm.salexops.com/v1alpha1", "kind": "PlatformPolicy"}}
	empty.SetName("default")
	create(t, empty)
	written := sample(t, "PlatformPolicy", "default")

	g.Expect(empty.Object["spec"]).To(Equal(written.Object["spec"]))
}

// A Go program that writes a policy must not lose the difference between "no"
// and "not said".
func TestADefaultCanBeTurnedOff(t *testing.T) {
	g := NewWithT(t)
	off, none := false, int32(0)
	policy := &crmv1.PlatformPolicy{}
	policy.Name = crmv1.PlatformPolicyName
	policy.Spec.Passwords.ChangeAtFirstLogin = &off
	policy.Spec.Breaker.MaxPurgedPerDay = &none
	g.Expect(admin.Create(t.Context(), policy, client.DryRunAll)).To(Succeed())

	g.Expect(policy.Spec.Passwords.ChangeAtFirstLogin).To(HaveValue(BeFalse()))
	g.Expect(policy.Spec.Breaker.MaxPurgedPerDay).To(HaveValue(BeZero()))
	g.Expect(policy.Spec.Lapse.PurgeAfterDays).To(Equal(map[crmv1.Interval]int32{crmv1.IntervalMonthly: 30}))
}
