// Package table reads tables that people export from elsewhere: CSV in the
// encodings and with the separators that occur, and XLSX. It reads row by row,
// so that its memory does not grow with the file, and it never gives up on a
// file for one bad row: that row tells what is wrong with it and on which line.
//
// Examine looks at a file and says how it is written; the Layout it returns is
// kept, so that the file is read in the same way later. A workbook is written
// as CSV once, by Flatten, and is read like any other file from then on.
package table

import "errors"

// Limits of a table.
const (
	MaxBytes   = 50 << 20 // of the file as it was uploaded
	MaxRows    = 100_000  // below the headings
	MaxColumns = 200
	MaxCell    = 8_000 // bytes
	maxRow     = 64_000
)

// Reasons why a file is not read at all.
var (
	ErrEmpty       = errors.New("the file has no rows")
	ErrNotTable    = errors.New("the file is neither text nor a workbook")
	ErrOldWorkbook = errors.New("the file is a workbook of the old kind, or it has a password")
	ErrTooLarge    = errors.New("the file is too large")
	ErrTooManyRows = errors.New("the file has too many rows")
	ErrTooWide     = errors.New("the file has too many columns")
)

// Fault is why one row cannot be used.
type Fault string

// Faults of rows.
const (
	FaultQuote    Fault = "quote"    // a quotation mark that opens and never closes
	FaultWide     Fault = "wide"     // more cells than there are columns
	FaultLong     Fault = "long"     // a cell or the row is too long
	FaultEncoding Fault = "encoding" // bytes that are no characters
)

// Row is one row below the headings.
type Row struct {
	Line  int      // of the file, from 1: where the row begins
	Cells []string // one a column; a row that is too short is filled up with empty ones
	Fault Fault    // empty: none
}
