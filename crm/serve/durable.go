package serve

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// writeDurably replaces a file as a whole: a reader, or a machine that loses
// power at any moment, sees the old content or the new one, and after it
// returns the new one is on disk.
func writeDurably(path string, content []byte) error {
	folder := filepath.Dir(path)
	file, err := os.CreateTemp(folder, filepath.Base(path)+".*.tmp")
	if err != nil {
		return fmt.Errorf("create file next to %s: %w", path, err)
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(file.Name()))
	}
	return syncFolder(folder)
}

// syncFolder makes a rename in the folder durable.
func syncFolder(folder string) error {
	opened, err := os.Open(folder) //nolint:gosec // a folder of the operator's flags
	if err != nil {
		return fmt.Errorf("open folder %s: %w", folder, err)
	}
	if err := errors.Join(opened.Sync(), opened.Close()); err != nil {
		return fmt.Errorf("sync folder %s: %w", folder, err)
	}
	return nil
}
