// Command kubectl-salexops is `kubectl salexops`: see package plugin and
// docs/kubectl.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	// The contract's zone is looked up by name, whatever the machine has.
	_ "time/tzdata"

	"github.com/go-logr/logr"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/printers"
	"k8s.io/klog/v2"
	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/grupobizopps/salexops/internal/plugin/command"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
	"github.com/grupobizopps/salexops/internal/plugin/simulate"
)

// version is set when the binary is built.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	code := run(ctx, genericiooptions.IOStreams{In: os.Stdin, Out: os.Stdout, ErrOut: os.Stderr}, os.Args[1:])
	stop()
	os.Exit(code)
}

func run(ctx context.Context, streams genericiooptions.IOStreams, arguments []string) int {
	// What went wrong is said once, by the command, in words for a person.
	ctrllog.SetLogger(logr.Discard())
	klog.SetLogger(logr.Discard())

	root := command.New(command.Environment{
		IOStreams: streams,
		Clock:     clock.RealClock{},
		Colour:    printers.AllowsColorOutput(streams.Out),
		Version:   version,
		Connect: func(flags genericclioptions.RESTClientGetter) (client.Client, error) {
			return ledger.Connect(flags, "kubectl-salexops/"+version)
		},
	}, simulate.NewCommand(streams))
	return command.Run(ctx, root, arguments)
}
