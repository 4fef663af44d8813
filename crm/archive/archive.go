// Package archive writes the export of everything: one ZIP that holds every
// record as CSV and as JSON, and a manifest that says what is in it, with a
// digest of each file. It is written from the first byte to the last, and what
// it keeps in memory does not grow with what it writes.
//
//	README.txt
//	csv/contacts.csv    every table, for spreadsheets
//	json/contacts.json  the same rows, for programs
//	documents/…         every document under its name
//	manifest.json       the last file: an archive that was cut off has none
package archive

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Format names the layout of the archive; a later one has a higher number.
const Format = "salexops-export/1"

// Names inside the archive.
const (
	ManifestName    = "manifest.json"
	DocumentsFolder = "documents/"
)

// Manifest says what an archive holds.
type Manifest struct {
	Format        string    `json:"format"`
	Tenant        string    `json:"tenant,omitempty"`
	Company       string    `json:"company,omitempty"`
	CreatedBy     string    `json:"createdBy,omitempty"` // who asked for it
	Version       string    `json:"version,omitempty"`   // of the program
	SchemaVersion int64     `json:"schemaVersion"`       // of the database
	StartedAt     time.Time `json:"startedAt"`           // all rows are those of this moment
	FinishedAt    time.Time `json:"finishedAt"`
	Tables        []Table   `json:"tables"`
	Documents     Documents `json:"documents"`
	Files         []File    `json:"files"` // all but the manifest itself
}

// Table is one kind of record.
type Table struct {
	Name    string   `json:"name"`
	Rows    int64    `json:"rows"`
	Columns []string `json:"columns"`
}

// Documents are the files that people uploaded.
type Documents struct {
	Folder string `json:"folder"`
	Files  int64  `json:"files"`
	Bytes  int64  `json:"bytes"`
}

// File is one file of the archive, as it is when unpacked.
type File struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`         // in hexadecimal digits
	Rows   int64  `json:"rows,omitempty"` // of a table
}

// Writer writes an archive.
type Writer struct {
	zip      *zip.Writer
	buffer   *bufio.Writer
	manifest Manifest
}

// New begins an archive. What head says of format, tables, documents and files
// is replaced by what is written.
func New(w io.Writer, head Manifest) *Writer {
	head.Format, head.Tables, head.Files = Format, []Table{}, []File{}
	head.Documents = Documents{Folder: DocumentsFolder}
	head.StartedAt = head.StartedAt.UTC()
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestSpeed)
	})
	return &Writer{zip: z, buffer: bufio.NewWriterSize(nil, 64<<10), manifest: head}
}

// Text adds a small file.
func (a *Writer) Text(path, content string) error {
	return a.add(path, func(w io.Writer) (int64, error) {
		_, err := io.WriteString(w, content)
		return 0, err
	})
}

// add writes one file and notes it in the manifest. write says how many rows
// there were.
func (a *Writer) add(path string, write func(io.Writer) (int64, error)) error {
	rows, file, err := a.write(path, write)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	file.Rows = rows
	a.manifest.Files = append(a.manifest.Files, file)
	return nil
}

func (a *Writer) write(path string, write func(io.Writer) (int64, error)) (int64, File, error) {
	entry, err := a.zip.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate, Modified: a.manifest.StartedAt})
	if err != nil {
		return 0, File{}, err
	}
	digest, size := sha256.New(), new(counter)
	a.buffer.Reset(io.MultiWriter(entry, digest, size))
	rows, err := write(a.buffer)
	if err == nil {
		err = a.buffer.Flush()
	}
	return rows, File{Path: path, Bytes: int64(*size), SHA256: hex.EncodeToString(digest.Sum(nil))}, err
}

// Close writes the manifest and ends the archive. It returns the manifest.
func (a *Writer) Close(now time.Time) (Manifest, error) {
	a.manifest.FinishedAt = now.UTC()
	_, _, err := a.write(ManifestName, func(w io.Writer) (int64, error) {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return 0, encoder.Encode(a.manifest)
	})
	if err == nil {
		err = a.zip.Close()
	}
	if err != nil {
		return Manifest{}, fmt.Errorf("end the archive: %w", err)
	}
	return a.manifest, nil
}

// counter counts the bytes that pass.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
