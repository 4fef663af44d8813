package table

import (
	"strings"
)

// separators are tried in this order; of equal ones the first is taken.
const separators = ",;\t|"

// sampleRows is how many rows are looked at to find out how a file is written.
const sampleRows = 30

// separatorOf finds what stands between cells: what cuts the most rows into
// the same number of cells, and of those what cuts them into the most.
func separatorOf(sample []line) byte {
	best, bestScore := separators[0], 0.0
	for _, candidate := range []byte(separators) {
		if score := evenness(sample, candidate); score > bestScore {
			best, bestScore = candidate, score
		}
	}
	return best
}

func evenness(sample []line, separator byte) float64 {
	l := &lines{from: nil, back: append([]line(nil), sample...)}
	l.from = noMore()
	widths, rows := map[int]int{}, 0
	for {
		row, err := l.record(separator)
		if err != nil {
			break
		}
		if !blank(row.Cells) && row.Fault == "" {
			widths[len(row.Cells)]++
		}
		rows++
	}
	best := 0.0
	for width, count := range widths {
		if width > 1 {
			// A share of the rows first; more columns decide between equal shares.
			best = max(best, float64(count)/float64(rows)+float64(min(width, MaxColumns))/1000)
		}
	}
	return best
}

// saidSeparator reads the hint that Excel understands in a first line: "sep=;".
func saidSeparator(first string) (byte, bool) {
	rest, found := strings.CutPrefix(strings.ToLower(strings.Trim(first, `" `)), "sep=")
	if !found || len(rest) != 1 || strings.IndexByte(separators, rest[0]) < 0 {
		return 0, false
	}
	return rest[0], true
}
