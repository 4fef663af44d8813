package table

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// read examines a file and reads all of it.
func read(t testing.TB, content string) (Layout, []Row) {
	t.Helper()
	file := strings.NewReader(content)
	layout, err := Examine(file)
	if err != nil {
		t.Fatalf("examine: %v", err)
	}
	rows, err := layout.Read(file)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	var all []Row
	for {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return layout, all
		}
		if err != nil {
			t.Fatalf("next: %v", err)
		}
		all = append(all, row)
	}
}

func TestExamine(t *testing.T) {
	windows, err := charmap.Windows1252.NewEncoder().String("Nombre;Teléfono\r\nJosé Núñez;662 123 4567\r\n\r\nMaría “La Güera”;\r\n")
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Nombre\tCorreo\nJosé\tjose@x.example\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, content string
		want          Layout
	}{
		{"plain", "Nombre,Correo\nAna,ana@x.example\n", Layout{UTF8, ",", []string{"Nombre", "Correo"}, 1, 2, 1}},
		{"mark of UTF-8", "\xef\xbb\xbfNombre,Teléfono\nAna,1\n", Layout{UTF8, ",", []string{"Nombre", "Teléfono"}, 1, 2, 1}},
		{"Windows", windows, Layout{Windows1252, ";", []string{"Nombre", "Teléfono"}, 1, 2, 2}},
		{"UTF-16 with tabs", utf16, Layout{UTF16LE, "\t", []string{"Nombre", "Correo"}, 1, 2, 1}},
		{"bars", "Nombre|Nota\nAna|a, b; c\nLuis|d, e\n", Layout{UTF8, "|", []string{"Nombre", "Nota"}, 1, 2, 2}},
		{"commas inside of a semicolon's table", "Nombre;Dirección\nAna;Calle 1, Centro, Hermosillo\nLuis;Calle 2, Norte\n", Layout{UTF8, ";", []string{"Nombre", "Dirección"}, 1, 2, 2}},
		{"said by Excel", "sep=;\nNombre;Nota\nAna;a\n", Layout{UTF8, ";", []string{"Nombre", "Nota"}, 2, 3, 1}},
		{"one column", "Correo\nana@x.example\n", Layout{UTF8, ",", []string{"Correo"}, 1, 2, 1}},
		{"a title above", "Lista de clientes 2027,,\n,,\nNombre,Correo,Teléfono\nAna,ana@x.example,6621234567\n", Layout{UTF8, ",", []string{"Nombre", "Correo", "Teléfono"}, 3, 4, 1}},
		{"no headings", "Ana,ana@x.example\nLuis,luis@x.example\n", Layout{UTF8, ",", []string{"", ""}, 0, 1, 2}},
		{"a column without a heading", "Nombre,Correo,\nAna,ana@x.example,cliente\nLuis,luis@x.example,cliente\n", Layout{UTF8, ",", []string{"Nombre", "Correo", ""}, 1, 2, 2}},
		{"an old Mac", "Nombre,Correo\rAna,ana@x.example\rLuis,luis@x.example\r", Layout{UTF8, ",", []string{"Nombre", "Correo"}, 1, 2, 2}},
		{"some damage in UTF-8", "Nombre,Nota\nJosé,áéíóú\nMar\xeda,x\n", Layout{UTF8, ",", []string{"Nombre", "Nota"}, 1, 2, 2}},
	} {
		got, err := Examine(strings.NewReader(test.content))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}

func TestExamineRefuses(t *testing.T) {
	wide := strings.Repeat("a,", MaxColumns+1) + "a\n"
	long := "Nombre\n" + strings.Repeat("Ana\n", MaxRows+1)
	for name, test := range map[string]struct {
		content string
		want    error
	}{
		"nothing":          {"", ErrEmpty},
		"blank lines":      {"\n , \n\n", ErrEmpty},
		"only headings":    {"Nombre,Correo\n", ErrEmpty},
		"a picture":        {"\x89PNG\r\n\x1a\n\x00\x00\x00", ErrNotTable},
		"too many columns": {wide + wide, ErrTooWide},
		"too many rows":    {long, ErrTooManyRows},
	} {
		if _, err := Examine(strings.NewReader(test.content)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if _, err := Examine(strings.NewReader("Nombre\n" + strings.Repeat("Ana\n", MaxRows))); err != nil {
		t.Errorf("as many rows as there may be: %v", err)
	}
}

func TestRows(t *testing.T) {
	_, rows := read(t, strings.Join([]string{
		`Nombre,Empresa,Nota`,
		`Ana,"Acme, S.A.","dijo ""sí"""`,
		``,
		`Luis "El Güero" Pérez,Tubos 5" y más,`,
		`"Eva",  "con blancos"  ,"dos`,
		`líneas"`,
		`Raúl,Acme`,
		`Sara,Acme,a,b`,
		`Iván,Acme,,,`,
		`"abierta,Acme,x`,
		`Olga,Acme,y`,
		`"5" tubo",Acme,z`,
		`` + strings.Repeat("x", MaxCell+1) + `,Acme,`,
		"Mar\xeda,José Núñez,é",
	}, "\r\n"))
	want := []Row{
		{2, []string{"Ana", "Acme, S.A.", `dijo "sí"`}, ""},
		{4, []string{`Luis "El Güero" Pérez`, `Tubos 5" y más`, ""}, ""},
		{5, []string{"Eva", "con blancos", "dos\nlíneas"}, ""},
		{7, []string{"Raúl", "Acme", ""}, ""},
		{8, []string{"Sara", "Acme", "a", "b"}, FaultWide},
		{9, []string{"Iván", "Acme", ""}, ""},
		{10, []string{`"abierta,Acme,x`, "", ""}, FaultQuote},
		{11, []string{"Olga", "Acme", "y"}, ""},
		{12, []string{`5" tubo`, "Acme", "z"}, ""},
		{13, []string{strings.Repeat("x", MaxCell+1), "Acme", ""}, FaultLong},
		{14, []string{"Mar\uFFFDa", "José Núñez", "é"}, FaultEncoding},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows, want %d: %v", len(rows), len(want), rows)
	}
	for i, row := range rows {
		if row.Line != want[i].Line || row.Fault != want[i].Fault || !slices.Equal(row.Cells, want[i].Cells) {
			t.Errorf("got %+v, want %+v", row, want[i])
		}
	}
}

// A line of any length costs no more memory than a row may have.
func TestRowOfOneHugeLine(t *testing.T) {
	_, rows := read(t, "Nombre,Nota\nAna,"+strings.Repeat("ñ", maxRow)+"\nLuis,x\n")
	if len(rows) != 2 || rows[0].Fault != FaultLong || rows[1].Cells[0] != "Luis" || rows[1].Line != 3 {
		t.Errorf("got %d rows; the first is %q, the last %+v", len(rows), rows[0].Fault, rows[len(rows)-1])
	}
	if size := len(rows[0].Cells[0]) + len(rows[0].Cells[1]); size > maxRow {
		t.Errorf("%d bytes are kept of a row", size)
	}
}

func TestDetectAcrossChunks(t *testing.T) {
	// An accent that two reads cut in two.
	text := strings.Repeat("x", 64<<10-1) + "ñ" + strings.Repeat("y", 10)
	if got, err := detect(strings.NewReader(text)); err != nil || got != UTF8 {
		t.Errorf("got %s, %v", got, err)
	}
	if got, err := detect(strings.NewReader(strings.Repeat("x", 100<<10) + "\xf1o")); err != nil || got != Windows1252 {
		t.Errorf("got %s, %v", got, err)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"Nombre,Correo\nAna,ana@x.example\n", "a;b\n\"x;y\n;z\"\n", "\xff\xfea\x00,\x00b\x00\n\x001\x00", "sep=|\na|b\n1|2",
		"\"\"\"\n,\"", "Nombre\tTel\r\rJos\xe9\t1\r\n", "\xef\xbb\xbf", "a,b\n\"1\" ,2\n\"1\"x,2\n", strings.Repeat("\"a\n", 120),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		file := strings.NewReader(content)
		layout, err := Examine(file)
		if err != nil {
			return
		}
		rows, err := layout.Read(file)
		if err != nil {
			t.Fatalf("a table that was examined cannot be read: %v", err)
		}
		counted, line := 0, 0
		for {
			row, err := rows.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			counted++
			if row.Line <= line {
				t.Fatalf("line %d after line %d", row.Line, line)
			}
			line = row.Line
			if len(row.Cells) != len(layout.Columns) && row.Fault == "" {
				t.Fatalf("line %d has %d cells of %d and no fault", row.Line, len(row.Cells), len(layout.Columns))
			}
		}
		if counted != layout.Rows {
			t.Fatalf("%d rows were counted and %d read", layout.Rows, counted)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	content := "Nombre;Empresa;Correo\n" + strings.Repeat("José Núñez;\"Acme; S.A.\";jose@acme.example\n", 100_000)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		read(b, content)
	}
}
