package report

import (
	"slices"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// Concern is something that a platform engineer should look at.
type Concern struct {
	Tenant string `json:"tenant"`
	// Reason in one word, as the objects have it.
	Reason string `json:"reason"`
	// Says what is wrong.
	Says string `json:"says"`
	// Since when, if that is known.
	Since time.Time `json:"since,omitzero"`
}

// worrying are the conditions that somebody should look at, with the status
// that worries and the reasons that don't: what a tenant has to do itself, or
// what is on its way, worries nobody.
var worrying = []struct {
	kind    string
	status  metav1.ConditionStatus
	unless  []string
	without string // a condition that says the same better, if it is there
}{
	{kind: "Evaluated", status: metav1.ConditionFalse},
	{kind: "Registered", status: metav1.ConditionFalse, unless: []string{"AddressUnconfirmed", "AttestationMissing", "DocumentNotAccepted", "NeverPaid"}},
	{kind: "Provisioned", status: metav1.ConditionFalse, unless: []string{"NotRegistered"}},
	{kind: "Stalled", status: metav1.ConditionTrue, without: "Provisioned"},
	{kind: "Reachable", status: metav1.ConditionFalse, unless: []string{"NotRunning"}},
	{kind: "DeletionBlocked", status: metav1.ConditionTrue},
}

// concerns is what is wrong with a tenant, the gravest first.
func (s *Subject) concerns() []Concern {
	return append(s.heldActs(), append(s.conditions(), s.notices()...)...)
}

// heldActs are acts whose time has come and that something holds back.
func (s *Subject) heldActs() []Concern {
	var held []Concern
	for _, act := range s.Acts() {
		if !act.Overdue || len(act.BlockedBy) == 0 || act.Kind == actDelete {
			continue
		}
		var by []string
		for _, block := range act.BlockedBy {
			by = append(by, block.Says)
		}
		held = append(held, Concern{
			Tenant: s.Name(), Reason: act.BlockedBy[0].Guard, Since: act.At,
			Says: should(act.Kind) + " since " + s.Moment(act.At) + "; held back: " + strings.Join(by, ", "),
		})
	}
	return held
}

func should(kind contract.ActKind) string {
	if kind == contract.ActDisable {
		return "users should be disabled"
	}
	return "documents should be deleted"
}

func (s *Subject) conditions() []Concern {
	var all []Concern
	conditions := s.Objects.Tenant.Status.Conditions
	for _, worry := range worrying {
		is := condition(conditions, worry.kind)
		if is == nil || is.Status != worry.status || slices.Contains(worry.unless, is.Reason) {
			continue
		}
		if better := condition(conditions, worry.without); better != nil && better.Status == metav1.ConditionFalse {
			continue
		}
		all = append(all, Concern{
			Tenant: s.Name(), Reason: is.Reason, Says: phrase.MaskAll(is.Message), Since: s.local(is.LastTransitionTime.Time),
		})
	}
	return all
}

// notices are those that should have been delivered and came back, or that
// nobody knows about.
func (s *Subject) notices() []Concern {
	var all []Concern
	for i := range s.Objects.Notices {
		notice := &s.Objects.Notices[i]
		if !Undelivered(notice) || len(notice.Status.Attempts) == 0 && notice.Status.BouncedAt == nil {
			continue
		}
		all = append(all, Concern{
			Tenant: s.Name(), Reason: "Notice" + string(notice.Status.State),
			Says: purposeWords(notice.Spec.Purpose) + " " + s.undelivered(notice),
		})
	}
	return all
}

// Undelivered reports whether the owner should have been told something and has
// not been.
func Undelivered(notice *v1alpha1.Notice) bool {
	switch notice.Status.State {
	case v1alpha1.NoticeAccepted, v1alpha1.NoticeClosed:
		return false
	default:
		return notice.Status.ClosedAt == nil
	}
}

func purposeWords(purpose v1alpha1.NoticePurpose) string {
	switch purpose {
	case v1alpha1.NoticePaymentReminder:
		return "the payment reminder"
	case v1alpha1.NoticePurge:
		return "the notice of the deletion"
	default:
		return "the notice " + string(purpose)
	}
}
