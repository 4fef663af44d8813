// Package command wires the plugin's questions and acts to kubectl's flags: read
// the cluster, gather a report, print it.
package command

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/internal/plugin"
)

// DefaultNamespace is where the ledger is unless -n says otherwise.
const DefaultNamespace = "salexops-accounts"

// Environment is what the plugin finds around it.
type Environment struct {
	genericiooptions.IOStreams
	// Clock is the real time; a test clock of the platform's policy goes before.
	Clock clock.PassiveClock
	// Colour says that Out shows colours, and that nobody minds.
	Colour bool
	// Version is the plugin's own.
	Version string
	// Connect makes a client for the cluster that the flags choose.
	Connect func(genericclioptions.RESTClientGetter) (client.Client, error)
}

// house is what all commands share.
type house struct {
	Environment
	flags *genericclioptions.ConfigFlags
}

// New is `kubectl salexops` with its commands, and those of others.
func New(environment Environment, others ...*cobra.Command) *cobra.Command {
	namespace := DefaultNamespace
	h := &house{Environment: environment, flags: genericclioptions.NewConfigFlags(true)}
	h.flags.Namespace = &namespace
	root := &cobra.Command{
		Use:   "kubectl-salexops",
		Short: "How the tenants of SaleXops stand, why, and what comes",
		Long: `How the tenants of SaleXops stand, why, and what comes.

Times are those of the contract's zone (PlatformPolicy.spec.timeZone). Exit codes:
0 fine, 1 the cluster or the act failed, 2 the command has to be mended.`,
		Annotations:   map[string]string{cobra.CommandDisplayNameAnnotation: "kubectl salexops"},
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetIn(h.In)
	root.SetOut(h.Out)
	root.SetErr(h.ErrOut)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return plugin.Usagef("%w\nSee: %s --help", err, cmd.CommandPath())
	})
	h.addFlags(root)
	root.AddCommand(
		newStatus(h), newTimeline(h), newExplain(h), newDue(h),
		newPay(h), newHold(h), newRelease(h), newAcknowledge(h), newVersion(h),
	)
	root.AddCommand(others...)
	return root
}

// seldom are flags of kubectl that work here too and would only make the help
// longer.
var seldom = []string{
	"as-group", "as-uid", "as-user-extra", "cache-dir", "certificate-authority", "client-certificate", "client-key",
	"cluster", "disable-compression", "insecure-skip-tls-verify", "proxy-url", "server", "tls-server-name", "token", "user",
}

func (h *house) addFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	h.flags.AddFlags(flags)
	flags.Lookup("namespace").Usage = "The accounts namespace, where Tenants and Subscriptions are"
	flags.Lookup("as").Usage = "User or service account to act as"
	flags.Lookup("request-timeout").Usage = "How long to wait for one answer of the cluster, such as 30s; 0 means without end"
	for _, name := range seldom {
		if flag := flags.Lookup(name); flag != nil {
			flag.Hidden = true
		}
	}
}

// knownCommand refuses a word that is no command, and says which was meant.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "see kubectl salexops --help"
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return plugin.Usagef("%q is not a command of kubectl salexops: %s", args[0], hint)
}

// Run runs the command that the arguments name, says what went wrong, and gives
// the code to exit with.
func Run(ctx context.Context, root *cobra.Command, arguments []string) int {
	root.SetArgs(append([]string{}, arguments...)) // Cobra takes nil for those of the process.
	err := root.ExecuteContext(ctx)
	if err != nil {
		fmt.Fprintln(root.ErrOrStderr(), "error:", err)
	}
	return plugin.ExitCode(err)
}
