package notices

import (
	"hash/fnv"
	"strconv"
	"time"

	"k8s.io/apimachinery/pkg/types"
)

// retryAfter is how long a notice waits after so many failures in a row: a
// minute, doubled each time, an hour at most, and up to a tenth more. What is
// more is the same for a notice every time, and another for each, so that a mail
// server that comes back isn't met by everybody at once.
func retryAfter(failures int, uid types.UID) time.Duration {
	delay := firstRetry
	for i := 1; i < failures && delay < slowestRetry; i++ {
		delay *= 2
	}
	delay = min(delay, slowestRetry)
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(string(uid) + strconv.Itoa(failures))) // A hash's Write never fails.
	return delay + time.Duration(hash.Sum64()%uint64(delay/10))     //nolint:gosec // less than a tenth of a Duration
}
