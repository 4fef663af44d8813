package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/agent"
)

func newPublishCommand(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "publish [NAMESPACE/SERVICE]",
		Short: "Publish a Service on 127.0.0.1, or list what is published",
		Long: `Publish a Service on 127.0.0.1, at its own ports, by making it one of type
LoadBalancer, and wait until it is. Without a Service, list what is published.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := o.cluster()
			if err != nil {
				return err
			}
			if len(args) == 1 {
				namespace, name, ok := strings.Cut(args[0], "/")
				if !ok {
					return fmt.Errorf("%s: want NAMESPACE/SERVICE", args[0])
				}
				if err := c.Publish(cmd.Context(), namespace, name); err != nil {
					return err
				}
			}
			published, err := agent.Published(cmd.Context())
			if err != nil {
				return err
			}
			for _, line := range published {
				if len(args) == 0 || strings.HasSuffix(line, " "+args[0]) {
					fmt.Fprintln(cmd.OutOrStdout(), line)
				}
			}
			return nil
		},
	}
}
