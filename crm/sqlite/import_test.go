package sqlite

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
	"github.com/grupobizopps/salexops/crm/table"
)

func (o *office) upload(ctx context.Context, kind crm.Kind, content string) *importing.Import {
	o.t.Helper()
	found, err := o.Upload(ctx, kind, `C:\listas\clientes.csv`, strings.NewReader(content))
	if err != nil {
		o.t.Fatalf("upload: %v", err)
	}
	return found
}

// imports runs an import to its end.
func (o *office) imports(ctx context.Context, found *importing.Import, duplicates importing.Duplicates) *importing.Import {
	o.t.Helper()
	plan := found.Plan
	plan.Duplicates = duplicates
	if err := o.Start(ctx, found.ID, plan); err != nil {
		o.t.Fatalf("start: %v", err)
	}
	return o.settled(ctx, found.ID)
}

func (o *office) settled(ctx context.Context, id int64) *importing.Import {
	o.t.Helper()
	o.ImportsIdle()
	found, err := o.Import(ctx, id)
	if err != nil {
		o.t.Fatalf("read import: %v", err)
	}
	return found
}

func (o *office) everybody() []*crm.Contact {
	o.t.Helper()
	page, err := o.Contacts(o.owner, crm.ContactFilter{Sort: crm.SortName, Limit: maxLimit})
	if err != nil {
		o.t.Fatal(err)
	}
	return page.Items
}

type counts struct{ done, created, merged, skipped, rejected, companies int }

func countsOf(i *importing.Import) counts {
	return counts{i.Done, i.Created, i.Merged, i.Skipped, i.Rejected, i.Companies}
}

const messy = "Nombre;Correo;Tel. celular;Empresa;Nacimiento;Vendedor\r\n" +
	"José Luis Núñez Güemes;JOSE@acme.example.;(662) 123-4567;Acme S.A. de C.V.;3/4/1980;\r\n" +
	"Ana López;ana@;662 765 4321;Acme;;\r\n" + // a broken e-mail
	"Ana López;ana@acme.example;662 765 4321;ACME;;Lucía Moreno\r\n" +
	"Jose Nuñez;jose@acme.example;;Acme;;\r\n" + // the first one again
	"Luis Peña;;;Globex;31/02/1990;\r\n" + // no such day
	"Luis Peña;;662 000 1122;Globex;;Nadie\r\n" + // nobody of that name
	";;;Globex;;\r\n" + // nobody
	"Raúl Ríos;raul@globex.example;;Globex;;;demasiado\r\n" + // one cell too many
	"Raúl Ríos;raul@globex.example;N/A;Globex;;\r\n"

func TestImport(t *testing.T) {
	o := newOffice(t)
	windows, err := charmap.Windows1252.NewEncoder().String(messy)
	if err != nil {
		t.Fatal(err)
	}
	found := o.upload(o.owner, crm.KindContact, windows)
	want := []importing.Field{importing.FullName, importing.Email, importing.Phone, importing.Company, importing.Birthday, importing.Owner}
	if found.FileName != "clientes.csv" || found.Layout.Encoding != table.Windows1252 || !slices.Equal(found.Plan.Columns, want) || found.State != importing.Ready {
		t.Fatalf("got %+v", found)
	}
	done := o.imports(o.owner, found, importing.Merge)
	if got := countsOf(done); got != (counts{9, 3, 0, 1, 5, 2}) || done.State != importing.Done {
		t.Fatalf("got %+v, %s %s", got, done.State, done.Problem)
	}
	contacts := o.everybody()
	if got := names(contacts); !slices.Equal(got, []string{"Ana López", "José Luis Núñez Güemes", "Raúl Ríos"}) {
		t.Errorf("contacts: %q", got)
	}
	if c := contacts[1]; c.CompanyName != "Acme S.A. de C.V." || c.Birthday != "1980-04-03" || c.Phones[0] != "+52 662 123 4567" || c.Emails[0] != "JOSE@acme.example" {
		t.Errorf("got %+v", c)
	}
	if contacts[0].CompanyID != contacts[1].CompanyID {
		t.Error("one company became two")
	}
	rejected, err := o.Rejected(o.owner, found.ID, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var why []string
	for _, r := range rejected {
		why = append(why, fmt.Sprintf("%d %d %s %s", r.Line, r.Problems[0].Column, r.Problems[0].Key, r.Problems[0].Value))
	}
	if want := []string{"3 1 error.email ana@", "6 4 error.date 31/02/1990", "7 5 import.reason.owner Nadie", "8 -1 import.reason.noName ", "9 -1 import.reason.wide "}; !slices.Equal(why, want) {
		t.Errorf("rejected: %q, want %q", why, want)
	}
	history, err := o.History(o.owner, crm.KindContact, contacts[0].ID, "", 10)
	if err != nil || len(history.Items) != 1 || history.Items[0].PartOf != done.ActionID || history.Items[0].PartOfVerb != verbImport {
		t.Errorf("history: %+v, %v", history.Items, err)
	}
	if hits, err := o.Search(o.owner, "guemes", 5); err != nil || len(hits) != 1 {
		t.Errorf("search: %v, %v", hits, err)
	}
}

// What an import did to a record that was there, and to one that it made and
// came upon again, goes away with it.
func TestImportUndoAndAgain(t *testing.T) {
	o := newOffice(t)
	known := &crm.Contact{GivenName: "Ana", FamilyName: "López", Emails: []string{"ana@acme.example"}}
	if err := o.CreateContact(o.owner, known); err != nil {
		t.Fatal(err)
	}
	found := o.upload(o.owner, crm.KindContact, "Nombre,Correo,Teléfono,Empresa\n"+
		"Ana López,ana@acme.example,6621234567,Acme\nEva Ruiz,eva@acme.example,,Acme\n"+
		"Ana,ana@acme.example,6627654321,\nEva,eva@acme.example,6629998877,\n")
	done := o.imports(o.owner, found, importing.Merge)
	if got := countsOf(done); got != (counts{4, 1, 3, 0, 0, 1}) {
		t.Fatalf("got %+v", got)
	}
	merged, err := o.Contact(o.owner, known.ID)
	if err != nil || len(merged.Phones) != 2 || merged.CompanyName != "Acme" {
		t.Fatalf("got %+v, %v", merged, err)
	}
	history, err := o.History(o.owner, crm.KindContact, known.ID, "", 10)
	if err != nil || len(history.Items) != 2 {
		t.Fatalf("history: %+v, %v", history.Items, err)
	}
	if err := o.Undo(o.owner, found.ID); err != nil {
		t.Fatal(err)
	}
	undone := o.settled(o.owner, found.ID)
	if undone.State != importing.Undone || undone.Left != 0 {
		t.Errorf("got %s, %d left", undone.State, undone.Left)
	}
	if c, err := o.Contact(o.owner, known.ID); err != nil || len(c.Phones) != 0 || c.CompanyID != 0 {
		t.Errorf("the contact keeps what the import added: %+v, %v", c, err)
	}
	if got := names(o.everybody()); !slices.Equal(got, []string{"Ana López"}) {
		t.Errorf("left: %q", got)
	}
	if list, err := o.Companies(o.owner, crm.CompanyFilter{}); err != nil || len(list.Items) != 0 {
		t.Errorf("companies: %v, %v", list.Items, err)
	}
	if err := o.Undo(o.owner, found.ID); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undone twice: %v", err)
	}
	again, err := o.Again(o.owner, found.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := countsOf(o.imports(o.owner, again, importing.Skip)); got != (counts{4, 1, 0, 3, 0, 1}) {
		t.Errorf("again: %+v", got)
	}
	if _, err := o.Again(o.owner, found.ID); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("a third time: %v", err)
	}
}

// A record that somebody changed after the import stays.
func TestImportUndoLeavesWhatChanged(t *testing.T) {
	o := newOffice(t)
	found := o.imports(o.owner, o.upload(o.owner, crm.KindContact, "Nombre\nAna López\nEva Ruiz\n"), importing.Merge)
	eva := o.everybody()[1]
	eva.JobTitle = "Compras"
	if err := o.UpdateContact(o.owner, eva); err != nil {
		t.Fatal(err)
	}
	if err := o.Undo(o.owner, found.ID); err != nil {
		t.Fatal(err)
	}
	if undone := o.settled(o.owner, found.ID); undone.State != importing.Undone || undone.Left != 1 {
		t.Errorf("got %s, %d left", undone.State, undone.Left)
	}
	if got := names(o.everybody()); !slices.Equal(got, []string{"Eva Ruiz"}) {
		t.Errorf("left: %q", got)
	}
}

func TestImportIsRemembered(t *testing.T) {
	o := newOffice(t)
	const content = "Nombre,Extra\nAna,Compras\n"
	found := o.upload(o.owner, crm.KindContact, content)
	found.Plan.Columns[1] = "jobTitle"
	o.imports(o.owner, found, importing.Skip)
	if next := o.upload(o.owner, crm.KindContact, content); next.Plan.Columns[1] != "jobTitle" || next.Plan.Duplicates != importing.Skip {
		t.Errorf("got %+v", next.Plan)
	}
	seller, _, _ := o.hire(crm.RoleSeller, "vera@acme.example")
	if next := o.upload(seller, crm.KindContact, content); next.Plan.Columns[1] != importing.Ignored {
		t.Errorf("somebody else's plan: %+v", next.Plan)
	}
}

// After a restart an import that was running says so, and goes on where it was.
func TestImportSurvivesRestart(t *testing.T) {
	o := newOffice(t)
	var content strings.Builder
	content.WriteString("Nombre,Correo\n")
	for i := range 3 * portionRows {
		fmt.Fprintf(&content, "Persona %d,p%d@x.example\n", i, i)
	}
	found := o.upload(o.owner, crm.KindContact, content.String())
	o.importsOnePortion(found)
	o.reopen()
	stopped := o.settled(o.owner, found.ID)
	if stopped.State != importing.Stopped || stopped.Problem != importing.StoppedByRestart || stopped.Done != portionRows {
		t.Fatalf("got %s %s after %d rows", stopped.State, stopped.Problem, stopped.Done)
	}
	if err := o.Start(o.owner, found.ID, found.Plan); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("begun twice: %v", err)
	}
	if err := o.Continue(o.owner, found.ID); err != nil {
		t.Fatal(err)
	}
	done := o.settled(o.owner, found.ID)
	if done.State != importing.Done || done.Created != 3*portionRows || done.Percent() != 100 {
		t.Errorf("got %s, %+v", done.State, countsOf(done))
	}
}

// One that somebody stopped can be taken back, or goes on.
func TestImportStops(t *testing.T) {
	o := newOffice(t)
	found := o.upload(o.owner, crm.KindContact, "Nombre\n"+strings.Repeat("Ana\n", portionRows+1))
	found.Plan.Duplicates = importing.Create
	o.importsOnePortion(found)
	if err := o.Stop(o.owner, found.ID); err != nil {
		t.Fatal(err)
	}
	stopped := o.settled(o.owner, found.ID)
	if stopped.State != importing.Stopped || stopped.Problem != importing.StoppedByUser {
		t.Fatalf("got %s %s", stopped.State, stopped.Problem)
	}
	// Its writer finds out before it writes any more.
	run := &importRun{db: o.DB, actor: crm.Actor{User: &crm.User{ID: 1, Role: crm.RoleOwner}}, found: stopped}
	err := o.writer.do(o.owner, ordinary, func(t *tx) error {
		return run.portion(t, []readRow{{Row: importing.Row{Contact: &crm.Contact{GivenName: "Eva"}}}})
	})
	if !errors.Is(err, errStopped) {
		t.Errorf("it goes on: %v", err)
	}
	if err := o.Undo(o.owner, found.ID); err != nil {
		t.Fatal(err)
	}
	if undone := o.settled(o.owner, found.ID); undone.State != importing.Undone || len(o.everybody()) != 0 {
		t.Errorf("got %s; %d contacts", undone.State, len(o.everybody()))
	}
	if err := o.Continue(o.owner, found.ID); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("one that was taken back goes on: %v", err)
	}
}

// importsOnePortion leaves an import as a process leaves it that is killed
// after the first portion.
func (o *office) importsOnePortion(found *importing.Import) {
	o.t.Helper()
	file, err := os.Open(o.importFile(found.ID))
	if err != nil {
		o.t.Fatal(err)
	}
	defer file.Close()
	rows, err := found.Layout.Read(file)
	if err != nil {
		o.t.Fatal(err)
	}
	portion, err := readPortion(rows, &found.Plan)
	if err != nil {
		o.t.Fatal(err)
	}
	actor, _ := crm.ActorFrom(o.owner)
	plan, err := json.Marshal(found.Plan)
	if err != nil {
		o.t.Fatal(err)
	}
	err = o.writer.do(o.owner, ordinary, func(t *tx) error {
		action, err := t.log(entry{verb: verbImport, kind: crm.KindImport, id: found.ID, title: found.FileName, actor: actor, at: o.stamp()})
		if err != nil {
			return err
		}
		if _, err := t.exec(beginImport, string(plan), action, o.stamp().UnixMicro(), found.ID); err != nil {
			return err
		}
		found.ActionID = action
		return (&importRun{db: o.DB, actor: actor, found: found}).portion(t, portion)
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

func TestImportMayNot(t *testing.T) {
	o := newOffice(t)
	reader, _, _ := o.hire(crm.RoleReadOnly, "rita@acme.example")
	seller, _, _ := o.hire(crm.RoleSeller, "vera@acme.example")
	if _, err := o.Upload(reader, crm.KindContact, "x.csv", strings.NewReader("Nombre\nAna\n")); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a reader uploads: %v", err)
	}
	found := o.upload(o.owner, crm.KindContact, "Nombre\nAna\n")
	if _, err := o.Import(seller, found.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a seller sees the owner's import: %v", err)
	}
	for name, err := range map[string]error{
		"start": o.Start(seller, found.ID, found.Plan), "undo": o.Undo(seller, found.ID), "stop": o.Stop(seller, found.ID),
		"discard": o.Discard(seller, found.ID), "continue": o.Continue(seller, found.ID),
	} {
		if !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("a seller may %s the owner's import: %v", name, err)
		}
	}
	if page, err := o.Imports(seller, "", 0); err != nil || len(page.Items) != 0 {
		t.Errorf("a seller lists %v, %v", page.Items, err)
	}
	mine := o.upload(seller, crm.KindContact, "Nombre\nAna\n")
	if page, err := o.Imports(o.owner, "", 1); err != nil || len(page.Items) != 1 || page.Items[0].ID != mine.ID || page.Next == "" {
		t.Errorf("the owner lists %v, %v", page.Items, err)
	}
	o.rights.Access = accessExportOnly
	if err := o.Start(o.owner, found.ID, found.Plan); !errors.Is(err, crm.ErrReadOnly) {
		t.Errorf("read only: %v", err)
	}
}

// A seller who sees only own records finds no duplicates among those of others.
func TestImportKeepsToWhatIsSeen(t *testing.T) {
	o := newOffice(t)
	known := &crm.Contact{GivenName: "Ana", Emails: []string{"ana@acme.example"}}
	if err := o.CreateContact(o.owner, known); err != nil {
		t.Fatal(err)
	}
	seller, _, _ := o.hire(crm.RoleSeller, "vera@acme.example")
	o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})
	done := o.imports(seller, o.upload(seller, crm.KindContact, "Nombre,Correo,Puesto\nAna,ana@acme.example,Compras\n"), importing.Merge)
	if got := countsOf(done); got.created != 1 || got.merged != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestImportOfCompanies(t *testing.T) {
	o := newOffice(t)
	o.company("Acme")
	found := o.upload(o.owner, crm.KindCompany, "Razón social,RFC,Teléfono,Página web\n"+
		"ACME S.A. de C.V.,SAT970701NN3,6621234567,acme.example\nGlobex,SAT970701NN4,,\nInitech,,,initech.example\n")
	previews, err := o.Preview(o.owner, found.ID, found.Plan, 10)
	if err != nil {
		t.Fatal(err)
	}
	var outcomes []importing.Outcome
	for _, p := range previews {
		outcomes = append(outcomes, p.Outcome)
	}
	if !slices.Equal(outcomes, []importing.Outcome{importing.WouldMerge, importing.WouldReject, importing.WouldCreate}) || previews[0].MatchTitle != "Acme" {
		t.Errorf("preview: %v, %+v", outcomes, previews[0])
	}
	done := o.imports(o.owner, found, importing.Merge)
	if got := countsOf(done); got != (counts{3, 1, 1, 0, 1, 0}) {
		t.Errorf("got %+v", got)
	}
	page, err := o.Companies(o.owner, crm.CompanyFilter{Sort: crm.SortName})
	if err != nil || len(page.Items) != 2 || page.Items[0].RFC != "SAT970701NN3" || page.Items[0].Name != "Acme" {
		t.Errorf("companies: %+v, %v", page.Items, err)
	}
}

func TestUploadRefuses(t *testing.T) {
	o := newOffice(t)
	for name, test := range map[string]struct {
		content string
		want    error
	}{
		"nothing":      {"", table.ErrEmpty},
		"a picture":    {"\x89PNG\r\n\x1a\n\x00\x00", table.ErrNotTable},
		"an old book":  {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", table.ErrOldWorkbook},
		"a broken zip": {"PK\x03\x04 and no more", table.ErrNotTable},
	} {
		if _, err := o.Upload(o.owner, crm.KindContact, "x", strings.NewReader(test.content)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	huge := &zeros{left: table.MaxBytes + 10}
	if _, err := o.Upload(o.owner, crm.KindContact, "x", huge); !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("a huge file: %v", err)
	}
	if left, err := os.ReadDir(o.importFolder()); err != nil || len(left) != 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
	o.close()
	o.open(func() (Volume, error) { return Volume{Total: 64 << 20, Available: 5<<20 + 10}, nil })
	if _, err := o.Upload(o.owner, crm.KindContact, "x.csv", strings.NewReader("Nombre\n"+strings.Repeat("Ana\n", 1000))); !errors.Is(err, crm.ErrVolumeFull) {
		t.Errorf("a full volume: %v", err)
	}
}

type zeros struct{ left int }

func (z *zeros) Read(p []byte) (int, error) {
	if z.left <= 0 {
		return 0, errors.New("read past the limit")
	}
	n := min(len(p), z.left)
	copy(p, bytes.Repeat([]byte("a"), n))
	z.left -= n
	return n, nil
}

func TestImportFilesAreSwept(t *testing.T) {
	o := newOffice(t)
	waiting := o.upload(o.owner, crm.KindContact, "Nombre\nAna\n")
	done := o.imports(o.owner, o.upload(o.owner, crm.KindContact, "Nombre,Correo\nAna,ana@\n"), importing.Merge)
	stray := o.importFolder() + "/" + uploadPrefix + "1"
	if err := os.WriteFile(stray, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o.reopen()
	if _, err := os.Stat(stray); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a stray upload is left: %v", err)
	}
	o.clock.Advance(fileTime + time.Hour)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Import(o.owner, waiting.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("an import that never began: %v", err)
	}
	if kept, err := o.Import(o.owner, done.ID); err != nil || kept.HasFile || kept.Rejected != 1 {
		t.Errorf("got %+v, %v", kept, err)
	}
	o.clock.Advance(rejectedTime)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if rows, err := o.Rejected(o.owner, done.ID, 0, 10); err != nil || len(rows) != 0 {
		t.Errorf("rejected rows: %v, %v", rows, err)
	}
}
