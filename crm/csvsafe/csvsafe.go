// Package csvsafe writes CSV that a spreadsheet may open: a cell that it would
// run as a formula begins with an apostrophe, which makes it text.
package csvsafe

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// bom tells Excel that the text is UTF-8; without it accents are broken there.
const bom = "\ufeff"

// Cell writes a text so that no spreadsheet takes it for a formula. A decimal
// number keeps its minus sign and stays a number. A text that has such an
// apostrophe of its own gets a second, so that Text always gives back what was.
func Cell(text string) string {
	if isFormula(strings.TrimLeft(text, "'")) && !isDecimal(text) {
		return "'" + text
	}
	return text
}

// Text reads back what Cell wrote.
func Text(cell string) string {
	if rest, guarded := strings.CutPrefix(cell, "'"); guarded && isFormula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}

// isFormula says whether a spreadsheet may run the text: the signs that begin
// a formula, also in full width, and blanks that some programs skip before one.
func isFormula(text string) bool {
	if text == "" {
		return false
	}
	if strings.ContainsRune("\t\r\n", rune(text[0])) {
		return true
	}
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	return strings.IndexAny(text, "=+-@＝＋－＠") == 0
}

// isDecimal accepts -12 and -12.50.
func isDecimal(text string) bool {
	digits, found := strings.CutPrefix(text, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	return found && allDigits(whole) && (!point || allDigits(fraction))
}

func allDigits(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// Writer writes rows with every cell guarded, as Excel wants them: UTF-8 with
// its mark, lines that end in CR and LF.
type Writer struct {
	csv *csv.Writer
	row []string
}

// NewWriter begins a file.
func NewWriter(w io.Writer) (*Writer, error) {
	if _, err := io.WriteString(w, bom); err != nil {
		return nil, fmt.Errorf("begin CSV: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return &Writer{csv: out}, nil
}

// Write writes one row.
func (w *Writer) Write(cells []string) error {
	w.row = w.row[:0]
	for _, text := range cells {
		w.row = append(w.row, Cell(text))
	}
	if err := w.csv.Write(w.row); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// Flush sends on what is buffered.
func (w *Writer) Flush() error {
	w.csv.Flush()
	if err := w.csv.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}
