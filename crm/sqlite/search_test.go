package sqlite

import (
	"slices"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestSearchFindsWithoutAccents(t *testing.T) {
	o := newOffice(t)
	o.contact("José", "Núñez")
	o.contact("Martín", "Güemes")
	o.company("Ferretería Ñandú")
	for _, test := range []struct{ typed, want string }{
		{"jose", "José Núñez"},
		{"nunez", "José Núñez"},
		{"NÚÑEZ JOSÉ", "José Núñez"},
		{"guemes", "Martín Güemes"},
		{"nu", "José Núñez"},
		{"martin gue", "Martín Güemes"},
		{"nandu", "Ferretería Ñandú"},
		{"ferreteria", "Ferretería Ñandú"},
	} {
		hits, err := o.Search(o.owner, test.typed, 10)
		if err != nil {
			t.Fatalf("search %q: %v", test.typed, err)
		}
		if got := titles(hits); !slices.Equal(got, []string{test.want}) {
			t.Errorf("search %q: %v, want %q", test.typed, got, test.want)
		}
	}
}

func TestSearchForgivesASlipOfTheFinger(t *testing.T) {
	o := newOffice(t)
	for _, name := range [][2]string{{"José", "González"}, {"María", "Fernández"}, {"Rocío", "Villanueva"}} {
		o.contact(name[0], name[1])
	}
	o.company("Distribuidora Yucatán")
	for typed, want := range map[string]string{
		"gonzlez":         "José González",
		"gonsalez":        "José González",
		"jsoe":            "José González",
		"fernadnez":       "María Fernández",
		"vilanueva":       "Rocío Villanueva",
		"distribuydora":   "Distribuidora Yucatán",
		"maria fernandes": "María Fernández",
	} {
		hits, err := o.Search(o.owner, typed, 10)
		if err != nil {
			t.Fatalf("search %q: %v", typed, err)
		}
		if len(hits) == 0 || hits[0].Title != want {
			t.Errorf("search %q: %v, want %q first", typed, titles(hits), want)
		}
	}
	for _, typed := range []string{"xochimilco", "zz", "jo ze"} {
		if hits, err := o.Search(o.owner, typed, 10); err != nil || len(hits) > 0 {
			t.Errorf("search %q: %v, %v, want nothing", typed, titles(hits), err)
		}
	}
}

func TestSearchFindsByDetails(t *testing.T) {
	o := newOffice(t)
	c := &crm.Contact{
		GivenName: "Ana", Emails: []string{"ana.lopez@globex.example"}, Phones: []string{"+52 (662) 123-4567"},
		JobTitle: "Jefa de compras",
	}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"ana.lopez@globex.example", "globex", "6621234567", "526621234567", "662 123", "compras"} {
		if hits, err := o.Search(o.owner, typed, 10); err != nil || len(hits) != 1 {
			t.Errorf("search %q: %v, %v", typed, titles(hits), err)
		}
	}
}

func TestSearchPutsTheBestFirst(t *testing.T) {
	o := newOffice(t)
	o.contact("Luis", "Martínez")
	o.contact("Marta", "Luis")
	o.contact("Luisa", "Ortiz")
	o.contact("Luis", "Paz")
	hits, err := o.Search(o.owner, "luis", 10)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Luis Paz", "Luis Martínez", "Luisa Ortiz", "Marta Luis"}
	if got := titles(hits); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSearchForgetsWhatIsInTheBinAndOldNames(t *testing.T) {
	o := newOffice(t)
	gone, renamed := o.contact("Efraín", "Borrado"), o.contact("Nombre", "Anterior")
	action, err := o.DeleteContact(o.owner, gone.ID)
	if err != nil {
		t.Fatal(err)
	}
	renamed.FamilyName = "Nuevo"
	if err := o.UpdateContact(o.owner, renamed); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"efrain", "anterior"} {
		if hits, err := o.Search(o.owner, typed, 10); err != nil || len(hits) > 0 {
			t.Errorf("search %q: %v, %v, want nothing", typed, titles(hits), err)
		}
	}
	if _, err := o.UndoAction(o.owner, action); err != nil {
		t.Fatal(err)
	}
	if hits, err := o.Search(o.owner, "efrain", 10); err != nil || len(hits) != 1 {
		t.Errorf("after undo: %v, %v", titles(hits), err)
	}
}

// What people type is never read as the syntax of the full-text index.
func TestSearchTakesAnything(t *testing.T) {
	o := newOffice(t)
	o.contact("Ana", "O'Brien")
	for _, typed := range []string{
		`"`, `'`, `*`, `ana*`, `"ana`, `ana"`, `ana AND`, `OR`, `NOT ana`, `NEAR(ana brien)`, `name:ana`, `-ana`, `^ana`,
		`ana + brien`, `{name}: ana`, `(ana`, `ana)`, `o'brien`, "\x00", "a\x00na", "\xff\xfe", `'; DROP TABLE contact; --`,
		"ﬀ", "١٢٣", "ａｎａ", "🙂", strings.Repeat("ana ", 1000), strings.Repeat("a", 100_000), "ꬱ", "a\u0301\u0301",
	} {
		if _, err := o.Search(o.owner, typed, 10); err != nil {
			t.Errorf("search %.40q: %v", typed, err)
		}
		if _, err := o.Contacts(o.owner, crm.ContactFilter{Query: typed}); err != nil {
			t.Errorf("filter %.40q: %v", typed, err)
		}
	}
	if hits, err := o.Search(o.owner, "o'brien", 10); err != nil || len(hits) != 1 {
		t.Errorf("o'brien: %v, %v", titles(hits), err)
	}
}

func FuzzMatchQuery(f *testing.F) {
	for _, seed := range []string{"josé núñez", `"`, "a*", "NEAR(a b)", "name:a", "\x00", "\xff", "ﷺ", "ꬱ𞤀", "ana AND OR"} {
		f.Add(seed)
	}
	o := newOffice(f)
	o.contact("José", "Núñez")
	f.Fuzz(func(t *testing.T, typed string) {
		expression := matchQuery(typed)
		if strings.Count(expression, `"`)%2 != 0 {
			t.Errorf("%q: quotes do not pair in %s", typed, expression)
		}
		if _, err := o.Search(o.owner, typed, 5); err != nil {
			t.Errorf("search %q as %s: %v", typed, expression, err)
		}
	})
}
