package ledger

import (
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestThePresentIsTheTestClocksUnlessItWasRefused(t *testing.T) {
	real := time.Date(2027, 1, 15, 18, 0, 0, 0, time.UTC)
	set := time.Date(2027, 2, 20, 7, 0, 0, 0, time.UTC)
	with := &v1alpha1.PlatformPolicy{Spec: v1alpha1.PlatformPolicySpec{TestClock: &v1alpha1.TestClock{Now: metav1.NewTime(set)}}}
	refused := with.DeepCopy()
	refused.Status.Conditions = []metav1.Condition{{Type: "TestClockRefused", Status: metav1.ConditionTrue}}
	for name, c := range map[string]struct {
		policy  *v1alpha1.PlatformPolicy
		now     time.Time
		testing bool
	}{
		"there is no policy":      {nil, real, false},
		"no test clock is set":    {&v1alpha1.PlatformPolicy{}, real, false},
		"one is set":              {with, set, true},
		"the operator refused it": {refused, real, false},
	} {
		if now, testing := Present(c.policy, real); !now.Equal(c.now) || testing != c.testing {
			t.Errorf("%s: it is %s, testing %v", name, now, testing)
		}
	}
}
