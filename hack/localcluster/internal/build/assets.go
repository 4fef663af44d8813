package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// Assets returns a folder fit for KUBEBUILDER_ASSETS: envtest finds
// kube-apiserver, etcd and kubectl there by these names. Only the multi-call
// binary is built for it.
func (c Cache) Assets(ctx context.Context, source string) (string, error) {
	kube, err := c.Ensure(ctx, Kube(source))
	if err != nil {
		return "", err
	}
	dir := kube + "-assets"
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("creating the assets folder: %w", err)
	}
	for _, name := range []string{"etcd", "kube-apiserver", "kubectl"} {
		if err := Link(filepath.Join("..", filepath.Base(kube), name), filepath.Join(dir, name)); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// Link makes path a link to target, replacing what is there in one step.
func Link(target, path string) error {
	if current, err := os.Readlink(path); err == nil && current == target {
		return nil
	}
	temp := path + ".new"
	_ = os.Remove(temp)
	if err := os.Symlink(target, temp); err != nil {
		return fmt.Errorf("linking %s: %w", path, err)
	}
	if err := os.Rename(temp, path); err != nil {
		return fmt.Errorf("linking %s: %w", path, err)
	}
	return nil
}
