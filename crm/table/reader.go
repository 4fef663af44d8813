package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Layout is how a table is written.
type Layout struct {
	Encoding  Encoding `json:"encoding"`
	Separator string   `json:"separator"`
	// Columns are the headings. Where the file has none, or where one is empty,
	// the text is empty.
	Columns []string `json:"columns"`
	// Header is the line of the headings; 0: the file has none.
	Header int `json:"header"`
	// First is the line of the first row below them.
	First int `json:"first"`
	// Rows counts the rows that are not empty.
	Rows int `json:"rows"`
}

// Examine finds out how a CSV file is written and counts its rows. Errors:
// ErrEmpty, ErrNotTable, ErrTooManyRows, ErrTooWide.
func Examine(file io.ReadSeeker) (Layout, error) {
	var l Layout
	var err error
	if err := rewind(file); err != nil {
		return l, err
	}
	if l.Encoding, err = detect(file); err != nil {
		return l, err
	}
	if err := l.look(file); err != nil {
		return l, err
	}
	if len(l.Columns) > MaxColumns {
		return l, ErrTooWide
	}
	return l, l.count(file)
}

// look finds separator and headings in the first rows.
func (l *Layout) look(file io.ReadSeeker) error {
	text, err := l.text(file)
	if err != nil {
		return err
	}
	var sample []line
	for len(sample) < 2*sampleRows {
		next, err := text.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		sample = append(sample, next)
	}
	if len(sample) == 0 {
		return ErrEmpty
	}
	separator, said := saidSeparator(sample[0].text)
	if said {
		sample = sample[1:]
	} else {
		separator = separatorOf(sample)
	}
	l.Separator = string(separator)
	return l.columns(sample)
}

func (l *Layout) columns(sample []line) error {
	text := &lines{from: noMore(), back: sample}
	var rows []Row
	for len(rows) < sampleRows {
		row, err := text.record(l.Separator[0])
		if err != nil {
			break // the sample is read
		}
		if !blank(row.Cells) {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return ErrEmpty
	}
	at, found := headings(rows)
	if !found {
		l.First = rows[at].Line
		l.Columns = make([]string, width(rows[at:], rows[at].Cells))
		return nil
	}
	header := rows[at]
	l.Header, l.First = header.Line, header.Line+1
	l.Columns = make([]string, width(rows[at+1:], header.Cells))
	for i, name := range header.Cells[:min(len(header.Cells), len(l.Columns))] {
		l.Columns[i] = strings.Join(strings.Fields(name), " ")
	}
	return nil
}

func (l *Layout) count(file io.ReadSeeker) error {
	rows, err := l.Read(file)
	if err != nil {
		return err
	}
	for l.Rows = 0; l.Rows <= MaxRows; l.Rows++ {
		_, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	switch {
	case l.Rows > MaxRows:
		return ErrTooManyRows
	case l.Rows == 0:
		return ErrEmpty
	}
	return nil
}

func (l *Layout) text(file io.ReadSeeker) (*lines, error) {
	if err := rewind(file); err != nil {
		return nil, err
	}
	decoded, err := l.Encoding.decode(file)
	if err != nil {
		return nil, err
	}
	return newLines(decoded), nil
}

func rewind(file io.Seeker) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("go to the beginning of the file: %w", err)
	}
	return nil
}

// noMore has nothing to read.
func noMore() *bufio.Reader { return bufio.NewReaderSize(strings.NewReader(""), 16) }

// Rows reads the rows below the headings.
type Rows struct {
	layout *Layout
	text   *lines
}

// Read begins to read the rows of a file of this layout.
func (l *Layout) Read(file io.ReadSeeker) (*Rows, error) {
	if len(l.Separator) != 1 {
		return nil, fmt.Errorf("unknown separator %q", l.Separator)
	}
	text, err := l.text(file)
	if err != nil {
		return nil, err
	}
	return &Rows{layout: l, text: text}, nil
}

// Next is the next row that is not empty, or io.EOF.
func (r *Rows) Next() (Row, error) {
	for {
		row, err := r.text.record(r.layout.Separator[0])
		if err != nil {
			return Row{}, err
		}
		if row.Line < r.layout.First || blank(row.Cells) {
			continue
		}
		return r.fit(row), nil
	}
}

// fit gives the row one cell a column. Programs leave empty cells at the end
// out, so a short row is filled up; but more cells than columns mean that a
// separator inside a text has moved the rest, and no cell can be trusted.
func (r *Rows) fit(row Row) Row {
	columns := len(r.layout.Columns)
	switch {
	case row.Fault == "" && lastFilled(row.Cells) > columns:
		row.Fault = FaultWide
	case row.Fault == "" && len(row.Cells) > columns:
		row.Cells = row.Cells[:columns]
	}
	for len(row.Cells) < columns {
		row.Cells = append(row.Cells, "")
	}
	return row
}
