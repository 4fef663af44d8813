package table

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of a workbook, since a small file can be unpacked to a huge one.
const (
	mostUnpacked = 512 << 20 // bytes, of all parts
	mostBeside   = 16 << 20  // bytes, of the parts that are kept in memory: styles, pictures
	mostParts    = 2_000
	// keptInMemory is how large a sheet may be before it is unpacked to a file.
	keptInMemory = 1 << 20
)

// Beginnings of files.
const (
	magicZip     = "PK\x03\x04"
	magicCompact = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" // .xls, and .xlsx with a password
)

// IsWorkbook says whether a file is a workbook, by its first bytes. Errors:
// ErrOldWorkbook.
func IsWorkbook(file io.ReaderAt) (bool, error) {
	begin := make([]byte, len(magicCompact))
	n, err := file.ReadAt(begin, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, fmt.Errorf("read the file: %w", err)
	}
	if string(begin[:n]) == magicCompact {
		return false, ErrOldWorkbook
	}
	return strings.HasPrefix(string(begin[:n]), magicZip), nil
}

// Flatten writes the first sheet of a workbook that has something in it as CSV
// in UTF-8: row n of the sheet is line n. Dates are written as YYYY-MM-DD,
// whatever order the workbook shows them in; numbers as they are shown. folder
// takes temporary files, which are gone afterwards. It returns the sheet's
// name. Errors: ErrNotTable, ErrTooLarge, ErrTooManyRows, ErrTooWide, ErrEmpty.
func Flatten(name, folder string, to io.Writer) (sheet string, err error) {
	if _, err := Unpacked(name); err != nil {
		return "", err
	}
	book, err := excelize.OpenFile(name, excelize.Options{
		UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: keptInMemory, TmpDir: folder,
		ShortDatePattern: isoDate, LongDatePattern: isoDate,
	})
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return "", fmt.Errorf("open the workbook: %w", err)
		}
		return "", fmt.Errorf("%w: %w", ErrNotTable, err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	isoDates(book)
	for _, sheet := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(sheet); err != nil || !visible {
			continue
		}
		out := bufio.NewWriter(to)
		rows, err := flattenSheet(book, sheet, out)
		if err != nil {
			return "", err
		}
		if rows > 0 {
			return sheet, out.Flush()
		}
		out.Reset(io.Discard)
	}
	return "", ErrEmpty
}

// Unpacked is how many bytes the parts of a workbook take together. It goes by
// what the archive says; archive/zip holds each part to that. Errors:
// ErrNotTable, ErrTooLarge.
func Unpacked(name string) (int64, error) {
	archive, err := zip.OpenReader(name)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return 0, fmt.Errorf("open the workbook: %w", err)
		}
		return 0, fmt.Errorf("%w: %w", ErrNotTable, err)
	}
	defer archive.Close()
	if len(archive.File) > mostParts {
		return 0, ErrTooLarge
	}
	all, beside, sheets := uint64(0), uint64(0), 0
	for _, part := range archive.File {
		all += min(part.UncompressedSize64, mostUnpacked+1)
		part := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		if strings.HasPrefix(part, "xl/worksheets/sheet") {
			sheets++
		}
	}
	for _, part := range archive.File {
		if !streamed(part.Name) {
			beside += min(part.UncompressedSize64, mostBeside+1)
		}
	}
	switch {
	case sheets == 0:
		return 0, ErrNotTable
	case all > mostUnpacked || beside > mostBeside:
		return 0, ErrTooLarge
	}
	return int64(all), nil
}

// streamed says whether a part is read piece by piece when it is large.
func streamed(part string) bool {
	part = strings.ToLower(strings.ReplaceAll(part, `\`, "/"))
	return part == "xl/sharedstrings.xml" || (strings.HasPrefix(part, "xl/worksheets/sheet") && path.Ext(part) == ".xml")
}

// flattenSheet writes one sheet and says how many rows have something in them.
func flattenSheet(book *excelize.File, sheet string, out *bufio.Writer) (filledRows int, err error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNotTable, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return filledRows, fmt.Errorf("%w: %w", ErrNotTable, err)
		}
		for i, cell := range cells {
			cells[i] = tidyCell(cell)
		}
		if !blank(cells) {
			filledRows++
		}
		switch {
		case filledRows > MaxRows+sampleRows: // titles and headings are no rows of the table
			return filledRows, ErrTooManyRows
		case lastFilled(cells) > MaxColumns:
			return filledRows, ErrTooWide
		}
		if err := writeCells(out, cells[:lastFilled(cells)]); err != nil {
			return filledRows, fmt.Errorf("write the sheet: %w", err)
		}
	}
	if err := rows.Error(); err != nil {
		return filledRows, fmt.Errorf("%w: %w", ErrNotTable, err)
	}
	return filledRows, nil
}

// tidyCell writes a cell on one line. What a formula says when it failed is
// nothing that anybody wants to keep.
func tidyCell(cell string) string {
	switch cell {
	case "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!":
		return ""
	}
	return strings.Join(strings.Fields(cell), " ")
}

func writeCells(out *bufio.Writer, cells []string) error {
	for i, cell := range cells {
		if i > 0 {
			_ = out.WriteByte(',') // a bufio.Writer keeps its error for the last write
		}
		if strings.ContainsAny(cell, `",`) {
			_, _ = out.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
			continue
		}
		_, _ = out.WriteString(cell)
	}
	return out.WriteByte('\n')
}
