package archive_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm/archive"
)

var at = time.Date(2027, 1, 4, 15, 0, 0, 0, time.UTC)

var columns = []archive.Column{{Name: "id"}, {Name: "name"}, {Name: "emails", Type: archive.JSON}, {Name: "createdAt", Type: archive.Instant}}

func people(each func([]any) error) error {
	return errors.Join(
		each([]any{int64(1), "José <Núñez>", `["a@acme.example","b@acme.example"]`, at.UnixMicro()}),
		each([]any{int64(2), `=HYPERLINK("http://evil.example")`, `[]`, int64(0)}),
		each([]any{int64(-3), nil, `{"12":"x"}`, nil}),
		each([]any{int64(4), "dos\nlíneas", `not JSON`, at.UnixMicro()}),
	)
}

// unpack reads an archive and checks every digest that its manifest gives.
func unpack(t *testing.T, raw []byte) (archive.Manifest, map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	var m archive.Manifest
	if err := json.Unmarshal([]byte(files[archive.ManifestName]), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Files) != len(files)-1 {
		t.Errorf("the manifest names %d of %d files", len(m.Files), len(files)-1)
	}
	for _, f := range m.Files {
		sum := sha256.Sum256([]byte(files[f.Path]))
		if hex.EncodeToString(sum[:]) != f.SHA256 || int64(len(files[f.Path])) != f.Bytes {
			t.Errorf("%s is not what the manifest says", f.Path)
		}
	}
	return m, files
}

func TestAnArchiveSaysWhatItHolds(t *testing.T) {
	var out bytes.Buffer
	a := archive.New(&out, archive.Manifest{Tenant: "acme", SchemaVersion: 9, StartedAt: at})
	if err := errors.Join(a.Text("README.txt", "hola"), a.Table("people", columns, people)); err != nil {
		t.Fatal(err)
	}
	want, err := a.Close(at.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	got, files := unpack(t, out.Bytes())
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the manifest is\n%+v\nwant\n%+v", got, want)
	}
	if got.Format != archive.Format || got.Tables[0].Rows != 4 || got.Documents.Folder != "documents/" || !got.FinishedAt.After(got.StartedAt) {
		t.Errorf("manifest: %+v", got)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(files["csv/people.csv"], "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	wantRows := [][]string{
		{"id", "name", "emails", "createdAt"},
		{"1", "José <Núñez>", "a@acme.example; b@acme.example", "2027-01-04T15:00:00Z"},
		{"2", `'=HYPERLINK("http://evil.example")`, "", ""},
		{"-3", "", `{"12":"x"}`, ""},
		{"4", "dos\nlíneas", "not JSON", "2027-01-04T15:00:00Z"},
	}
	if !slices.EqualFunc(rows, wantRows, slices.Equal) {
		t.Errorf("CSV: %q", rows)
	}
	var objects []map[string]any
	if err := json.Unmarshal([]byte(files["json/people.json"]), &objects); err != nil {
		t.Fatal(err)
	}
	wantObjects := []map[string]any{
		{"id": 1.0, "name": "José <Núñez>", "emails": []any{"a@acme.example", "b@acme.example"}, "createdAt": "2027-01-04T15:00:00Z"},
		{"id": 2.0, "name": `=HYPERLINK("http://evil.example")`, "emails": []any{}, "createdAt": nil},
		{"id": -3.0, "name": nil, "emails": map[string]any{"12": "x"}, "createdAt": nil},
		{"id": 4.0, "name": "dos\nlíneas", "emails": "not JSON", "createdAt": "2027-01-04T15:00:00Z"},
	}
	if !reflect.DeepEqual(objects, wantObjects) {
		t.Errorf("JSON: %v", objects)
	}
}

func TestAnEmptyTableIsOne(t *testing.T) {
	var out bytes.Buffer
	a := archive.New(&out, archive.Manifest{})
	if err := a.Table("nothing", columns, func(func([]any) error) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Close(at); err != nil {
		t.Fatal(err)
	}
	m, files := unpack(t, out.Bytes())
	var none []any
	if err := json.Unmarshal([]byte(files["json/nothing.json"]), &none); err != nil || len(none) != 0 || m.Tables[0].Rows != 0 {
		t.Errorf("%q, %v", files["json/nothing.json"], err)
	}
}

func TestWhatFailsIsTold(t *testing.T) {
	broken := errors.New("the disk")
	for name, rows := range map[string]archive.Rows{
		"at once": func(func([]any) error) error { return broken },
		"later":   func(each func([]any) error) error { return errors.Join(each([]any{int64(1), "", "[]", nil}), broken) },
	} {
		if err := archive.New(io.Discard, archive.Manifest{}).Table("x", columns, rows); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	a := archive.New(writerFunc(func([]byte) (int, error) { return 0, broken }), archive.Manifest{})
	_, err := a.Close(at)
	if err == nil {
		t.Error("an archive that nobody took is one")
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
