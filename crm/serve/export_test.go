package serve

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/grupobizopps/salexops/crm/archive"
)

func TestExportOfAnInstanceThatIsStopped(t *testing.T) {
	h := newHouse(t)
	h.start()
	to := filepath.Join(t.TempDir(), "acme.zip")
	if _, err := Export(t.Context(), h.config.Records, to, archive.Manifest{}); !errors.As(err, new(*InUseError)) {
		t.Errorf("while it runs: %v", err)
	}
	h.stop()
	done, err := Export(t.Context(), h.config.Records, to, archive.Manifest{Tenant: "acme", Version: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != done.SHA256 || done.Bytes != int64(len(raw)) || done.Manifest.Tenant != "acme" {
		t.Errorf("it says %+v of %d bytes", done, len(raw))
	}
	z, err := zip.OpenReader(to)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if last := z.File[len(z.File)-1]; last.Name != archive.ManifestName || len(z.File) != len(done.Manifest.Files)+1 {
		t.Errorf("it has %d files, the last is %s", len(z.File), last.Name)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(to), "*.tmp"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestExportThatCannotBeWritten(t *testing.T) {
	empty := t.TempDir()
	folder := t.TempDir()
	if _, err := Export(t.Context(), empty, filepath.Join(folder, "x.zip"), archive.Manifest{}); err == nil {
		t.Error("there is no database")
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := Export(t.Context(), empty, filepath.Join(folder, "missing", "x.zip"), archive.Manifest{}); err == nil {
		t.Error("there is no such folder")
	}
}
