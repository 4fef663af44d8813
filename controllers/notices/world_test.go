package notices

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apiruntime "k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/tools/events"
	testingclock "k8s.io/utils/clock/testing"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/mail"
)

const accounts = "salexops-accounts"

var key = client.ObjectKey{Namespace: accounts, Name: "acme-purge-notice-2027-02-20"}

// world is an API server in memory, a mail server that does what it is told, and
// an operator between the two.
type world struct {
	*Reconciler
	t        *testing.T
	server   client.Client
	clock    *testingclock.FakePassiveClock
	post     *post
	recorder *events.FakeRecorder
	requests int
	// cut makes every write fail, as for a process that is dead.
	cut bool
}

func newWorld(t *testing.T) *world {
	t.Helper()
	scheme := apiruntime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, clock: testingclock.NewFakePassiveClock(start.Add(41 * time.Second))}
	w.server = fake.NewClientBuilder().WithScheme(scheme).WithStatusSubresource(&v1alpha1.Notice{}).
		WithObjects(aNotice(), aTenant()).WithInterceptorFuncs(interceptor.Funcs{
		SubResourceApply: func(ctx context.Context, c client.Client, name string, obj apiruntime.ApplyConfiguration, options ...client.SubResourceApplyOption) error {
			w.requests++
			if w.cut {
				return errors.New("connection refused")
			}
			return c.SubResource(name).Apply(ctx, obj, options...)
		},
	}).Build()
	w.restart()
	return w
}

// restart is another process: it remembers nothing.
func (w *world) restart() {
	w.cut, w.requests = false, 0
	w.recorder = events.NewFakeRecorder(100)
	w.post = &post{w: w}
	w.Reconciler = &Reconciler{
		Client: w.server, APIReader: &counting{w.server, w}, Clock: w.clock, Recorder: w.recorder, Transport: w.post,
		Options: Options{AccountsNamespace: accounts, AllowTestClock: true, Concurrency: 1, Domain: "salexops.example"},
	}
}

// counting counts live reads.
type counting struct {
	client.Client
	w *world
}

func (c *counting) Get(ctx context.Context, key client.ObjectKey, object client.Object, options ...client.GetOption) error {
	c.w.requests++
	return c.Client.Get(ctx, key, object, options...)
}

// post is the mail server.
type post struct {
	w *world
	// refuse is the error of dialling, answer that of a message by its address.
	refuse error
	answer map[string]error
	// during happens while a message is handed over.
	during func()
	sent   []mail.Message
}

func (p *post) Dial(context.Context) (mail.Session, error) {
	if p.refuse != nil {
		return nil, p.refuse
	}
	return p, nil
}

func (p *post) Send(_ context.Context, message mail.Message) error {
	attempts := p.w.look().Status.Attempts
	if len(attempts) == 0 || string(attempts[len(attempts)-1].Address) != message.To || attempts[len(attempts)-1].MessageID != message.ID {
		p.w.t.Error("the message is handed over before the intent is saved")
	}
	p.sent = append(p.sent, message)
	if p.during != nil {
		p.during()
	}
	return p.answer[message.To]
}

func (p *post) Close() error { return nil }

func aNotice() *v1alpha1.Notice {
	return &v1alpha1.Notice{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: accounts, Name: key.Name, UID: "uid-1", Generation: 1,
			Labels: map[string]string{v1alpha1.OpenNoticeLabel: "true", v1alpha1.TenantLabel: "acme"},
		},
		Spec: v1alpha1.NoticeSpec{
			TenantRef: v1alpha1.TenantReference{Name: "acme"},
			Purpose:   v1alpha1.NoticePurge,
			Deadline:  v1alpha1.Deadline{At: stamp(0), From: "2027-01-31"},
			Recipient: v1alpha1.NoticeRecipient{
				Name: "Lucía Moreno", Email: "old@acme.example", Locale: v1alpha1.LocaleSpanish, Company: "Ferretería Acme",
			},
			Lapse: &v1alpha1.NoticeLapse{
				PaidThrough: "2027-01-30", DueDate: "2027-01-31", DisableOn: "2027-02-04", PurgeNotBefore: "2027-03-03", NoticeDays: 5,
			},
		},
	}
}

func aTenant() *v1alpha1.Tenant {
	return &v1alpha1.Tenant{
		ObjectMeta: metav1.ObjectMeta{Namespace: accounts, Name: "acme", UID: "tenant-1"},
		Spec:       v1alpha1.TenantSpec{Owner: v1alpha1.Owner{Name: "Lucía Moreno", Email: lucia, AlternateEmail: cuentas}},
	}
}

// step reconciles once.
func (w *world) step() (ctrl.Result, error) {
	return w.Reconcile(w.t.Context(), ctrl.Request{NamespacedName: key})
}

// run reconciles until nothing more happens at this instant, and returns when it
// would come back.
func (w *world) run() time.Duration {
	w.t.Helper()
	for range 10 {
		before := w.look().ResourceVersion
		result, err := w.step()
		if err != nil {
			w.t.Fatal(err)
		}
		if w.look().ResourceVersion == before {
			return result.RequeueAfter
		}
	}
	w.t.Fatal("it never comes to rest")
	return 0
}

func (w *world) look() *v1alpha1.Notice {
	w.t.Helper()
	var notice v1alpha1.Notice
	if err := w.server.Get(w.t.Context(), key, &notice); err != nil {
		w.t.Fatal(err)
	}
	return &notice
}

// report is what the mail gateway writes.
func (w *world) report(report v1alpha1.NoticeReport) {
	w.t.Helper()
	notice := w.look()
	report.MessageID = notice.Status.Attempts[len(notice.Status.Attempts)-1].MessageID
	notice.Status.Reports = append(notice.Status.Reports, report)
	if err := w.server.Status().Update(w.t.Context(), notice); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) at(minutes int) { w.clock.SetTime(after(minutes)) }

// told are the events, in the order they were told in.
func (w *world) told() []string {
	var told []string
	for {
		select {
		case event := <-w.recorder.Events:
			if strings.Contains(event, "lucia") || strings.Contains(event, "cuentas") || strings.Contains(event, "Moreno") {
				w.t.Errorf("an event shows somebody: %s", event)
			}
			told = append(told, strings.Fields(event)[1])
		default:
			return told
		}
	}
}

func (w *world) expect(state v1alpha1.NoticeState, reason string) *v1alpha1.NoticeStatus {
	w.t.Helper()
	status := &w.look().Status
	got := ""
	if len(status.Conditions) == 1 {
		got = status.Conditions[0].Reason
	}
	if status.State != state || got != reason {
		w.t.Errorf("%s, Delivered: %s; not %s, %s\n%+v", status.State, got, state, reason, status.Conditions)
	}
	return status
}

// Get reads from elsewhere.
func (r *reading) Get(ctx context.Context, key client.ObjectKey, object client.Object, options ...client.GetOption) error {
	return r.reads.Get(ctx, key, object, options...)
}

// meddling is a live reader after which somebody else always writes the notice.
type meddling struct{ w *world }

func (m *meddling) Get(ctx context.Context, key client.ObjectKey, object client.Object, options ...client.GetOption) error {
	if err := m.w.server.Get(ctx, key, object, options...); err != nil {
		return err
	}
	notice := m.w.look()
	notice.Annotations = map[string]string{"touched": notice.ResourceVersion}
	return m.w.server.Update(ctx, notice)
}

func (m *meddling) List(ctx context.Context, list client.ObjectList, options ...client.ListOption) error {
	return m.w.server.List(ctx, list, options...)
}
