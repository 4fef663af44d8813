package observer

import (
	"strconv"
	"time"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/instance"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
)

const conditionReachable = "Reachable"

// settleFor is how old figures may be that nothing is decided by: a team at work
// would otherwise cost a write every half minute.
const settleFor = 5 * time.Minute

// ownPart is what observer writes of a Tenant's status.
func ownPart(status v1alpha1.TenantStatus) v1alpha1.TenantStatus {
	own := v1alpha1.TenantStatus{
		RunningVersion: status.RunningVersion,
		Usage:          status.Usage,
		Conditions:     tenantstatus.Conditions(status.Conditions, conditionReachable),
	}
	if recorded := status.Instance; recorded != nil {
		own.Instance = &v1alpha1.InstanceStatus{
			OwnerPasswordChangedAt: recorded.OwnerPasswordChangedAt,
			LicenceSerial:          recorded.LicenceSerial,
			ExchangedAt:            recorded.ExchangedAt,
		}
		if equality.Semantic.DeepEqual(*own.Instance, v1alpha1.InstanceStatus{}) {
			own.Instance = nil
		}
	}
	return own
}

// describe writes what an exchange brought into observer's part of the status.
func describe(tenant *v1alpha1.Tenant, seen news, now metav1.Time) {
	if seen.problem != nil {
		setReachable(tenant, metav1.ConditionFalse, seen.problem.reason, seen.problem.message, now)
		return
	}
	setReachable(tenant, metav1.ConditionTrue, "LicenceInForce", "the newest licence is in force in the instance", now)
	if seen.report == nil {
		return
	}
	report := seen.report
	if tenant.Status.Instance == nil {
		tenant.Status.Instance = &v1alpha1.InstanceStatus{}
	}
	recorded := tenant.Status.Instance
	before := *recorded
	tenant.Status.RunningVersion = report.Version
	recorded.LicenceSerial = report.Serial
	switch {
	case !report.OwnerPasswordChanged:
		recorded.OwnerPasswordChangedAt = nil
	case recorded.OwnerPasswordChangedAt == nil:
		recorded.OwnerPasswordChangedAt = &now
	}
	usage := usageOf(report, now)
	newsworthy := matters(tenant.Status.Usage, usage)
	if newsworthy {
		tenant.Status.Usage = usage
	}
	if newsworthy || before.ExchangedAt == nil || !equality.Semantic.DeepEqual(before, *recorded) {
		recorded.ExchangedAt = &now
	}
}

func usageOf(report *instance.Report, now metav1.Time) *v1alpha1.Usage {
	usage := &v1alpha1.Usage{
		DocumentBytes: report.Usage.DocumentBytes,
		RecordsBytes:  report.Usage.RecordsBytes,
		Contacts:      report.Usage.Contacts,
		Companies:     report.Usage.Companies,
		Users:         int32(min(report.SeatsTaken(), 1<<31-1)), //nolint:gosec // bounded on the same line
		ReportedAt:    &now,
	}
	if !report.LastActivityAt.IsZero() {
		at := metav1.NewTime(report.LastActivityAt.UTC().Truncate(time.Second))
		usage.LastActivityAt = &at
	}
	return usage
}

// matters tells whether figures are worth a write: at once when the contract
// looks at them (documents, seats), else when the last ones are old enough.
func matters(recorded, reported *v1alpha1.Usage) bool {
	if recorded == nil || recorded.ReportedAt == nil {
		return true
	}
	if recorded.DocumentBytes != reported.DocumentBytes || recorded.Users != reported.Users {
		return true
	}
	same := *reported
	same.ReportedAt = recorded.ReportedAt
	if equality.Semantic.DeepEqual(*recorded, same) {
		return false
	}
	return reported.ReportedAt.Sub(recorded.ReportedAt.Time) >= settleFor
}

func setReachable(tenant *v1alpha1.Tenant, status metav1.ConditionStatus, reason, message string, now metav1.Time) {
	meta.SetStatusCondition(&tenant.Status.Conditions, metav1.Condition{
		Type: conditionReachable, Status: status, Reason: reason, Message: message,
		ObservedGeneration: tenant.Generation, LastTransitionTime: now,
	})
}

// holdersOf are the users who hold a seat, by an identifier that says nothing
// outside the tenant's CRM; since when is kept from before.
func holdersOf(before []v1alpha1.SeatHolder, report *instance.Report, now metav1.Time) []v1alpha1.SeatHolder {
	since := make(map[string]*metav1.Time, len(before))
	for _, holder := range before {
		since[holder.UserID] = holder.Since
	}
	var holders []v1alpha1.SeatHolder
	for _, reported := range report.Holders {
		holder := v1alpha1.SeatHolder{UserID: strconv.FormatInt(reported.UserID, 10), Since: &now}
		if earlier := since[holder.UserID]; earlier != nil {
			holder.Since = earlier
		}
		holders = append(holders, holder)
	}
	return holders
}
