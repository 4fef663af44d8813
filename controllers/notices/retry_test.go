package notices

import (
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/types"
)

func TestRetriesSlowDownToOneAnHour(t *testing.T) {
	for failures, least := range map[int]time.Duration{
		1: time.Minute, 2: 2 * time.Minute, 3: 4 * time.Minute, 6: 32 * time.Minute, 7: time.Hour, 8: time.Hour, 500: time.Hour,
	} {
		got := retryAfter(failures, "uid-1")
		if got < least || got >= least+least/10 {
			t.Errorf("after %d failures: %s", failures, got)
		}
		if got != retryAfter(failures, "uid-1") {
			t.Error("it is another one each time")
		}
	}
}

func TestRetriesAreSpread(t *testing.T) {
	seen := map[time.Duration]bool{}
	for _, uid := range []types.UID{"a", "b", "c", "d"} {
		seen[retryAfter(9, uid)] = true
	}
	if len(seen) < 3 {
		t.Errorf("everybody comes back at once: %v", seen)
	}
}
