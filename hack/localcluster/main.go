// Command localcluster brings up a real Kubernetes cluster of one node on this
// machine, from source, and takes it down without a trace.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/cni"
)

func main() {
	if filepath.Base(os.Args[0]) == cni.Name {
		cni.Main()
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := newCommand().ExecuteContext(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "localcluster:", err)
		os.Exit(1)
	}
}
