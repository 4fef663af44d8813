package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook writes a workbook and returns its name.
func workbook(t *testing.T, fill func(*excelize.File) error) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	if err := fill(book); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "libro.xlsx")
	if err := book.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestFlatten(t *testing.T) {
	name := workbook(t, func(book *excelize.File) error {
		american, english, money := "mm/dd/yyyy", `[$-409]d "de" mmmm;@`, `"$"#,##0.00`
		var err error
		style := func(s *excelize.Style) int {
			id, fault := book.NewStyle(s)
			err = errors.Join(err, fault)
			return id
		}
		set := func(cell string, value any, style int) {
			err = errors.Join(err, book.SetCellValue("Clientes", cell, value), book.SetCellStyle("Clientes", cell, cell, style))
		}
		_, fault := book.NewSheet("Clientes")
		err = errors.Join(err, fault, book.SetSheetRow("Clientes", "A1", &[]any{"Nombre", "Nacimiento", "Cita", "Alta", "Teléfono", "Saldo", "Nota"}))
		day := time.Date(2027, 4, 3, 0, 0, 0, 0, time.UTC)
		set("A3", "José  \"Pepe\"\nNúñez", 0)
		set("B3", day, style(&excelize.Style{NumFmt: 14}))
		set("C3", day.Add(15*time.Hour), style(&excelize.Style{NumFmt: 22}))
		set("D3", day, style(&excelize.Style{CustomNumFmt: &american}))
		set("E3", 6621234567, 0)
		set("F3", 1234.5, style(&excelize.Style{CustomNumFmt: &money}))
		set("G3", "#N/A", 0)
		set("B4", day, style(&excelize.Style{NumFmt: 15}))
		set("D4", day, style(&excelize.Style{CustomNumFmt: &english}))
		return err
	})
	var out bytes.Buffer
	sheet, err := Flatten(name, t.TempDir(), &out)
	if err != nil {
		t.Fatal(err)
	}
	want := "Nombre,Nacimiento,Cita,Alta,Teléfono,Saldo,Nota\n\n" +
		"\"José \"\"Pepe\"\" Núñez\",2027-04-03,2027-04-03 15:00,2027-04-03,6621234567,\"$1,234.50\"\n" +
		",2027-04-03,,2027-04-03\n"
	if sheet != "Clientes" || out.String() != want {
		t.Errorf("sheet %q:\n%s\nwant\n%s", sheet, out.String(), want)
	}
}

// A large sheet goes through files, and leaves none.
func TestFlattenLarge(t *testing.T) {
	name := workbook(t, func(book *excelize.File) error {
		for i := 1; i <= 3000; i++ {
			row := make([]any, 12)
			for j := range row {
				row[j] = strings.Repeat("x", j) + " " + time.Unix(int64(i*1000+j), 0).UTC().Format(time.RFC3339)
			}
			cell, err := excelize.CoordinatesToCellName(1, i)
			if err != nil {
				return err
			}
			if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
				return err
			}
		}
		return nil
	})
	folder := t.TempDir()
	var out bytes.Buffer
	if _, err := Flatten(name, folder, &out); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(out.String(), "\n"); lines != 3000 {
		t.Errorf("%d lines", lines)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v, %v", left, err)
	}
}

func TestFlattenRefuses(t *testing.T) {
	many := workbook(t, func(book *excelize.File) error {
		return book.SetCellValue("Sheet1", "GZ1", "x")
	})
	empty := workbook(t, func(*excelize.File) error { return nil })
	for name, test := range map[string]struct {
		file string
		want error
	}{
		"no zip":        {write(t, []byte("PK\x03\x04 and no more")), ErrNotTable},
		"another zip":   {write(t, archive(t, "hola.txt", 3)), ErrNotTable},
		"a bomb":        {write(t, archive(t, "xl/worksheets/sheet1.xml", mostUnpacked+1)), ErrTooLarge},
		"a large image": {write(t, archive(t, "xl/media/image1.png", mostBeside+1, "xl/worksheets/sheet1.xml")), ErrTooLarge},
		"no sheet XML":  {write(t, archive(t, "xl/worksheets/sheet1.xml", 10)), ErrEmpty},
		"columns":       {many, ErrTooWide},
		"nothing":       {empty, ErrEmpty},
	} {
		var out bytes.Buffer
		_, err := Flatten(test.file, t.TempDir(), &out)
		if !errors.Is(err, test.want) && (name != "no sheet XML" || !errors.Is(err, ErrNotTable)) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func TestIsWorkbook(t *testing.T) {
	for content, want := range map[string]bool{"PK\x03\x04xx": true, "Nombre,Correo": false, "": false} {
		if got, err := IsWorkbook(strings.NewReader(content)); err != nil || got != want {
			t.Errorf("%q: %v, %v", content, got, err)
		}
	}
	if _, err := IsWorkbook(strings.NewReader(magicCompact + "x")); !errors.Is(err, ErrOldWorkbook) {
		t.Errorf("an old workbook: %v", err)
	}
}

func TestDateCode(t *testing.T) {
	for code, want := range map[string][2]bool{
		"yyyy-mm-dd": {true, false}, "d/m/yy h:mm": {true, true}, `[$-80A]d" de "mmmm" de "yyyy;@`: {true, false},
		"General": {}, `"día" 0`: {}, "#,##0.00": {}, "[Red]0": {}, "hh:mm": {false, true}, `0\d`: {}, `"`: {}, "[": {},
	} {
		if date, clock := dateCode(code); date != want[0] || clock != want[1] {
			t.Errorf("%q: %v, %v, want %v", code, date, clock, want)
		}
	}
}

func write(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "archivo")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// archive makes a ZIP file with a part of so many zeros, and empty others.
func archive(t *testing.T, part string, size int, others ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create(part)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for left := size; left > 0; left -= len(zeros) {
		if _, err := w.Write(zeros[:min(left, len(zeros))]); err != nil {
			t.Fatal(err)
		}
	}
	for _, other := range others {
		if _, err := z.Create(other); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
