package serve

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/sqlite"
)

// sown seeds a new folder and returns its newest contacts.
func sown(t *testing.T, from uint64) []*crm.Contact {
	t.Helper()
	folder := t.TempDir()
	password, err := Seed(t.Context(), folder, from, Sizes{Companies: 30, Contacts: 620}, nil)
	if err != nil || password == "" {
		t.Fatalf("seed: %q, %v", password, err)
	}
	db, err := sqlite.Open(t.Context(), sqlite.Config{
		Path: filepath.Join(folder, databaseFile), Rights: func() crm.Rights { return crm.Rights{Valid: true, Access: "Open"} },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	usage, err := db.Usage(t.Context())
	if err != nil || usage.Companies != 30 || usage.Contacts != 620 {
		t.Errorf("stored %+v, %v", usage, err)
	}
	acting := crm.WithActor(context.Background(), crm.Actor{User: &crm.User{ID: 1, Role: crm.RoleOwner}})
	page, err := db.Contacts(acting, crm.ContactFilter{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}

func TestSeedIsReproducible(t *testing.T) {
	one, same, other := sown(t, 1), sown(t, 1), sown(t, 2)
	if !reflect.DeepEqual(one, same) {
		t.Error("the same seed gave another database")
	}
	if reflect.DeepEqual(one, other) {
		t.Error("another seed gave the same database")
	}
	linked := 0
	for _, c := range one {
		if c.CompanyName != "" {
			linked++
		}
	}
	if linked != len(one) {
		t.Errorf("%d of %d contacts have their company", linked, len(one))
	}
}

func TestSeedKeepsOffADatabaseInUse(t *testing.T) {
	folder := t.TempDir()
	lock, err := AcquireLock(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := lock.Release(); err != nil {
			t.Error(err)
		}
	}()
	var inUse *InUseError
	if _, err := Seed(t.Context(), folder, 1, BudgetSizes, nil); !errors.As(err, &inUse) {
		t.Errorf("got %v", err)
	}
}
