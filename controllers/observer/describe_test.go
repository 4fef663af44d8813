package observer

import (
	"testing"
	"time"

	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/instance"
)

func at(minute int) metav1.Time {
	return metav1.NewTime(time.Date(2027, 1, 15, 12, minute, 0, 0, time.UTC))
}

func TestWhatIsWorthAWrite(t *testing.T) {
	recorded := &v1alpha1.Usage{DocumentBytes: 10, RecordsBytes: 100, Contacts: 5, Users: 1, ReportedAt: ptr.To(at(0))}
	reported := func(minute int, change func(*v1alpha1.Usage)) *v1alpha1.Usage {
		usage := recorded.DeepCopy()
		usage.ReportedAt = ptr.To(at(minute))
		change(usage)
		return usage
	}
	for _, test := range []struct {
		name     string
		recorded *v1alpha1.Usage
		reported *v1alpha1.Usage
		want     bool
	}{
		{"the first figures", nil, recorded, true},
		{"the same figures, much later", recorded, reported(59, func(*v1alpha1.Usage) {}), false},
		{"a document more, at once", recorded, reported(0, func(u *v1alpha1.Usage) { u.DocumentBytes++ }), true},
		{"a user more, at once", recorded, reported(0, func(u *v1alpha1.Usage) { u.Users++ }), true},
		{"a contact more, too soon", recorded, reported(4, func(u *v1alpha1.Usage) { u.Contacts++ }), false},
		{"a contact more, after five minutes", recorded, reported(5, func(u *v1alpha1.Usage) { u.Contacts++ }), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := matters(test.recorded, test.reported); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestThePasswordChangeIsDatedOnce(t *testing.T) {
	tenant := &v1alpha1.Tenant{}
	report := &instance.Report{Version: "v1", Serial: 1, OwnerPasswordChanged: true}
	describe(tenant, news{report: report}, at(1))
	describe(tenant, news{report: report}, at(2))
	first := at(1)
	if changed := tenant.Status.Instance.OwnerPasswordChangedAt; !changed.Equal(&first) {
		t.Errorf("it is dated %v", changed)
	}
	report.OwnerPasswordChanged = false
	describe(tenant, news{report: report}, at(3))
	if tenant.Status.Instance.OwnerPasswordChangedAt != nil {
		t.Error("a database that began anew still counts as changed")
	}
}

func TestReadyAddress(t *testing.T) {
	slice := func(ready *bool, port string) discoveryv1.EndpointSlice {
		return discoveryv1.EndpointSlice{
			Endpoints: []discoveryv1.Endpoint{{Addresses: []string{"10.0.0.7"}, Conditions: discoveryv1.EndpointConditions{Ready: ready}}},
			Ports:     []discoveryv1.EndpointPort{{Name: ptr.To("http"), Port: ptr.To[int32](8080)}, {Name: &port, Port: ptr.To[int32](9090)}},
		}
	}
	for _, test := range []struct {
		name   string
		slices []discoveryv1.EndpointSlice
		want   string
	}{
		{"none", nil, ""},
		{"one that is ready", []discoveryv1.EndpointSlice{slice(ptr.To(true), "private")}, "10.0.0.7:9090"},
		{"one that isn't", []discoveryv1.EndpointSlice{slice(ptr.To(false), "private")}, ""},
		{"one that doesn't say", []discoveryv1.EndpointSlice{slice(nil, "private")}, ""},
		{"one without the port", []discoveryv1.EndpointSlice{slice(ptr.To(true), "other")}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := readyAddress(test.slices); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSeatsKeepTheirDate(t *testing.T) {
	before := []v1alpha1.SeatHolder{{UserID: "1", Since: ptr.To(at(0))}}
	holders := holdersOf(before, &instance.Report{Holders: []instance.Holder{{UserID: 1}, {UserID: 2}}}, at(9))
	if len(holders) != 2 || !holders[0].Since.Time.Equal(at(0).Time) || !holders[1].Since.Time.Equal(at(9).Time) {
		t.Errorf("got %+v", holders)
	}
}
