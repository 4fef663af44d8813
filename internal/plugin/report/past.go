package report

import (
	"fmt"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// history collects what happened.
type history struct {
	now     time.Time
	entries []Entry
}

// add records something, if it happened by now.
func (h *history) add(at *metav1.Time, section, format string, arguments ...any) {
	if at == nil || at.IsZero() || at.After(h.now) {
		return
	}
	h.entries = append(h.entries, Entry{At: at.Time, Section: section, What: fmt.Sprintf(format, arguments...)})
}

// past is what the ledger says has happened. What the cluster itself recorded
// (creation, conditions) has the cluster's time even under a test clock.
func (s *Subject) past() []Entry {
	h := &history{now: s.Now}
	s.registered(h)
	if subscription := s.Account.Subscription; subscription != nil {
		s.paid(h, subscription.Status.Billing.Payments)
		s.plans(h, subscription.Status.PlanPeriods)
		for i := range subscription.Status.Lapses {
			s.lapsed(h, &subscription.Status.Lapses[i])
		}
	}
	for i := range s.Objects.Notices {
		told(h, &s.Objects.Notices[i])
	}
	s.decided(h)
	s.ended(h)
	return h.entries
}

func (s *Subject) registered(h *history) {
	tenant := s.Objects.Tenant
	h.add(tenant.Spec.Owner.EmailConfirmedAt, "2.2", "owner's address confirmed (%s)", phrase.Mask(string(tenant.Spec.Owner.Email)))
	accepted := map[time.Time][]string{}
	for i := range tenant.Spec.AcceptedDocuments {
		d := &tenant.Spec.AcceptedDocuments[i]
		accepted[d.AcceptedAt.UTC()] = append(accepted[d.AcceptedAt.UTC()], documentWords(d.Kind)+" "+d.Version)
	}
	for at, documents := range accepted {
		h.add(&metav1.Time{Time: at}, "2.3", "owner accepted the %s", strings.Join(documents, " and the "))
	}
	if is := condition(tenant.Status.Conditions, "Provisioned"); is != nil && is.Status == metav1.ConditionTrue {
		h.add(&metav1.Time{Time: is.LastTransitionTime.Time}, "", "provisioned%s", provisionedIn(tenant, is))
	}
	if instance := tenant.Status.Instance; instance != nil {
		h.add(instance.OwnerPasswordChangedAt, "2.4", "owner replaced the initial password")
	}
}

// provisionedIn is how long it took from registration, where both are known.
func provisionedIn(tenant *v1alpha1.Tenant, provisioned *metav1.Condition) string {
	registered := condition(tenant.Status.Conditions, "Registered")
	if registered == nil || registered.Status != metav1.ConditionTrue {
		return ""
	}
	took := provisioned.LastTransitionTime.Sub(registered.LastTransitionTime.Time)
	if took < time.Second || took > time.Hour {
		return ""
	}
	return " in " + phrase.Length(took)
}

func documentWords(kind v1alpha1.DocumentKind) string {
	if kind == v1alpha1.PrivacyPolicy {
		return "privacy policy"
	}
	return "terms of service"
}

func (s *Subject) paid(h *history, payments []v1alpha1.Payment) {
	for i := range payments {
		p := &payments[i]
		h.add(&p.ReceivedAt, "3.2", "paid %s %s for %s (%s)", p.Amount, p.Currency, s.days(p.PeriodFrom, p.PeriodTo), phrase.Clean(p.ID))
		h.add(p.ReversedAt, "3.5", "payment %s was reversed", phrase.Clean(p.ID))
	}
}

// days is a span of dates as the ledger has them.
func (s *Subject) days(from, to v1alpha1.Date) string {
	first, err1 := contract.ParseDate(string(from))
	last, err2 := contract.ParseDate(string(to))
	if err1 != nil || err2 != nil {
		return string(from) + " – " + string(to)
	}
	return s.Days(first, last)
}

// plans are changes of plan: the first one is none.
func (s *Subject) plans(h *history, periods []v1alpha1.PlanPeriod) {
	for i := 1; i < len(periods); i++ {
		from, err := contract.ParseDate(string(periods[i].From))
		if err != nil {
			continue
		}
		h.add(&metav1.Time{Time: s.Zone.StartOfDay(from)}, "3.6", "plan %s begins, billed %s",
			periods[i].PlanRef.Name, phrase.Interval(contract.Interval(periods[i].Interval)))
	}
}
