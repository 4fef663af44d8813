package web_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// monday is 10:42 of a Monday in Hermosillo.
var monday = time.Date(2026, 11, 23, 17, 42, 0, 0, time.UTC)

const chosen = "otra frase nada sencilla"

// office is a CRM whose owner has signed in and chosen a password.
type office struct {
	*webtest.Office
	t     *testing.T
	owner context.Context //nolint:containedctx // who acts in direct calls
	token string
}

// settled is the database of an office whose owner has chosen a password and
// signed in, made once: hashing passwords takes its time on purpose.
var settled struct {
	once     sync.Once
	database []byte
	token    string
	err      error
}

func settle() {
	folder, err := os.MkdirTemp("", "web-test-")
	if err != nil {
		settled.err = err
		return
	}
	defer func() { _ = os.RemoveAll(folder) }()
	ctx := context.Background()
	o, err := webtest.Open(ctx, webtest.Options{Folder: folder, Now: monday})
	if err != nil {
		settled.err = err
		return
	}
	settled.token, _, err = o.Settle(ctx, chosen)
	if settled.err = errors.Join(err, o.DB.Close()); settled.err == nil {
		settled.database, settled.err = os.ReadFile(filepath.Join(folder, "crm.db"))
	}
}

func newOffice(t *testing.T) *office {
	t.Helper()
	settled.once.Do(settle)
	if settled.err != nil {
		t.Fatal(settled.err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "crm.db"), settled.database, 0o600); err != nil {
		t.Fatal(err)
	}
	o := openOffice(t, folder)
	session, u, err := o.DB.Session(t.Context(), settled.token)
	if err != nil {
		t.Fatal(err)
	}
	o.token, o.owner = settled.token, crm.WithActor(t.Context(), crm.Actor{User: u, SessionID: session.ID})
	return o
}

// freshOffice is one where nobody has signed in yet.
func freshOffice(t *testing.T) *office {
	t.Helper()
	return openOffice(t, t.TempDir())
}

func openOffice(t *testing.T, folder string) *office {
	t.Helper()
	o, err := webtest.Open(t.Context(), webtest.Options{Folder: folder, Now: monday})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.DB.Close(); err != nil {
			t.Errorf("closing the database: %v", err)
		}
	})
	return &office{Office: o, t: t}
}
