package standing

import (
	"hash/fnv"
	"time"

	"k8s.io/apimachinery/pkg/types"
)

// SpreadBy returns a Jitter of less than limit that is the same for a tenant
// every time: a restart of the operator moves nobody's deadline.
func SpreadBy(limit time.Duration) func(types.UID) time.Duration {
	return func(uid types.UID) time.Duration {
		if limit <= 0 {
			return 0
		}
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(uid))                     // A hash's Write never fails.
		return time.Duration(hash.Sum64() % uint64(limit)) //nolint:gosec // less than limit, which is a Duration
	}
}
