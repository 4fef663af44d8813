package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// teamSettings is the name under which crm.Settings are stored.
const teamSettings = "team"

const selectSetting = `SELECT value FROM setting WHERE name = ?`

// loadSettings reads what the team has agreed on, once; it is kept in memory,
// since every request asks for it.
func (db *DB) loadSettings(ctx context.Context) error {
	settings := crm.Settings{Visibility: crm.VisibleToAll}
	var stored string
	err := db.queries.queryRow(ctx, selectSetting, teamSettings).Scan(&stored)
	if err == nil {
		err = json.Unmarshal([]byte(stored), &settings)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read the settings: %w", err)
	}
	db.settings.Store(&settings)
	return nil
}

// saveSetting stores a value as JSON under a name.
func (t *tx) saveSetting(name string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("write setting %s: %w", name, err)
	}
	_, err = t.exec(`INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, string(raw))
	return err
}
