package facts

import (
	"fmt"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// Cases is what the ledger holds about a tenant besides its plan and payments.
// Those of other tenants don't count.
type Cases struct {
	Suspensions   []v1alpha1.Suspension
	Cancellations []v1alpha1.Cancellation
	Revisions     []v1alpha1.TermsRevision
}

// WithCases adds to the facts what Cases and the tenant's own status state about
// usage, breaches, new terms and the end of the contract (contract.md 5, 8, 9
// and 10). Whoever carries out none of that leaves it out. The error is a
// *FieldError.
func (a *Account) WithCases(cases Cases) error {
	a.Facts.Documents = documentsOf(a.objects.Tenant)
	if err := a.readEnding(); err != nil {
		return err
	}
	for i := range cases.Revisions {
		if err := a.readRevision(&cases.Revisions[i]); err != nil {
			return err
		}
	}
	for i := range cases.Suspensions {
		if err := a.readSuspension(&cases.Suspensions[i]); err != nil {
			return err
		}
	}
	for i := range cases.Cancellations {
		if err := a.readCancellation(&cases.Cancellations[i], cases.Revisions); err != nil {
			return err
		}
	}
	return nil
}

// concerns reports whether an object of a namespace is about the tenant.
func (a *Account) concerns(namespace string, ref v1alpha1.TenantReference) bool {
	return ref.Name == a.objects.Tenant.Name && namespace == a.objects.Tenant.Namespace
}

func documentsOf(tenant *v1alpha1.Tenant) contract.Documents {
	var documents contract.Documents
	if usage := tenant.Status.Usage; usage != nil {
		documents.Bytes = usage.DocumentBytes
	}
	if over := tenant.Status.OverQuota; over != nil {
		documents.FullSince = instant(over.Since)
		documents.Notice.AcceptedAt = instant(over.NoticeDeliveredAt)
		documents.ActStartedAt = instant(over.IntentAt)
		documents.ActedAt = instant(over.ActedAt)
	}
	return documents
}

// readEnding reads how the contract was recorded to end.
func (a *Account) readEnding() error {
	status := &a.objects.Tenant.Status
	r := reader{object: "Tenant " + a.objects.Tenant.Name}
	if t := status.Termination; t != nil {
		ending := contract.Ending{Cause: contract.Cause(t.Cause)}
		ending.Ends = r.deadline("status.termination.ends", t.Ends)
		ending.Deletion = r.deadline("status.termination.delete", t.Delete)
		ending.ExportUntil = r.dateIfAny("status.termination.exportUntil", t.ExportUntil)
		a.Facts.Recorded.Ending = ending
	}
	if d := status.Deletion; d != nil {
		a.Facts.Deletion = contract.Deletion{StartedAt: instant(d.IntentAt), CompletedAt: instant(d.CompletedAt)}
	}
	return r.err
}

func (r *reader) dateIfAny(field string, text v1alpha1.Date) contract.Date {
	if text == "" {
		return contract.Date{}
	}
	return r.date(field, string(text))
}

func (r *reader) deadline(field string, object *v1alpha1.Deadline) contract.Deadline {
	if object == nil {
		return contract.Deadline{}
	}
	return contract.Deadline{At: instant(object.At), From: r.dateIfAny(field+".from", object.From)}
}

// readRevision reads a revision with what this tenant was told and decided.
func (a *Account) readRevision(object *v1alpha1.TermsRevision) error {
	r := reader{object: "TermsRevision " + object.Name}
	terms := contract.Terms{
		Name: object.Name,
		Revision: contract.Revision{
			AnnouncedOn:         r.date("spec.announcedOn", string(object.Spec.AnnouncedOn)),
			PostedOn:            r.date("spec.postedOn", string(object.Spec.PostedOn)),
			Exception:           object.Spec.Exception != "",
			AffectsPersonalData: object.Spec.AffectsPersonalData,
		},
	}
	if r.err != nil {
		return r.err
	}
	r = reader{object: "Tenant " + a.objects.Tenant.Name}
	for i := range a.objects.Tenant.Status.Terms {
		if decided := &a.objects.Tenant.Status.Terms[i]; decided.Revision == object.Name {
			terms.Mail.AcceptedAt = instant(decided.DeliveredAt)
			terms.Decision = r.decision(fmt.Sprintf("status.terms[%d]", i), decided)
		}
	}
	a.Facts.Terms = append(a.Facts.Terms, terms)
	return r.err
}

func (r *reader) decision(field string, object *v1alpha1.TermsDecision) contract.Decision {
	if object.Decision == "" {
		return contract.Decision{}
	}
	decision := contract.Decision{
		Outcome: contract.Outcome(object.Decision),
		Mode:    contract.DecisionMode(object.Mode),
		At:      instant(object.DecidedAt),
	}
	switch {
	case decision.Outcome != contract.TermsAccepted && decision.Outcome != contract.TermsObjected:
		r.fail(field+".decision", fmt.Errorf("%q is not a decision: write Accepted or Objected", object.Decision))
	case decision.At.IsZero():
		r.fail(field+".decidedAt", fmt.Errorf("is missing: a decision was made at an instant"))
	}
	return decision
}
