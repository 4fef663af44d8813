package standing

import (
	"cmp"
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/index"
)

// noticesOf returns the tenant's open Notices, from the cache.
func (r *Reconciler) noticesOf(ctx context.Context, tenant types.NamespacedName) ([]v1alpha1.Notice, error) {
	var list v1alpha1.NoticeList
	err := r.Client.List(ctx, &list, client.InNamespace(tenant.Namespace), client.MatchingFields{index.NoticeByTenant: tenant.Name})
	if err != nil {
		return nil, fmt.Errorf("listing the Notices of Tenant %s: %w", tenant.Name, err)
	}
	return list.Items, nil
}

// keepNotices writes the intent to tell what is due to be told, and closes the
// Notices that need nothing any more. Sending is the work of others.
func (r *Reconciler) keepNotices(ctx context.Context, e *evaluation) error {
	for _, wanted := range noticesDue(e) {
		if err := r.ensureNotice(ctx, e, wanted); err != nil {
			return err
		}
	}
	for i := range e.objects.Notices {
		if why := needless(&e.objects.Notices[i], e); why != "" {
			if err := r.closeNotice(ctx, &e.objects.Notices[i], why, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// noticesDue are the Notices that there must be by now.
func noticesDue(e *evaluation) []*v1alpha1.Notice {
	var due []*v1alpha1.Notice
	for _, act := range e.standing.Due {
		switch act.Kind {
		case contract.ActReminder:
			due = append(due, noticeOf(e, v1alpha1.NoticePaymentReminder, reminderName(e), act.Deadline))
		case contract.ActPurgeNotice:
			due = append(due, noticeOf(e, v1alpha1.NoticePurge, noticeNameNow(e), act.Deadline))
		case contract.ActDisable, contract.ActPurge, contract.ActDelete:
			// Nobody is told by these.
		case contract.ActOverQuotaNotice, contract.ActOverQuotaPurge:
			// These come with the documents; their facts are not stated yet.
		}
	}
	return due
}

// noticeOf writes down what is to be told, to whom, and by when.
func noticeOf(e *evaluation, purpose v1alpha1.NoticePurpose, name string, deadline contract.Deadline) *v1alpha1.Notice {
	tenant := e.objects.Tenant
	owner := &tenant.Spec.Owner
	return &v1alpha1.Notice{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: tenant.Namespace,
			Name:      name,
			Labels:    map[string]string{v1alpha1.TenantLabel: tenant.Name, v1alpha1.OpenNoticeLabel: "true"},
		},
		Spec: v1alpha1.NoticeSpec{
			TenantRef: v1alpha1.TenantReference{Name: tenant.Name},
			Purpose:   purpose,
			Deadline:  v1alpha1.Deadline{At: instantOf(deadline.At), From: v1alpha1.Date(deadline.From.String())},
			Recipient: v1alpha1.NoticeRecipient{
				Name: owner.Name, Email: owner.Email, AlternateEmail: owner.AlternateEmail,
				Locale:  cmp.Or(tenant.Spec.Locale, v1alpha1.LocaleSpanish),
				Company: tenant.Spec.DisplayName, URL: tenant.Status.URL,
			},
			Lapse: noticeLapse(e, purpose),
		},
	}
}

func noticeLapse(e *evaluation, purpose v1alpha1.NoticePurpose) *v1alpha1.NoticeLapse {
	s, zone := &e.standing, e.account.Facts.Policy.Zone
	lapse := &v1alpha1.NoticeLapse{
		PaidThrough: v1alpha1.Date(s.PaidThrough.String()),
		DueDate:     v1alpha1.Date(s.DueDate.String()),
		DisableOn:   dateIn(zone, s.Deadlines.Disable.At),
	}
	if purpose == v1alpha1.NoticePurge && s.Lapse.Terms.Purges {
		// "After 30 days" leaves 30 whole ones (contract.md 1).
		lapse.PurgeNotBefore = v1alpha1.Date(s.Lapse.CountsFrom.AddDays(s.Lapse.Terms.PurgeAfterDays + 1).String())
		lapse.NoticeDays = days(s.Lapse.Terms.PurgeNoticeDays)
	}
	return lapse
}

// ensureNotice creates a Notice that isn't there. One that is there and closed
// is opened again: it was closed too early.
func (r *Reconciler) ensureNotice(ctx context.Context, e *evaluation, wanted *v1alpha1.Notice) error {
	for i := range e.objects.Notices {
		if e.objects.Notices[i].Name == wanted.Name {
			return nil
		}
	}
	err := r.Client.Create(ctx, wanted, client.FieldOwner(v1alpha1.StandingFieldOwner))
	if !apierrors.IsAlreadyExists(err) {
		if err != nil {
			return fmt.Errorf("creating Notice %s: %w", wanted.Name, err)
		}
		return nil
	}
	return r.reopenNotice(ctx, client.ObjectKeyFromObject(wanted))
}

// reopenNotice takes back that a Notice is closed. One that was made a moment
// ago, and that the cache doesn't show yet, is left as it is.
func (r *Reconciler) reopenNotice(ctx context.Context, key client.ObjectKey) error {
	var live v1alpha1.Notice
	if err := r.APIReader.Get(ctx, key, &live); err != nil {
		return fmt.Errorf("reading Notice %s: %w", key.Name, err)
	}
	if live.Status.ClosedAt != nil {
		configuration := acv1.Notice(live.Name, live.Namespace).WithUID(live.UID).WithStatus(acv1.NoticeStatus())
		if err := r.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.StandingFieldOwner), client.ForceOwnership); err != nil {
			return fmt.Errorf("opening Notice %s again: %w", live.Name, err)
		}
	}
	if live.Labels[v1alpha1.OpenNoticeLabel] == "true" {
		return nil
	}
	return r.label(ctx, &live, true)
}

// needless says why an open Notice needs nothing any more, or nothing while it
// does, and while nobody can tell.
func needless(notice *v1alpha1.Notice, e *evaluation) string {
	if doubtful(e) {
		return ""
	}
	lapse := e.standing.Lapse
	if lapse == nil {
		return "the lapse is over"
	}
	switch notice.Spec.Purpose {
	case v1alpha1.NoticePaymentReminder:
		switch {
		case notice.Name != reminderName(e):
			return "it belongs to another lapse"
		case !lapse.RemindedAt.IsZero() && !lapse.DisabledAt.IsZero():
			return "users have been disabled"
		}
	case v1alpha1.NoticePurge:
		switch {
		case !lapse.PurgedAt.IsZero():
			return "the documents have been deleted"
		case notice.Name != noticeNameNow(e):
			return "the dates have moved"
		}
	}
	return ""
}

// reminderName is the name of the reminder of the open lapse. It follows from
// the date on which that opened, which no late payment moves.
func reminderName(e *evaluation) string {
	opened := e.account.Facts.Policy.Zone.DateOf(e.standing.Lapse.OpenedAt)
	return facts.NoticeName(e.objects.Tenant.Name, v1alpha1.NoticePaymentReminder, opened)
}

// noticeNameNow is the name of the notice of the purge that counts.
func noticeNameNow(e *evaluation) string {
	for _, lapse := range lapsesOf(e.account.Subscription, e) {
		if lapse.ClosedAt == nil {
			return lapse.NoticeName
		}
	}
	return ""
}

// closeNotice records why a Notice needs nothing any more, and then takes it
// out of the cache.
func (r *Reconciler) closeNotice(ctx context.Context, notice *v1alpha1.Notice, why string, e *evaluation) error {
	if notice.Status.ClosedAt == nil {
		status := acv1.NoticeStatus().WithClosedAt(toSecond(e.contractNow)).WithClosedBecause(why)
		if _, delivered := facts.DeliveryOf(notice).Delivered(); !delivered {
			status.WithState(v1alpha1.NoticeClosed)
		}
		configuration := acv1.Notice(notice.Name, notice.Namespace).WithUID(notice.UID).WithStatus(status)
		if err := r.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.StandingFieldOwner), client.ForceOwnership); err != nil {
			return fmt.Errorf("closing Notice %s: %w", notice.Name, err)
		}
	}
	return r.label(ctx, notice, false)
}

// label says whether a Notice is open.
func (r *Reconciler) label(ctx context.Context, notice *v1alpha1.Notice, open bool) error {
	after := notice.DeepCopy()
	delete(after.Labels, v1alpha1.OpenNoticeLabel)
	if open {
		metav1.SetMetaDataLabel(&after.ObjectMeta, v1alpha1.OpenNoticeLabel, "true")
		metav1.SetMetaDataLabel(&after.ObjectMeta, v1alpha1.TenantLabel, notice.Spec.TenantRef.Name)
	}
	err := r.Client.Patch(ctx, after, client.MergeFrom(notice), client.FieldOwner(v1alpha1.StandingFieldOwner))
	if client.IgnoreNotFound(err) != nil {
		return fmt.Errorf("labelling Notice %s: %w", notice.Name, err)
	}
	return nil
}
