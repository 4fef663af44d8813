package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/grupobizopps/salexops/crm"
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

// furnish makes an existing database with its owner and contacts, and a
// licence for it.
func furnish(ctx context.Context, root string, contacts int) (*place, error) {
	p := &place{root: root}
	for _, name := range []string{"records", "documents", "licence", "keys"} {
		if err := os.Mkdir(p.path(name), 0o700); err != nil {
			return nil, fmt.Errorf("furnish: %w", err)
		}
	}
	if err := p.license(); err != nil {
		return nil, fmt.Errorf("furnish: %w", err)
	}
	if err := p.fill(ctx, contacts); err != nil {
		return nil, fmt.Errorf("furnish: %w", err)
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

// fill stores the owner and the contacts, by 32 writers at once.
func (p *place) fill(ctx context.Context, contacts int) error {
	db, err := sqlite.Open(ctx, sqlite.Config{Path: p.path("records/crm.db"), Rights: func() crm.Rights {
		return crm.Rights{Valid: true, Access: string(license.AccessOpen), Seats: 1}
	}})
	if err != nil {
		return err
	}
	if _, err := db.CreateInitialOwner(ctx, sqlite.InitialOwner{Email: ownerEmail, Name: "Lucía Moreno", Password: ownerPassword}); err != nil {
		return err
	}
	acting := crm.WithActor(ctx, crm.Actor{User: &crm.User{ID: 1, Role: crm.RoleOwner}})
	var next atomic.Int64
	var writers sync.WaitGroup
	failed := make(chan error, 32)
	for range cap(failed) {
		writers.Go(func() {
			for i := next.Add(1); i <= int64(contacts); i = next.Add(1) {
				c := &crm.Contact{
					GivenName: fmt.Sprintf("Persona %d", i), FamilyName: fmt.Sprintf("Núñez %d", i%997),
					Emails: []string{fmt.Sprintf("persona%d@acme.example", i)}, Phones: []string{fmt.Sprintf("662 %07d", i)},
				}
				if err := db.CreateContact(acting, c); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	writers.Wait()
	close(failed)
	if err := <-failed; err != nil {
		return err
	}
	return db.Close()
}

// freeAddress finds a port that is free now.
func freeAddress(ctx context.Context) (string, error) {
	socket, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	return socket.Addr().String(), socket.Close()
}
