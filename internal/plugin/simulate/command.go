package simulate

import (
	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericiooptions"

	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/plugin"
)

const long = `What will happen to the tenants of some manifests, and when, without a cluster.

Reads PlatformPolicy, Plan, Tenant, Subscription, Suspension, Cancellation and
TermsRevision, with their status where they have one; several documents a file.
Without a PlatformPolicy the contract's own figures count.

Every act is carried out the instant it is due, billing has told everything at
every instant, payments become known when they are received, and notices are
delivered when they are due: unless --billing-as-of and --notice-outage say
otherwise. Events from 00:00 of --from until 00:00 of --until are printed, in the
contract's zone.

Exit code 2: a file or a flag has to be mended; then nothing is printed but what
is wrong, with the file, the document's number and the field.`

const example = `  # What happens to a tenant that doesn't pay any more
  kubectl salexops simulate -f platform.yaml -f acme.yaml --from 2027-01-01 --until 2027-04-01

  # The same with no mail from 18 to 22 February, for a program
  kubectl salexops simulate -f platform.yaml -f acme.yaml --from 2027-01-01 --until 2027-04-01 \
    --notice-outage 2027-02-18..2027-02-22 -o json`

// NewCommand is `kubectl salexops simulate`. Its errors are *plugin.ExitError.
func NewCommand(streams genericiooptions.IOStreams) *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use:     "simulate -f FILE --from DATE --until DATE",
		Short:   "What will happen to the tenants of some files, and when",
		Long:    long,
		Example: example,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return plugin.Usagef("%q: files are named with -f", args[0])
			}
			return nil
		},
		RunE:          func(*cobra.Command, []string) error { return run(streams, &o) },
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return plugin.Usagef("%w\nSee: %s --help", err, cmd.CommandPath())
	})
	flags := cmd.Flags()
	flags.StringArrayVarP(&o.files, "filename", "f", nil, "File with manifests, or - for the standard input; may be repeated")
	flags.StringVar(&o.from, "from", "", "First date to tell of, such as 2027-01-01")
	flags.StringVar(&o.until, "until", "", "First date not to tell of any more")
	flags.StringVarP(&o.output, "output", "o", outputText, "json (an object a line) or text")
	flags.StringVar(&o.billingAsOf, "billing-as-of", "", "Instant at which the billing feed stops, such as 2027-02-01T07:00:00Z")
	flags.StringArrayVar(&o.noticeOutages, "notice-outage", nil, "Dates on which no notice is delivered, such as 2027-02-18..2027-02-22; may be repeated")
	return cmd
}

// run reads everything, lives it, and prints it.
func run(streams genericiooptions.IOStreams, o *options) error {
	span, err := o.span()
	if err != nil {
		return err
	}
	assume, err := o.assumptions()
	if err != nil {
		return err
	}
	l, err := read(o.files, streams.In)
	if err != nil {
		return err
	}
	policy, err := facts.PolicyOf(l.policy)
	if err != nil {
		return usage([]problem{l.locate(err)})
	}
	events, err := l.events(policy.Zone, span, assume)
	if err != nil {
		return err
	}
	if o.output == outputJSON {
		err = printJSON(streams.Out, policy.Zone, events)
	} else {
		err = printText(streams.Out, policy.Zone, span, events)
	}
	if err != nil {
		return plugin.Failedf("printing the events: %w", err)
	}
	return nil
}
