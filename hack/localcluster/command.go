package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/build"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

// options are the flags that every command has.
type options struct {
	state  string
	cache  string
	source string
}

func newCommand() *cobra.Command {
	var o options
	root := &cobra.Command{
		Use:           "localcluster",
		Short:         "A real Kubernetes cluster of one node on this machine, built from source",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	flags := root.PersistentFlags()
	flags.StringVar(&o.state, "state", layout.DefaultState, "folder of the cluster's state")
	flags.StringVar(&o.cache, "cache", "", "folder of build results (default $LOCALCLUSTER_CACHE, else salexops/localcluster in the user's cache)")
	flags.StringVar(&o.source, "source", "", "folder of localcluster's own source (default $LOCALCLUSTER_SOURCE, else where it was compiled)")
	root.AddCommand(
		newBuildCommand(&o), newAssetsCommand(&o),
		newUpCommand(&o), newDownCommand(&o), newStatusCommand(&o), newEnvCommand(&o),
		newLoadImageCommand(&o), newPublishCommand(&o), newAgentCommand(&o),
	)
	return root
}

// builder returns the build cache and the folder of the source.
func (o *options) builder() (build.Cache, string, error) {
	source, err := build.FindSource(o.source)
	if err != nil {
		return build.Cache{}, "", err
	}
	dir, err := layout.Cache(o.cache)
	if err != nil {
		return build.Cache{}, "", fmt.Errorf("finding the build cache: %w", err)
	}
	return build.Cache{Dir: dir, Progress: os.Stderr}, source, nil
}

func newBuildCommand(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "build",
		Short: "Build every program of the cluster, or find it in the cache",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cache, source, err := o.builder()
			if err != nil {
				return err
			}
			for _, recipe := range build.Recipes(source) {
				dir, err := cache.Ensure(cmd.Context(), recipe)
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%-10s %-8s %s\n", recipe.Name, recipe.Version, dir)
			}
			return nil
		},
	}
}

func newAssetsCommand(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "assets",
		Short: "Print the folder for KUBEBUILDER_ASSETS: kube-apiserver, etcd and kubectl",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cache, source, err := o.builder()
			if err != nil {
				return err
			}
			dir, err := cache.Assets(cmd.Context(), source)
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), dir)
			return nil
		},
	}
}
