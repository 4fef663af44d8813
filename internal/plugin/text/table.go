package text

import (
	"strings"
	"unicode/utf8"
)

// cell is a word of a table and how it is painted.
type cell struct {
	text  string
	paint paint
}

// table lines up columns.
type table struct {
	style  Style
	indent string
	rows   [][]cell
}

// heading adds the row with the names of the columns.
func (t *table) heading(names ...string) {
	row := make([]cell, len(names))
	for i, name := range names {
		row[i] = cell{name, dim}
	}
	t.rows = append(t.rows, row)
}

// row adds a row of unpainted cells.
func (t *table) row(texts ...string) {
	row := make([]cell, len(texts))
	for i, text := range texts {
		row[i] = cell{text: text}
	}
	t.rows = append(t.rows, row)
}

// cells adds a row.
func (t *table) cells(cells ...cell) { t.rows = append(t.rows, cells) }

const gap = "   "

// String is the table, each row on a line. No line ends in blanks.
func (t *table) String() string {
	var widths []int
	for _, row := range t.rows {
		for i, c := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(c.text))
		}
	}
	var b strings.Builder
	for _, row := range t.rows {
		last := len(row) - 1
		for last > 0 && row[last].text == "" {
			last--
		}
		b.WriteString(t.indent)
		for i, c := range row[:last+1] {
			b.WriteString(t.style.in(c.paint, c.text))
			if i < last {
				b.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c.text)) + gap)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
