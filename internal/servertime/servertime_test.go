package servertime_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"k8s.io/client-go/rest"

	"github.com/grupobizopps/salexops/internal/servertime"
)

func TestTheServersDateIsRead(t *testing.T) {
	want := time.Date(2027, 3, 3, 7, 0, 0, 0, time.UTC)
	date := want.Format(http.TimeFormat)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Date", date) }))
	t.Cleanup(server.Close)
	source, err := servertime.Of(&rest.Config{Host: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := source(t.Context()); err != nil || !got.Equal(want) {
		t.Errorf("got %s, %v", got, err)
	}
	date = "yesterday"
	if _, err := source(t.Context()); err == nil {
		t.Error("a date that is none was taken")
	}
	server.Close()
	if _, err := source(t.Context()); err == nil {
		t.Error("a server that is away has a clock")
	}
}

func TestClocksAgreeWithinTwoMinutes(t *testing.T) {
	now := time.Date(2027, 3, 3, 7, 0, 0, 0, time.UTC)
	for ahead, agree := range map[time.Duration]bool{
		0: true, 2 * time.Minute: true, -2 * time.Minute: true, 2*time.Minute + time.Second: false, -121 * time.Second: false, 24 * time.Hour: false,
	} {
		if servertime.Agree(now.Add(ahead), now) != agree {
			t.Errorf("%s ahead: agree is not %t", ahead, agree)
		}
	}
}
