package admission

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/envtest"

	crmv1 "github.com/grupobizopps/salexops/api/v1alpha1"
)

// kubectl runs kubectl as an administrator who acts as the billing system, the
// way config/samples/billing/README.md shows it, and returns what it said.
func kubectl(t *testing.T, kubeconfig string, args ...string) (string, error) {
	t.Helper()
	program := filepath.Join(os.Getenv("KUBEBUILDER_ASSETS"), "kubectl")
	command := exec.CommandContext(t.Context(), program, args...)
	command.Dir = filepath.Join(root, "config/samples/billing")
	command.Env = append(os.Environ(), "KUBECONFIG="+kubeconfig)
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	err := command.Run()
	return said.String(), err
}

// administrator writes a kubeconfig of a new administrator.
func administrator(t *testing.T) string {
	t.Helper()
	g := NewWithT(t)
	user, err := environment.AddUser(envtest.User{Name: "administrator", Groups: []string{"system:masters"}}, nil)
	g.Expect(err).NotTo(HaveOccurred())
	data, err := user.KubeConfig()
	g.Expect(err).NotTo(HaveOccurred())
	path := filepath.Join(t.TempDir(), "kubeconfig")
	g.Expect(os.WriteFile(path, data, 0o600)).To(Succeed())
	return path
}

// documented returns the commands of the README beside the samples, each as
// its words; they are the ones that a billing system's author copies.
func documented(t *testing.T) [][]string {
	t.Helper()
	g := NewWithT(t)
	data, err := os.ReadFile(filepath.Join(root, "config/samples/billing/README.md"))
	g.Expect(err).NotTo(HaveOccurred())
	var commands [][]string
	for _, line := range strings.Split(strings.ReplaceAll(string(data), "\\\n", " "), "\n") {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "kubectl" {
			commands = append(commands, words[1:])
		}
	}
	return commands
}

func TestTheDocumentedWaysOfTellingWhoPaidWork(t *testing.T) {
	g := NewWithT(t)
	create(t, sample(t, "PlatformPolicy", "default"))
	subscription := create(t, sample(t, "Subscription", "acme"))
	kubeconfig := administrator(t)
	commands := documented(t)
	g.Expect(commands).To(HaveLen(5), "append, merge, apply, feed, reverse")
	for _, command := range commands {
		said, err := kubectl(t, kubeconfig, command...)
		g.Expect(err).NotTo(HaveOccurred(), "kubectl %s: %s", strings.Join(command, " "), said)
	}

	live := &crmv1.Subscription{}
	g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(subscription), live)).To(Succeed())
	g.Expect(live.Status.Billing.Payments).To(HaveLen(3))
	g.Expect(live.Status.Billing.Payments[0].ReversedAt).NotTo(BeNil())
	g.Expect(live.Status.Billing.AsOf).NotTo(BeNil())
	policy := &crmv1.PlatformPolicy{}
	g.Expect(admin.Get(t.Context(), client.ObjectKey{Name: "default"}, policy)).To(Succeed())
	g.Expect(policy.Status.BillingFeed.AsOf).NotTo(BeNil())

	said, err := kubectl(t, kubeconfig, "patch", "subscription", "acme", "-n", accounts, "--subresource=status",
		"--type=merge", "-p", `{"status":{"billing":{"payments":[]}}}`)
	g.Expect(err).To(HaveOccurred())
	g.Expect(said).To(ContainSubstring(`The Subscription "acme" is invalid`))
	g.Expect(said).To(ContainSubstring("a payment is never removed (missing: pay-0001 and others); to undo one, set its reversedAt"))
	t.Log(said)
}
