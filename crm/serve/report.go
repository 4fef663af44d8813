package serve

import (
	"context"
	"fmt"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
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
	requests, err := db.OpenRequests(ctx, maxReported)
	if err != nil {
		return instance.Report{}, fmt.Errorf("report: %w", err)
	}
	for _, q := range requests {
		r.Decisions = append(r.Decisions, decision(q))
	}
	return r, nil
}

// maxReported keeps a report below instance.MaxReportBytes, whatever the
// requests say: the rest follows when the operator has these.
const maxReported = 30

// decision is a request as the operator reads it.
func decision(q *crm.Request) instance.Decision {
	return instance.Decision{
		ID: strconv.FormatInt(q.ID, 10), Kind: instance.DecisionKind(q.Kind), At: q.At,
		By:        instance.Holder{UserID: q.UserID, Name: q.UserName, Email: q.UserEmail},
		Reference: q.Reference, Digest: q.Digest, Evidence: q.Evidence,
		Category: string(q.Category), Subject: q.Subject, Text: q.Text,
	}
}
