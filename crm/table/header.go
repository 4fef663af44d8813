package table

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestHeading is how many characters the name of a column may have before
// it is taken for something else.
const longestHeading = 80

// headings finds the row with the names of the columns: the first that fills
// at least half of the columns, since a title of the sheet may stand above it.
// found is false when that row is data already.
func headings(sample []Row) (at int, found bool) {
	widest := 0
	for _, row := range sample {
		widest = max(widest, filled(row.Cells))
	}
	for i, row := range sample {
		if row.Fault == "" && 2*filled(row.Cells) >= widest && filled(row.Cells) > 0 {
			return i, looksLikeHeadings(row.Cells)
		}
	}
	return 0, false
}

func filled(cells []string) int {
	n := 0
	for _, cell := range cells {
		if cell != "" {
			n++
		}
	}
	return n
}

func looksLikeHeadings(cells []string) bool {
	for _, cell := range cells {
		if strings.Contains(cell, "@") || utf8.RuneCountInString(cell) > longestHeading || mostlyDigits(cell) {
			return false
		}
	}
	return true
}

// mostlyDigits is true of amounts, dates and phone numbers, and false of
// "Tel. 2".
func mostlyDigits(cell string) bool {
	digits, others := 0, 0
	for _, r := range cell {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			others++
		}
	}
	return digits > others
}

// width is the number of columns: as many as there are headings, and more where
// most rows have something in them.
func width(sample []Row, header []string) int {
	counts := map[int]int{}
	for _, row := range sample {
		if row.Fault == "" {
			counts[lastFilled(row.Cells)]++
		}
	}
	columns := lastFilled(header)
	for wide, count := range counts {
		if wide > columns && 2*count > len(sample) {
			columns = wide
		}
	}
	return columns
}

func lastFilled(cells []string) int {
	for i := len(cells); i > 0; i-- {
		if cells[i-1] != "" {
			return i
		}
	}
	return 0
}
