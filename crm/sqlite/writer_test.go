package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// together hands the writes over while the writer is busy, so that they are
// carried out in one batch, and returns their errors.
func together(o *office, works ...func(*tx) error) []error {
	begun, release := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		_ = o.writer.do(context.Background(), ordinary, func(*tx) error {
			close(begun)
			<-release
			return nil
		})
	})
	<-begun
	jobs := make([]*job, len(works))
	for i, work := range works {
		jobs[i] = &job{ctx: context.Background(), work: work, done: make(chan error, 1)}
	}
	close(release)
	all.Wait()
	o.writer.carryOut(jobs) // the writer's goroutine is at rest: nobody else writes
	errs := make([]error, len(works))
	for i, j := range jobs {
		errs[i] = <-j.done
	}
	return errs
}

func insertWord(word string) func(*tx) error {
	return func(t *tx) error {
		_, err := t.insert("INSERT INTO name_word (word) VALUES (?)", word)
		return err
	}
}

func (o *office) hasWord(word string) bool {
	o.t.Helper()
	found := false
	if err := o.queries.queryRow(o.t.Context(), "SELECT EXISTS (SELECT 1 FROM name_word WHERE word = ?)", word).Scan(&found); err != nil {
		o.t.Fatal(err)
	}
	return found
}

func TestWritesShareACommit(t *testing.T) {
	o := newOffice(t)
	before := o.Stats().Commits
	for i, err := range together(o, insertWord("uno"), insertWord("dos"), insertWord("tres")) {
		if err != nil {
			t.Errorf("write %d: %v", i, err)
		}
	}
	if commits := o.Stats().Commits - before; commits != 2 { // one for the write that kept the writer busy
		t.Errorf("%d commits for one batch and one write", commits)
	}
}

func TestFailedWriteHurtsNoOther(t *testing.T) {
	o := newOffice(t)
	refused := errors.New("refused")
	errs := together(o,
		insertWord("antes"),
		func(t *tx) error {
			if err := insertWord("a medias")(t); err != nil {
				return err
			}
			return refused
		},
		func(*tx) error { panic("slip") },
		insertWord("después"),
		insertWord("antes"), // violates the uniqueness
	)
	for i, want := range []string{"", "refused", "write panicked: slip", "", "UNIQUE"} {
		got := fmt.Sprint(errs[i])
		if (want == "") != (errs[i] == nil) || !strings.Contains(got, want) {
			t.Errorf("write %d: %v, want %q", i, errs[i], want)
		}
	}
	for word, want := range map[string]bool{"antes": true, "después": true, "a medias": false} {
		if o.hasWord(word) != want {
			t.Errorf("%q stored: %v", word, !want)
		}
	}
}

func TestWriteIsNotBegunForACallerWhoLeft(t *testing.T) {
	o := newOffice(t)
	ctx, cancel := context.WithCancel(crm.WithActor(t.Context(), crm.Actor{User: &crm.User{ID: 1, Role: crm.RoleOwner}}))
	cancel()
	if err := o.CreateContact(ctx, &crm.Contact{GivenName: "Ana"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if usage, err := o.Usage(t.Context()); err != nil || usage.Contacts != 0 {
		t.Errorf("stored: %+v, %v", usage, err)
	}
}

func TestManyWritersAtOnce(t *testing.T) {
	o := newOffice(t)
	const writers, each = 16, 20
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := range each {
				c := &crm.Contact{GivenName: fmt.Sprintf("Persona %d", w), FamilyName: fmt.Sprint(i)}
				if err := o.CreateContact(o.owner, c); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	usage, err := o.Usage(t.Context())
	if err != nil || usage.Contacts != writers*each {
		t.Errorf("stored %d, %v", usage.Contacts, err)
	}
	if stats := o.Stats(); stats.Writes < writers*each {
		t.Errorf("stats: %+v", stats)
	}
}

func TestWriteAfterCloseIsRefused(t *testing.T) {
	o := newOffice(t)
	db := o.DB
	o.close()
	if err := db.CreateContact(o.owner, &crm.Contact{GivenName: "Ana"}); !errors.Is(err, errClosed) {
		t.Errorf("got %v", err)
	}
}
