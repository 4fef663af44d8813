package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/agent"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/cluster"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

// cluster returns the cluster that the flags speak of, without what is needed
// to build it.
func (o *options) cluster() (*cluster.Cluster, error) {
	paths, err := layout.At(o.state)
	if err != nil {
		return nil, fmt.Errorf("finding the state folder: %w", err)
	}
	return &cluster.Cluster{Paths: paths, Out: os.Stderr}, nil
}

func newUpCommand(o *options) *cobra.Command {
	var (
		fresh      bool
		kubeconfig string
		settings   component.Options
	)
	cmd := &cobra.Command{
		Use:   "up",
		Short: "Bring the cluster up, from wherever it is, and wait until it is ready",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := o.cluster()
			if err != nil {
				return err
			}
			c.Options = settings
			if c.Cache, c.Source, err = o.builder(); err != nil {
				return err
			}
			if fresh {
				if err := c.Down(cmd.Context()); err != nil {
					return err
				}
			}
			if err := c.Up(cmd.Context()); err != nil {
				return err
			}
			return handOver(cmd, c, kubeconfig)
		},
	}
	cmd.Flags().BoolVar(&fresh, "fresh", false, "take everything away first")
	cmd.Flags().StringVar(&kubeconfig, "kubeconfig", "", "also write the administrator's kubeconfig here")
	cmd.Flags().BoolVar(&settings.Audit, "audit", false, "have the API server log every change to log/audit.log")
	return cmd
}

// handOver copies the kubeconfig where it is wanted and says how to use it.
func handOver(cmd *cobra.Command, c *cluster.Cluster, kubeconfig string) error {
	if kubeconfig != "" {
		if err := c.CopyKubeconfig(kubeconfig); err != nil {
			return err
		}
	} else {
		kubeconfig = c.Paths.Kubeconfig()
	}
	fmt.Fprintf(cmd.OutOrStdout(), "export KUBECONFIG=%s\n", kubeconfig)
	return nil
}

func newDownCommand(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "down",
		Short: "Take the cluster away with everything in it, and leave nothing on the machine",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := o.cluster()
			if err != nil {
				return err
			}
			return c.Down(cmd.Context())
		},
	}
}

func newStatusCommand(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "status",
		Short: "Show how each component is; the exit code says whether the cluster is ready",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := o.cluster()
			if err != nil {
				return err
			}
			return c.Status(cmd.Context(), cmd.OutOrStdout())
		},
	}
}

func newEnvCommand(o *options) *cobra.Command {
	return &cobra.Command{
		Use:     "env",
		Aliases: []string{"kubeconfig"},
		Short:   "Print what a shell needs to use the cluster: eval \"$(localcluster env)\"",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := o.cluster()
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "export KUBECONFIG=%s\nexport PATH=%s:$PATH\n", c.Paths.Kubeconfig(), c.BinDir())
			return nil
		},
	}
}

func newAgentCommand(o *options) *cobra.Command {
	return &cobra.Command{
		Use:    "agent",
		Short:  "Serve volumes, network policies and load balancers (started by up)",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			paths, err := layout.At(o.state)
			if err != nil {
				return err
			}
			return agent.Run(cmd.Context(), paths)
		},
	}
}
