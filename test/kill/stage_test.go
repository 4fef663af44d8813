package kill_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	testingclock "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/mail"
	"github.com/grupobizopps/salexops/test/controlplane"
	"github.com/grupobizopps/salexops/test/smtpserver"
)

// prepare lives with one tenant a scenario until its owner has been told of the
// deletion on 3 March, and then sets the clock to that day. Each is on hold until
// its turn comes.
func (s *stage) prepare(plane *controlplane.Plane) {
	s.t.Helper()
	s.must(s.t, s.c.Create(s.ctx, controlplane.Policy()))
	s.must(s.t, s.c.Create(s.ctx, controlplane.PaidPlan("team")))
	operator := s.startInside(plane)
	s.must(s.t, s.world.Live(s.ctx, "2027-01-15 11:00"))
	for _, scenario := range scenarios() {
		tenant := controlplane.Tenant(scenario.name)
		tenant.Spec.Hold = true
		s.must(s.t, s.c.Create(s.ctx, tenant))
		s.must(s.t, s.c.Create(s.ctx, controlplane.Subscription(scenario.name, "team")))
		s.must(s.t, s.world.Pay(s.ctx, scenario.name, "pay-0001", "2026-12-31 11:00", "2026-12-31", "2027-01-30"))
	}
	s.everybody(v1alpha1.BillingCurrent)
	for _, step := range []struct {
		to      string
		billing v1alpha1.BillingState
	}{
		{"2027-02-01", v1alpha1.BillingGrace}, {"2027-02-04", v1alpha1.BillingDisabled}, {"2027-02-20", v1alpha1.BillingPurgeScheduled},
	} {
		s.must(s.t, s.world.Live(s.ctx, step.to))
		s.everybody(step.billing)
	}
	s.must(s.t, operator.Stop())
	s.must(s.t, s.world.Live(s.ctx, "2027-03-03"))
	s.before = map[string]volumes{}
	for _, scenario := range scenarios() {
		s.before[scenario.name] = volumes{
			records:   s.uid(&corev1.PersistentVolumeClaim{}, scenario.name, "records"),
			documents: s.uid(&corev1.PersistentVolumeClaim{}, scenario.name, "documents"),
			key:       s.uid(&corev1.Secret{}, scenario.name, "crm-documents-key"),
		}
	}
}

// startInside starts an operator in this process, with a mail server.
func (s *stage) startInside(plane *controlplane.Plane) *controlplane.Operator {
	s.t.Helper()
	post, err := smtpserver.Start(smtpserver.Options{Username: "salexops", Password: "correct horse"})
	s.must(s.t, err)
	s.t.Cleanup(func() { _ = post.Close() })
	dir := s.t.TempDir()
	for name, content := range map[string]string{"username": "salexops", "password": "correct horse", "ca.crt": string(post.CA())} {
		s.must(s.t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	sender, err := mail.NewSender(mail.Settings{Server: post.Addr(), From: "SaleXops <avisos@salexops.example>", CredentialsDir: dir})
	s.must(s.t, err)
	options := controlplane.OperatorOptions(testingclock.NewFakePassiveClock(controlplane.Now), controlplane.Silence{})
	options.ExchangeInterval = time.Hour
	options.Transport, options.NoticeConcurrency, options.MailDomain = sender, 4, "salexops.example"
	operator, err := controlplane.StartOperator(s.ctx, plane.OperatorConfig, options)
	s.must(s.t, err)
	return operator
}

// everybody waits until all tenants stand as they should and have their volumes.
func (s *stage) everybody(billing v1alpha1.BillingState) {
	s.t.Helper()
	s.eventually(s.t, nil, func() string {
		for _, scenario := range scenarios() {
			var tenant v1alpha1.Tenant
			if err := s.c.Get(s.ctx, client.ObjectKey{Namespace: controlplane.Accounts, Name: scenario.name}, &tenant); err != nil {
				return err.Error()
			}
			if tenant.Status.Standing == nil || tenant.Status.Standing.Billing != billing {
				return scenario.name + " is not " + string(billing)
			}
			var documents corev1.PersistentVolumeClaim
			if err := s.c.Get(s.ctx, client.ObjectKey{Namespace: "crm-" + scenario.name, Name: "documents"}, &documents); err != nil {
				return err.Error()
			}
			if documents.Spec.VolumeName == "" {
				return scenario.name + " has no volume"
			}
		}
		return ""
	})
}

// uid is that of an object in a tenant's namespace; empty where there is none,
// or where it is on its way out.
func (s *stage) uid(object client.Object, tenant, name string) types.UID {
	err := s.c.Get(s.ctx, client.ObjectKey{Namespace: "crm-" + tenant, Name: name}, object)
	if err != nil || object.GetDeletionTimestamp() != nil {
		return ""
	}
	return object.GetUID()
}

// eventually waits until nothing differs.
func (s *stage) eventually(t *testing.T, m *manager, differs func() string) {
	t.Helper()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	deadline := time.After(40 * time.Second)
	for {
		difference := differs()
		if difference == "" {
			return
		}
		select {
		case <-ticker.C:
		case <-deadline:
			log := ""
			if m != nil {
				log = m.tail()
			}
			t.Fatalf("%s\n%s", difference, log)
		}
	}
}

func (s *stage) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
