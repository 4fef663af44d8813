package sqlite

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// writeForeverIn names the database that this test binary writes to until it
// is killed, when it is started by TestAcknowledgedWritesSurviveAKill.
const (
	writeForeverIn = "CRM_TEST_WRITE_FOREVER_IN"
	writeForeverAs = "CRM_TEST_WRITE_FOREVER_AS" // begins the names, which are written once
)

func TestMain(m *testing.M) {
	if path := os.Getenv(writeForeverIn); path != "" {
		writeForever(path)
	}
	os.Exit(m.Run())
}

// writeForever prints the name of each contact after it was acknowledged.
func writeForever(path string) {
	db, err := Open(context.Background(), Config{Path: path, Rights: func() crm.Rights { return openRights }})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	ctx := crm.WithActor(context.Background(), crm.Actor{User: &crm.User{ID: 1, Role: crm.RoleOwner}})
	lines := make(chan string)
	for writer := range 8 {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%s-%d-%d", os.Getenv(writeForeverAs), writer, i)
				if err := db.CreateContact(ctx, &crm.Contact{GivenName: name}); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				lines <- name
			}
		}()
	}
	for name := range lines {
		fmt.Println(name)
	}
}

func TestAcknowledgedWritesSurviveAKill(t *testing.T) {
	o := newOffice(t)
	o.close()
	acknowledged := map[string]bool{}
	for round := range 20 {
		for _, name := range writeAndKill(t, o.path, fmt.Sprint(round), 40+10*round) {
			acknowledged[name] = true
		}
		o.open(nil)
		stored := map[string]bool{}
		for after := crm.Cursor(""); ; {
			page, err := o.Contacts(o.owner, crm.ContactFilter{Limit: maxLimit, After: after})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range page.Items {
				stored[c.GivenName] = true
			}
			if after = page.Next; after == "" {
				break
			}
		}
		for name := range acknowledged {
			if !stored[name] {
				t.Errorf("round %d: contact %s was acknowledged and is not there", round, name)
			}
		}
		if err := Check(t.Context(), o.checkable()); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
	}
}

// writeAndKill runs a writing process, kills it in the middle of its work once
// it has acknowledged enough, and returns what it had acknowledged.
func writeAndKill(t *testing.T, path, as string, enough int) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	process := exec.CommandContext(ctx, os.Args[0], "-test.run=^$")
	process.Env = append(os.Environ(), writeForeverIn+"="+path, writeForeverAs+"="+as)
	process.Stderr = os.Stderr
	output, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	var names []string
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		names = append(names, lines.Text())
		if len(names) == enough {
			if err := process.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = process.Wait() // it was killed
	if len(names) < enough {
		t.Fatalf("the process ended after %d writes", len(names))
	}
	return names
}
