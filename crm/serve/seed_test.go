package serve

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"
	"time"
)

// seedSizes are those of a small seed.
var seedSizes = Sizes{Companies: 30, Contacts: 200, Deals: 120, Activities: 700, Leads: 10, Products: 6}

// sown seeds a new folder and opens its database as SQLite has it.
func sown(t *testing.T, from uint64) *sql.DB {
	t.Helper()
	folder := t.TempDir()
	heard := 0
	password, err := Seed(t.Context(), SeedPlan{Records: folder, Seed: from, Sizes: seedSizes, Done: func(count int) { heard = count }})
	if err != nil || password == "" || heard != seedSizes.sum() {
		t.Fatalf("seed: %q, %d records, %v", password, heard, err)
	}
	if err := Check(t.Context(), folder); err != nil {
		t.Error(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(folder, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// digest sums up every row of the tables that a seed writes, and of those that
// the store keeps beside them.
func digest(t *testing.T, db *sql.DB) string {
	t.Helper()
	sum := sha256.New()
	for _, table := range []string{
		"company", "contact", "deal", "deal_item", "deal_stage", "activity", "activity_link", "lead", "product",
		"action", "facet", "identity", "name_word", "contact_text_data", "deal_text_data", "activity_text_data",
	} {
		if count := digestTable(t, db, table, sum); count == 0 {
			t.Errorf("table %s is empty", table)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func digestTable(t *testing.T, db *sql.DB, table string, into io.Writer) (count int) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	cells, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for ; rows.Next(); count++ {
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Fprintln(into, cells...)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return count
}

func TestSeedIsReproducible(t *testing.T) {
	one, same, other := digest(t, sown(t, 1)), digest(t, sown(t, 1)), digest(t, sown(t, 2))
	if one != same {
		t.Error("the same seed gave another database")
	}
	if one == other {
		t.Error("another seed gave the same database")
	}
}

// Every question answers 0: what does not fit together.
var seedFaults = map[string]string{
	"records that are not there":  `SELECT (SELECT count(*) FROM contact) <> 200 OR (SELECT count(*) FROM company) <> 30 OR (SELECT count(*) FROM deal) <> 120 OR (SELECT count(*) FROM activity) <> 700 OR (SELECT count(*) FROM lead) <> 10 OR (SELECT count(*) FROM product) <> 6`,
	"contacts without company":    `SELECT count(*) FROM contact WHERE company_id IS NULL`,
	"deals without their contact": `SELECT count(*) FROM deal AS d WHERE NOT EXISTS (SELECT 1 FROM contact AS c WHERE c.id = d.contact_id AND c.company_id IS d.company_id)`,
	"deals out of their stage": `SELECT count(*) FROM deal AS d JOIN stage AS s ON s.id = d.stage_id WHERE s.kind <> d.status OR NOT EXISTS (
		SELECT 1 FROM deal_stage AS h WHERE h.deal_id = d.id AND h.stage_id = d.stage_id AND h.left_at IS NULL AND h.entered_at = d.stage_since)`,
	"deals decided before they began":      `SELECT count(*) FROM deal WHERE status <> 'open' AND closed_at <= created_at`,
	"deals decided and undecided":          `SELECT count(*) FROM deal WHERE (status = 'open') <> (closed_at = 0)`,
	"no deals won, lost, open or in USD":   `SELECT 6 - count(DISTINCT status || currency) FROM deal`,
	"lost deals without a reason":          `SELECT count(*) FROM deal WHERE (status = 'lost') <> (lost_reason_id IS NOT NULL)`,
	"deals worth nothing":                  `SELECT count(*) FROM deal WHERE value <= 0`,
	"activities about nothing":             `SELECT count(*) FROM activity WHERE contact_id IS NULL AND company_id IS NULL AND deal_id IS NULL`,
	"a kind of activity missing":           `SELECT 4 - count(DISTINCT type) FROM activity`,
	"nothing left to do":                   `SELECT NOT EXISTS (SELECT 1 FROM activity WHERE due > '2026-11-20')`,
	"nothing about a company":              `SELECT NOT EXISTS (SELECT 1 FROM activity WHERE company_id IS NOT NULL)`,
	"activities before who they are about": `SELECT count(*) FROM activity AS a JOIN contact AS c ON c.id = a.contact_id WHERE a.created_at < c.created_at`,
	"deals worked on but quiet": `SELECT count(*) FROM deal AS d JOIN activity AS a ON a.deal_id = d.id
		WHERE a.due = '' AND d.last_activity_at < a.updated_at`,
	"people who own nothing":       `SELECT count(*) FROM user AS u WHERE NOT EXISTS (SELECT 1 FROM deal AS d WHERE d.owner_id = u.id)`,
	"records that others made":     `SELECT count(*) FROM action AS a JOIN deal AS d ON a.kind = 'deal' AND a.record_id = d.id WHERE a.user_id <> d.owner_id`,
	"history that runs backwards":  `SELECT count(*) FROM action AS a JOIN action AS b ON a.kind = b.kind AND a.record_id = b.record_id AND a.id < b.id WHERE a.at > b.at`,
	"words that do not find deals": `SELECT count(*) <> 120 FROM deal_text WHERE deal_text MATCH 'p* OR i* OR m* OR s* OR u* OR t* OR v* OR c* OR l* OR b* OR r* OR f* OR a* OR d*'`,
}

func TestSeedFitsTogether(t *testing.T) {
	db := sown(t, 3)
	for what, query := range seedFaults {
		found := 0
		if err := db.QueryRowContext(t.Context(), query).Scan(&found); err != nil || found != 0 {
			t.Errorf("%s: %d, %v", what, found, err)
		}
	}
}

func TestCalendar(t *testing.T) {
	c := newCalendar(SeedUntil)
	for share, want := range map[float64]string{0: "Mon 2024-11-25 09:00", 1: "Fri 2026-11-20 17:59"} {
		if got := c.at(share).Format("Mon 2006-01-02 15:04"); got != want {
			t.Errorf("%v of the time: %s, not %s", share, got, want)
		}
	}
	before := c.at(0)
	for n := range 1000 {
		at := c.at(float64(n+1) / 1000)
		if at.Before(before) || at.Weekday() == time.Sunday || at.Hour() < 9 || at.Hour() >= 18 {
			t.Fatalf("after %v comes %v", before, at)
		}
		before = at
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
	if _, err := Seed(t.Context(), SeedPlan{Records: folder, Sizes: BudgetSizes}); !errors.As(err, &inUse) {
		t.Errorf("got %v", err)
	}
}
