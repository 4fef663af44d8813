package notices_test

import (
	"context"
	"fmt"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	eventsv1 "k8s.io/api/events/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
)

func read(ctx context.Context, notice *v1alpha1.Notice) *v1alpha1.Notice {
	GinkgoHelper()
	var live v1alpha1.Notice
	Expect(admin.Get(ctx, client.ObjectKeyFromObject(notice), &live)).To(Succeed())
	return &live
}

// becomes waits until the notice is in a state, and its condition has a reason.
func becomes(ctx context.Context, notice *v1alpha1.Notice, state v1alpha1.NoticeState, reason string) *v1alpha1.NoticeStatus {
	GinkgoHelper()
	var live *v1alpha1.Notice
	Eventually(ctx, func() string {
		live = read(ctx, notice)
		if len(live.Status.Conditions) == 0 {
			return ""
		}
		return string(live.Status.State) + " " + live.Status.Conditions[0].Reason
	}).Should(Equal(string(state)+" "+reason), "Notice %s", notice.Name)
	return &live.Status
}

// passes lets time pass, and lets the operator look at the notice again.
func passes(ctx context.Context, notice *v1alpha1.Notice, time time.Duration) {
	GinkgoHelper()
	before := now.Now()
	now.SetTime(before.Add(time))
	DeferCleanup(func() { now.SetTime(due) })
	touch := fmt.Sprintf(`{"metadata":{"annotations":{"test/touched":%q}}}`, now.Now().String())
	Expect(admin.Patch(ctx, notice.DeepCopy(), client.RawPatch(types.MergePatchType, []byte(touch)))).To(Succeed())
}

// reported is what the mail gateway writes about the latest attempt.
func reported(ctx context.Context, notice *v1alpha1.Notice, kind v1alpha1.NoticeReportKind, at time.Time) {
	GinkgoHelper()
	attempts := read(ctx, notice).Status.Attempts
	patch := fmt.Sprintf(`[{"op":"add","path":"/status/reports/-","value":{"messageID":%q,"kind":%q,"at":%q,"diagnostic":"550 5.1.1 unknown"}}]`,
		attempts[len(attempts)-1].MessageID, kind, at.Format(time.RFC3339))
	Expect(admin.Status().Patch(ctx, notice.DeepCopy(), client.RawPatch(types.JSONPatchType, []byte(patch)))).To(Succeed())
}

// told are the reasons of the events about a tenant; none of them shows anybody.
func told(ctx context.Context, tenant string) []string {
	GinkgoHelper()
	var events eventsv1.EventList
	Expect(admin.List(ctx, &events, client.InNamespace(controlplane.Accounts))).To(Succeed())
	var reasons []string
	for _, event := range events.Items {
		if event.Regarding.Kind == "Tenant" && event.Regarding.Name == tenant {
			reasons = append(reasons, event.Reason)
			Expect(event.Note).NotTo(Or(ContainSubstring("lucia@"), ContainSubstring("cuentas@"), ContainSubstring("Moreno")))
		}
	}
	return reasons
}
