package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/image"
)

// certificates is where Debian keeps the authorities that browsers trust, and
// where programs in an image look for them.
const certificates = "/etc/ssl/certs/ca-certificates.crt"

// imageFlags are those of load-image.
type imageFlags struct {
	name       string
	archive    string
	binaries   []string
	files      []string
	entrypoint []string
	env        []string
	caCerts    bool
}

func newLoadImageCommand(o *options) *cobra.Command {
	var f imageFlags
	cmd := &cobra.Command{
		Use:   "load-image [NAME=BINARY ...] | --name NAME --binary PATH ... | --archive FILE",
		Short: "Build images from static programs and make them known to the cluster",
		Long: `Build images from static programs, without a base image, and make them known
to the cluster. An image holds the programs at its root, a writable /tmp and the
names root and nonroot; it runs as nonroot (65532) unless the pod says otherwise.

  localcluster load-image salexops/crm:dev=bin/crm salexops/manager:dev=bin/manager
  localcluster load-image --name salexops/crm:dev --binary bin/crm --file LICENSE:/LICENSE
  localcluster load-image --archive image.tar`,
		RunE: func(cmd *cobra.Command, args []string) error {
			specs, err := f.specs(args)
			if err != nil {
				return err
			}
			return f.load(cmd, o, specs)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.name, "name", "", "name of the image, such as salexops/crm:dev")
	flags.StringVar(&f.archive, "archive", "", "import an image archive made elsewhere")
	flags.StringArrayVar(&f.binaries, "binary", nil, "static program; becomes /NAME (repeatable, the first is the entry point)")
	flags.StringArrayVar(&f.files, "file", nil, "HOST:PLACE, a further file (repeatable)")
	flags.StringArrayVar(&f.entrypoint, "entrypoint", nil, "word of the entry point (repeatable; default the first program)")
	flags.StringArrayVar(&f.env, "env", nil, "NAME=VALUE (repeatable)")
	flags.BoolVar(&f.caCerts, "ca-certs", false, "add this machine's certificate authorities")
	return cmd
}

// specs returns what each named image is made of.
func (f imageFlags) specs(args []string) (map[string]image.Spec, error) {
	files := map[string]string{}
	for _, pair := range f.files {
		source, place, ok := strings.Cut(pair, ":")
		if !ok {
			return nil, fmt.Errorf("--file %s: want HOST:PLACE", pair)
		}
		files[place] = source
	}
	if f.caCerts {
		files[certificates] = certificates
	}
	specs := map[string]image.Spec{}
	if f.name != "" {
		specs[f.name] = image.Spec{Binaries: f.binaries, Files: files, Entrypoint: f.entrypoint, Env: f.env}
	} else if len(f.binaries) > 0 {
		return nil, errors.New("--binary goes with --name")
	}
	for _, arg := range args {
		name, binary, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, fmt.Errorf("%s: want NAME=BINARY", arg)
		}
		specs[name] = image.Spec{Binaries: []string{binary}, Files: files, Env: f.env}
	}
	if len(specs) == 0 && f.archive == "" {
		return nil, errors.New("nothing to load: give NAME=BINARY, --name with --binary, or --archive")
	}
	return specs, nil
}

func (f imageFlags) load(cmd *cobra.Command, o *options, specs map[string]image.Spec) error {
	c, err := o.cluster()
	if err != nil {
		return err
	}
	store := c.Images()
	for name, spec := range specs {
		img, err := image.Build(spec)
		if err != nil {
			return err
		}
		if err := store.Import(cmd.Context(), name, img); err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), name)
	}
	if f.archive == "" {
		return nil
	}
	archive, err := os.Open(f.archive)
	if err != nil {
		return fmt.Errorf("opening the archive: %w", err)
	}
	defer archive.Close()
	return store.ImportArchive(cmd.Context(), archive)
}
