package serve

import (
	"context"
	"fmt"

	"github.com/grupobizopps/salexops/crm/sqlite"
	"github.com/grupobizopps/salexops/instance"
)

// report says how the instance is doing, as the answer to the exchange.
func report(ctx context.Context, db *sqlite.DB, licences *licences, version string) (instance.Report, error) {
	usage, err := db.Usage(ctx)
	if err != nil {
		return instance.Report{}, fmt.Errorf("report: %w", err)
	}
	team, err := db.Team(ctx)
	if err != nil {
		return instance.Report{}, fmt.Errorf("report: %w", err)
	}
	r := instance.Report{
		Version: version,
		Usage: instance.Usage{
			DocumentBytes: usage.DocumentBytes, RecordsBytes: usage.RecordsBytes,
			Contacts: usage.Contacts, Companies: usage.Companies, Users: team.Users,
		},
		LastActivityAt:       team.LastSeenAt,
		OwnerPasswordChanged: team.OwnerPasswordChanged,
	}
	r.Serial, r.KeyID = licences.serialAndKey()
	for _, u := range team.Enabled {
		r.Holders = append(r.Holders, instance.Holder{UserID: u.ID, Name: u.Name, Email: u.Email})
	}
	return r, nil
}
