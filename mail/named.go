package mail

import (
	"fmt"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// NamedDate is the date that a notice names when it is sent today. A purge
// notice names the date of the deletion: the later of the lapse's own and the
// day that leaves the owner noticeDays whole days, max(D+31, today+6) by default
// (contract.md 4). A reminder names the date on which users are disabled. The
// error names the field that is missing or can't be read.
func NamedDate(notice *v1alpha1.Notice, today contract.Date) (contract.Date, error) {
	lapse := notice.Spec.Lapse
	if lapse == nil {
		return contract.Date{}, fault(notice, "spec.lapse", fmt.Errorf("is missing, and the text is about it"))
	}
	switch notice.Spec.Purpose {
	case v1alpha1.NoticePaymentReminder:
		return date(notice, "spec.lapse.disableOn", lapse.DisableOn)
	case v1alpha1.NoticePurge:
		notBefore, err := date(notice, "spec.lapse.purgeNotBefore", lapse.PurgeNotBefore)
		if err != nil {
			return contract.Date{}, err
		}
		if told := today.AddDays(int(lapse.NoticeDays) + 1); told.After(notBefore) {
			return told, nil
		}
		return notBefore, nil
	default:
		return contract.Date{}, fault(notice, "spec.purpose", fmt.Errorf("%q has no text", notice.Spec.Purpose))
	}
}

// date reads a date that the text can't do without.
func date(notice *v1alpha1.Notice, field string, text v1alpha1.Date) (contract.Date, error) {
	d, err := contract.ParseDate(string(text))
	if err != nil {
		return contract.Date{}, fault(notice, field, err)
	}
	return d, nil
}

func fault(notice *v1alpha1.Notice, field string, err error) error {
	return fmt.Errorf("writing Notice %s: %s: %w", notice.Name, field, err)
}
