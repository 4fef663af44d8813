package datewords_test

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/internal/datewords"
)

func TestDatesAreWrittenAsOneSaysThem(t *testing.T) {
	for _, c := range []struct {
		month            time.Month
		spanish, english string
	}{
		{time.January, "3 de enero de 2027", "3 January 2027"},
		{time.September, "3 de septiembre de 2027", "3 September 2027"},
		{time.December, "3 de diciembre de 2027", "3 December 2027"},
	} {
		if got := datewords.Spanish(2027, c.month, 3); got != c.spanish {
			t.Errorf("%q, not %q", got, c.spanish)
		}
		if got := datewords.English(2027, c.month, 3); got != c.english {
			t.Errorf("%q, not %q", got, c.english)
		}
	}
}
