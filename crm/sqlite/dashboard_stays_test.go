package sqlite

import (
	"fmt"
	"testing"
)

func TestSumByID(t *testing.T) {
	for _, test := range []struct{ ids, numbers, want string }{
		{"", "", "map[]"},
		{"7", "5", "map[7:5]"},
		{"7,8,7", "5,1,30", "map[7:35 8:1]"},
	} {
		got, err := sumByID(test.ids, test.numbers)
		if err != nil || fmt.Sprint(got) != test.want {
			t.Errorf("%s and %s: %v, %v", test.ids, test.numbers, got, err)
		}
	}
	for _, lists := range [][2]string{{"7,8", "5"}, {"x", "5"}} {
		if got, err := sumByID(lists[0], lists[1]); err == nil {
			t.Errorf("%v: %v", lists, got)
		}
	}
}
