package table

import (
	"errors"
	"io"
	"strings"
)

// How far a quotation mark is followed that does not close on its own line, and
// how many of them in one row.
const (
	mostLines = 50
	mostBytes = 16 << 10
	mostOpen  = 8
)

// record reads one row with its cells, over several lines when a cell in
// quotation marks has line ends in it. A mark that never closes costs its own
// line alone: encoding/csv would take the rest of the file for one cell.
func (l *lines) record(separator byte) (Row, error) {
	first, err := l.next()
	if err != nil {
		return Row{}, err
	}
	row := Row{Line: first.number}
	cells, open := split(first.text, separator)
	if open && !first.cut {
		cells, err = l.follow(first, separator)
		if err != nil {
			return Row{}, err
		}
		if open = cells == nil; open {
			cells = []string{first.text}
		}
	}
	row.Cells = cells
	switch {
	case first.cut:
		row.Fault = FaultLong
	case open:
		row.Fault = FaultQuote
	default:
		row.Fault = faultOf(cells)
	}
	return row, nil
}

func faultOf(cells []string) Fault {
	for _, cell := range cells {
		switch {
		case len(cell) > MaxCell:
			return FaultLong
		case strings.Contains(cell, "\uFFFD"):
			return FaultEncoding
		}
	}
	return ""
}

// follow adds lines until the quotation mark closes. When it does not, the
// lines are given back and there are no cells.
func (l *lines) follow(first line, separator byte) ([]string, error) {
	text, opened := first.text, 1
	var taken []line
	for len(taken) < mostLines && len(text) < mostBytes && opened <= mostOpen {
		more, err := l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		taken = append(taken, more)
		at := closing(more.text, separator)
		if more.cut || at == lone {
			break
		}
		text += "\n" + more.text
		if at == inside {
			continue
		}
		cells, open := split(text, separator)
		if !open {
			return cells, nil
		}
		opened++ // another cell of the same row
	}
	l.unread(taken)
	return nil, nil
}

// What closing found instead of a closing mark.
const (
	inside = -1 // the line ends inside of the cell
	lone   = -2 // a mark that neither closes the cell nor is doubled
)

// closing finds the mark that closes a cell begun on an earlier line. A lone
// mark is more likely the one that opens a cell of a later row: the first was
// forgotten to close, and the rows between must not become one cell.
func closing(text string, separator byte) int {
	for from := 0; ; {
		i := strings.IndexByte(text[from:], '"')
		if i < 0 {
			return inside
		}
		i += from
		after := strings.TrimLeft(text[i+1:], " ")
		switch {
		case strings.HasPrefix(text[i+1:], `"`):
			from = i + 2
		case after == "" || after[0] == separator:
			return i
		default:
			return lone
		}
	}
}

// split cuts a row into its cells. A cell that begins with a quotation mark
// ends with one; "" is one inside of it. Any other mark is a character like
// the rest. open says that the last cell's mark does not close.
func split(text string, separator byte) (cells []string, open bool) {
	cells = make([]string, 0, strings.Count(text, string(separator))+1)
	for {
		start := len(text) - len(strings.TrimLeft(text, " "))
		if start < len(text) && text[start] == '"' {
			cell, rest, closed := quoted(text[start+1:], separator)
			cells = append(cells, cell)
			if !closed {
				return cells, true
			}
			if rest == "" {
				return cells, false
			}
			text = rest[1:]
			continue
		}
		cell, rest, more := strings.Cut(text, string(separator))
		cells = append(cells, strings.TrimSpace(cell))
		if !more {
			return cells, false
		}
		text = rest
	}
}

// quoted reads a cell after its opening mark. rest begins with the separator,
// or is empty at the end of the row.
func quoted(text string, separator byte) (cell, rest string, closed bool) {
	from, doubled := 0, false
	for {
		i := strings.IndexByte(text[from:], '"')
		if i < 0 {
			return text, "", false
		}
		i += from
		after := strings.TrimLeft(text[i+1:], " ")
		switch {
		case strings.HasPrefix(text[i+1:], `"`):
			from, doubled = i+2, true
			continue
		case after == "" || after[0] == separator:
			cell = text[:i]
			if doubled {
				cell = strings.ReplaceAll(cell, `""`, `"`)
			}
			return strings.TrimSpace(cell), after, true
		}
		from = i + 1 // a mark within: "5" tubo"
	}
}

// blank says that a row has nothing in it.
func blank(cells []string) bool {
	for _, cell := range cells {
		if cell != "" {
			return false
		}
	}
	return true
}
