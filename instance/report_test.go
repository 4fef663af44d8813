package instance_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/instance"
)

// busy is a report with every field set.
func busy() instance.Report {
	lucia := instance.Holder{UserID: 1, Name: "Lucía Moreno", Email: "lucia@acme.example"}
	return instance.Report{
		Serial: 7, KeyID: "key-1", Version: "v0.1.0",
		Usage:          instance.Usage{DocumentBytes: 1048576, RecordsBytes: 4096, Contacts: 3, Companies: 2, Users: 2},
		Holders:        []instance.Holder{lucia, {UserID: 2, Name: "Javier Peña", Email: "javier@acme.example"}},
		LastActivityAt: time.Date(2027, 1, 5, 16, 4, 0, 0, time.UTC), OwnerPasswordChanged: true,
		Decisions: []instance.Decision{{ID: "d-1", Kind: instance.DecisionTermsAccepted, By: lucia,
			At: time.Date(2027, 3, 5, 16, 0, 0, 0, time.UTC), Reference: "terms-2027-03", Digest: "sha256:7f83", Evidence: "session 4"}},
	}
}

func encode(t *testing.T, r instance.Report) (string, string) {
	t.Helper()
	body, etag, err := r.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return string(body), etag
}

func TestEqualReportsHaveEqualTags(t *testing.T) {
	_, want := encode(t, busy())
	same := busy()
	same.Holders[0], same.Holders[1] = same.Holders[1], same.Holders[0]
	same.LastActivityAt = same.LastActivityAt.Add(59 * time.Second).In(time.FixedZone("elsewhere", -7*3600))
	same.Decisions[0].At = same.Decisions[0].At.In(time.FixedZone("elsewhere", -7*3600))
	if _, etag := encode(t, same); etag != want {
		t.Error("the tag changed with the order, the zone or the second")
	}
	if same.Holders[0].UserID != 2 {
		t.Error("encoding changed the caller's report")
	}
}

func TestTagSeesEveryField(t *testing.T) {
	_, want := encode(t, busy())
	v := reflect.ValueOf(busy())
	for i := range v.NumField() {
		changed := busy()
		reflect.ValueOf(&changed).Elem().Field(i).SetZero()
		if _, etag := encode(t, changed); etag == want {
			t.Errorf("the tag does not see %s", v.Type().Field(i).Name)
		}
	}
}

func TestReportThatNobodySignedInToHasNoLastActivity(t *testing.T) {
	body, _ := encode(t, instance.Report{Serial: 1})
	if strings.Contains(body, "lastActivityAt") {
		t.Errorf("an instance that nobody used tells a last activity: %s", body)
	}
}

func TestValidateRefusesTheImplausible(t *testing.T) {
	good := busy()
	if err := good.Validate(); err != nil {
		t.Fatalf("an honest report is refused: %v", err)
	}
	cases := map[string]func(*instance.Report){
		"negative serial":  func(r *instance.Report) { r.Serial = -1 },
		"negative usage":   func(r *instance.Report) { r.Usage.DocumentBytes = -1 },
		"too many holders": func(r *instance.Report) { r.Holders = make([]instance.Holder, 1001) },
		"long name":        func(r *instance.Report) { r.Holders[1].Name = strings.Repeat("x", 321) },
		"not UTF-8":        func(r *instance.Report) { r.Version = "\xff" },
		"long evidence":    func(r *instance.Report) { r.Decisions[0].Evidence = strings.Repeat("x", 321) },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			report := busy()
			spoil(&report)
			if report.Validate() == nil {
				t.Error("accepted")
			}
		})
	}
}

func TestEveryHolderTakesASeat(t *testing.T) {
	report := busy()
	if report.SeatsTaken() != 2 {
		t.Errorf("%d seats are taken, want 2", report.SeatsTaken())
	}
}
