// Package contracttime says what time it is for the contract.
package contracttime

import (
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// Now is the instant that the contract takes for the present: the one reading
// of the clock, or the policy's test clock where that is allowed. A test clock
// (testing) stands still, so nothing may wait for it to pass; setting it again
// is an event. policy is nil where there is none.
func Now(policy *v1alpha1.PlatformPolicy, allowed bool, now time.Time) (instant time.Time, testing bool) {
	if allowed && policy != nil && policy.Spec.TestClock != nil {
		return policy.Spec.TestClock.Now.Time, true
	}
	return now, false
}
