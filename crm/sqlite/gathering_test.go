package sqlite

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

// related has what an import comes upon: rows that are one person, one phone of
// an office, a record that was there and is met twice, and names of one company.
const related = "Nombre,Correo,Teléfono,Empresa,Ciudad,Etiquetas\n" +
	"Zoé Ruiz,zoe@acme.example,6621234567,Acme,Hermosillo,norte;feria\n" +
	"Ana López,ana@acme.example,6621234567,Acme,Hermosillo,norte\n" +
	"Luis Peña,luis@acme.example,6621234567,ACME,Nogales,\n" +
	"Zoé Ruiz,,6621234567,,,sur\n" +
	"Eva Ríos,eva@globex.example,,Globex,Nogales,\n" +
	"Eva,eva@globex.example,6629998877,,,oeste\n" +
	"Eva Ríos,eva@globex.example,6620001122,Globex,,este\n" +
	"Beto Mora,,,Globex,,\nBeto Mora,,,Globex,,\n"

// What is gathered and written later is what would be written at once.
func TestGatheredIsWhatRecordsAreFoundBy(t *testing.T) {
	for _, duplicates := range []importing.Duplicates{importing.Merge, importing.Skip, importing.Create} {
		t.Run(string(duplicates), func(t *testing.T) {
			o := newOffice(t)
			there := &crm.Contact{GivenName: "Eva", Emails: []string{"eva@globex.example"}, Extra: crm.Extra{Tags: []string{"vieja"}}}
			if err := o.CreateContact(o.owner, there); err != nil {
				t.Fatal(err)
			}
			done := o.imports(o.owner, o.upload(o.owner, crm.KindContact, related), duplicates)
			if done.State != importing.Done || done.Rejected > 0 || done.Created+done.Merged+done.Skipped != 9 {
				t.Fatalf("got %+v, %s", countsOf(done), done.State)
			}
			all := o.everybody()
			o.wantKeys(all)
			o.wantFacets(all)
			for _, word := range []string{"zoe", "ana@acme.example", "6621234567"} {
				if hits, err := o.Search(o.owner, word, 5); err != nil || len(hits) == 0 {
					t.Errorf("%s finds %v, %v", word, hits, err)
				}
			}
			if hits, err := o.Search(o.owner, "rioz", 5); err != nil || duplicates == importing.Create && len(hits) == 0 {
				t.Errorf("a misspelt name finds %v, %v", hits, err)
			}
		})
	}
}

// wantKeys compares what contacts are known by with what the table says.
func (o *office) wantKeys(all []*crm.Contact) {
	o.t.Helper()
	having := map[crm.IdentityKey]int{}
	for _, c := range all {
		for _, key := range c.IdentityKeys() {
			having[key]++
		}
	}
	var want []string
	for _, c := range all {
		for _, key := range c.IdentityKeys() {
			want = append(want, fmt.Sprint(c.ID, key.Like, key.Value, having[key] > 1))
		}
	}
	o.wantRows(want, `SELECT record_id, likeness, value, shared FROM identity WHERE kind = 'contact'`, func(rows *sql.Rows) (string, error) {
		var id int64
		var key crm.IdentityKey
		var shared bool
		err := rows.Scan(&id, &key.Like, &key.Value, &shared)
		return fmt.Sprint(id, key.Like, key.Value, shared), err
	})
}

func (o *office) wantFacets(all []*crm.Contact) {
	o.t.Helper()
	want := map[string]bool{}
	for _, c := range all {
		for _, tag := range c.Tags {
			want[fmt.Sprint(c.ID, tagField, foldFacet(tag))] = true
		}
		for _, f := range contacts.facets(c) {
			if f.text != "" {
				want[fmt.Sprint(c.ID, f.field, foldFacet(f.text))] = true
			}
		}
	}
	o.wantRows(slices.Collect(maps.Keys(want)), `SELECT record_id, field, value FROM facet WHERE kind = 'contact'`, func(rows *sql.Rows) (string, error) {
		var id, field int64
		var value string
		err := rows.Scan(&id, &field, &value)
		return fmt.Sprint(id, field, value), err
	})
}

func (o *office) wantRows(want []string, query string, read func(*sql.Rows) (string, error)) {
	o.t.Helper()
	var got []string
	err := o.queries.each(o.t.Context(), query, nil, func(rows *sql.Rows) error {
		row, err := read(rows)
		got = append(got, row)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		o.t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Rows get their ids in the order of the file, whatever the order in which
// they are written.
func TestImportedIDsFollowTheFile(t *testing.T) {
	o := newOffice(t)
	o.imports(o.owner, o.upload(o.owner, crm.KindContact, "Nombre\nZoé\nAna\nLuis\n"), importing.Create)
	all := o.everybody()
	slices.SortFunc(all, func(a, b *crm.Contact) int { return int(a.ID - b.ID) })
	if got := names(all); !slices.Equal(got, []string{"Zoé", "Ana", "Luis"}) {
		t.Errorf("got %q", got)
	}
	next := &crm.Contact{GivenName: "Eva"}
	if err := o.CreateContact(o.owner, next); err != nil || next.ID != all[2].ID+1 {
		t.Errorf("the next one has id %d, %v", next.ID, err)
	}
}

func TestGatheringAsksByIndexes(t *testing.T) {
	o := newOffice(t)
	for query, want := range map[string]string{
		taken:        "SEARCH k USING PRIMARY KEY (kind=? AND likeness=? AND value=?)",
		companyNames: "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)",
	} {
		if got := plan(t, o, query); !strings.Contains(got, want) {
			t.Errorf("%s\ngot %s", query, got)
		}
	}
}
