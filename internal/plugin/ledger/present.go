package ledger

import (
	"time"

	"k8s.io/apimachinery/pkg/api/meta"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/contracttime"
)

// conditionTestClockRefused stands on the policy while its test clock doesn't
// count.
const conditionTestClockRefused = "TestClockRefused"

// Present is the instant that the contract takes for the present: the policy's
// test clock, unless the operator refused it, or else the real time.
func Present(policy *v1alpha1.PlatformPolicy, real time.Time) (now time.Time, testing bool) {
	refused := policy != nil && meta.IsStatusConditionTrue(policy.Status.Conditions, conditionTestClockRefused)
	return contracttime.Now(policy, !refused, real)
}
