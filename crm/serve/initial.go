package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/grupobizopps/salexops/crm/sqlite"
)

// createOwner makes the first user from the initial files when the instance
// has none. Once it has one, the files are not looked at: a restart never
// resets a password (contract 2.4).
func createOwner(ctx context.Context, db *sqlite.DB, folder, locale string) (created bool, err error) {
	found, err := db.HasUsers(ctx)
	if err != nil || found || folder == "" {
		return false, err
	}
	owner := sqlite.InitialOwner{Locale: locale}
	for name, target := range map[string]*string{"email": &owner.Email, "name": &owner.Name, "password": &owner.Password} {
		text, err := os.ReadFile(filepath.Join(folder, name)) //nolint:gosec // the folder is the operator's flag
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil // not mounted yet; the next start or exchange looks again
		}
		if err != nil {
			return false, fmt.Errorf("read the initial owner: %w", err)
		}
		*target = strings.TrimRight(string(text), "\r\n")
	}
	return db.CreateInitialOwner(ctx, owner)
}
