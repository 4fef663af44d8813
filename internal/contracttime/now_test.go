package contracttime_test

import (
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/contracttime"
)

func TestATestClockCountsOnlyWhereItIsAllowed(t *testing.T) {
	real := time.Date(2027, 1, 15, 18, 0, 0, 0, time.UTC)
	set := time.Date(2027, 2, 20, 7, 0, 0, 0, time.UTC)
	with := &v1alpha1.PlatformPolicy{Spec: v1alpha1.PlatformPolicySpec{TestClock: &v1alpha1.TestClock{Now: metav1.NewTime(set)}}}
	for _, c := range []struct {
		what    string
		policy  *v1alpha1.PlatformPolicy
		allowed bool
		now     time.Time
		testing bool
	}{
		{"there is no policy", nil, true, real, false},
		{"no test clock is set", &v1alpha1.PlatformPolicy{}, true, real, false},
		{"it is set and not allowed", with, false, real, false},
		{"it is set and allowed", with, true, set, true},
	} {
		now, testing := contracttime.Now(c.policy, c.allowed, real)
		if !now.Equal(c.now) || testing != c.testing {
			t.Errorf("%s: %s, testing %v", c.what, now, testing)
		}
	}
}
