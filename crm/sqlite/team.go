package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Team is what the operator is told about the users: who takes a seat, and
// whether the owner has replaced the initial password.
type Team struct {
	Enabled              []*crm.User
	Users                int64     // enabled or not
	LastSeenAt           time.Time // of any user; zero: never
	OwnerPasswordChanged bool
}

const selectTeam = `SELECT ` + userColumns + `, u.role = 'owner' AND u.password_changed_at IS NOT NULL FROM user AS u ORDER BY u.id`

// Team reads all users, for the process itself: no actor is needed.
func (db *DB) Team(ctx context.Context) (Team, error) {
	var team Team
	err := db.queries.each(ctx, selectTeam, nil, func(rows *sql.Rows) error {
		changed := false
		u, err := db.scanUser(rows.Scan, &changed)
		if err != nil {
			return err
		}
		team.Users++
		team.OwnerPasswordChanged = team.OwnerPasswordChanged || changed
		if u.LastSeenAt.After(team.LastSeenAt) {
			team.LastSeenAt = u.LastSeenAt
		}
		if u.DisabledAt.IsZero() {
			team.Enabled = append(team.Enabled, u)
		}
		return nil
	})
	if err != nil {
		return Team{}, fmt.Errorf("read the team: %w", err)
	}
	return team, nil
}
