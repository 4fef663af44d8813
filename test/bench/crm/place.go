package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/serve"
	"github.com/grupobizopps/salexops/crm/sqlite"
	"github.com/grupobizopps/salexops/license"
)

// The one user of the measured instance.
const (
	ownerEmail    = "lucia@acme.example"
	ownerPassword = "kd93-fmx2-9qpt-zz4w"
)

// place is an instance's folders and addresses.
type place struct {
	root            string
	public, private string
}

func (p *place) path(name string) string { return filepath.Join(p.root, name) }

// furnish makes an existing database with its owner and seeded records, and a
// licence for it.
func furnish(ctx context.Context, root string, sizes serve.Sizes) (*place, error) {
	p := &place{root: root}
	for _, name := range []string{"records", "documents", "licence", "keys"} {
		if err := os.MkdirAll(p.path(name), 0o700); err != nil {
			return nil, fmt.Errorf("furnish: %w", err)
		}
	}
	if err := p.license(); err != nil {
		return nil, fmt.Errorf("furnish: %w", err)
	}
	if _, err := os.Stat(p.path("records/crm.db")); errors.Is(err, os.ErrNotExist) {
		began := time.Now()
		if err := p.fill(ctx, sizes); err != nil {
			return nil, fmt.Errorf("furnish: %w", err)
		}
		say("%+v seeded in %s", sizes, time.Since(began).Round(time.Second))
	}
	for _, address := range []*string{&p.public, &p.private} {
		free, err := freeAddress(ctx)
		if err != nil {
			return nil, fmt.Errorf("furnish: %w", err)
		}
		*address = free
	}
	return p, nil
}

func (p *place) license() error {
	keys, err := license.GenerateKeySet()
	if err != nil {
		return err
	}
	signer, err := keys.Signer()
	if err != nil {
		return err
	}
	trusted, err := keys.TrustedKeys().MarshalJSON()
	if err != nil {
		return err
	}
	token, err := signer.Issue(&license.Claims{
		Issuer: license.DefaultIssuer, Serial: 1, Tenant: "acme", DisplayName: "Ferretería Acme", Holder: "bench",
		Locale: "es-MX", TimeZone: "America/Hermosillo", Plan: "team", PlanDisplayName: "Team", Tier: license.TierPaid,
		Seats: 10, SessionsPerUser: 1, DocumentQuotaBytes: 10 << 30, Access: license.AccessOpen,
		ValidFrom: time.Now().Add(-time.Hour), IssuedAt: time.Now(),
	})
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"licence/trusted-keys.json": trusted, "licence/licence.jws": []byte(token), "keys/exchange-token": []byte("bench"),
	} {
		if err := os.WriteFile(p.path(name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// fill makes the owner and the seeded records.
func (p *place) fill(ctx context.Context, sizes serve.Sizes) error {
	db, err := sqlite.Open(ctx, sqlite.Config{Path: p.path("records/crm.db"), Rights: func() crm.Rights {
		return crm.Rights{Valid: true, Access: string(license.AccessOpen), Seats: 1}
	}})
	if err != nil {
		return err
	}
	_, err = db.CreateInitialOwner(ctx, sqlite.InitialOwner{Email: ownerEmail, Name: "Lucía Moreno", Password: ownerPassword})
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	_, err = serve.Seed(ctx, serve.SeedPlan{Records: p.path("records"), Seed: 1, Sizes: sizes, Until: time.Now()})
	return err
}

// freeAddress finds a port that is free now.
func freeAddress(ctx context.Context) (string, error) {
	socket, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return socket.Addr().String(), socket.Close()
}
