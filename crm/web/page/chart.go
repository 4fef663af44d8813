package page

import (
	"math"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// chartBar is one bar, which opens what is behind it.
type chartBar struct {
	label string // beside or below it
	href  string // empty: nothing is behind it
	value int64
	text  string // the value, in words
	note  string // what else there is to say
	tone  string // "", "won", "lost", "soft"
	hangs bool   // from the line, instead of standing on it
}

// chartColumn is a pair of upright bars with one label.
type chartColumn struct {
	label string
	bars  []chartBar
}

// chartCell is a cell of a chart's table.
type chartCell struct{ text, href string }

// chartTable tells what a chart shows, without it.
type chartTable struct {
	caption string
	heads   []string // the first one of the labels
	rows    [][]chartCell
}

// largest is the longest bar, by which all are measured.
func largest(bars []chartBar) int64 {
	most := int64(0)
	for _, b := range bars {
		most = max(most, b.value)
	}
	return most
}

func tallest(columns []chartColumn) int64 {
	most := int64(0)
	for _, c := range columns {
		most = max(most, largest(c.bars))
	}
	return most
}

// chartScale is the length of a bar whose full length is 100. What is there at
// all is seen.
func chartScale(value, most int64) string {
	if value <= 0 || most <= 0 {
		return "0"
	}
	share := math.Max(1, 100*float64(value)/float64(most))
	return strconv.FormatFloat(share, 'f', 2, 64)
}

// chartTop is where an upright bar begins, from the top.
func chartTop(b chartBar, most int64) string {
	if b.hangs {
		return "0"
	}
	length, _ := strconv.ParseFloat(chartScale(b.value, most), 64)
	return strconv.FormatFloat(100-length, 'f', 2, 64)
}

func barTone(tone string) string {
	switch tone {
	case "won":
		return "bar-won"
	case "lost":
		return "bar-lost"
	case "soft":
		return "bar-soft"
	}
	return "bar-fill"
}

// shortMoney writes an amount in about five signs: "$ 1.2 M", "$ 45 k", "$ 800".
func shortMoney(f *Frame, m crm.Money) string {
	mark := strings.TrimSuffix(f.L.Money(crm.Money{Currency: m.Currency}), "0")
	whole := (m.Minor + 50) / 100
	switch {
	case whole >= 999_500:
		return mark + oneDecimal(float64(whole)/1e6) + "\u00a0M"
	case whole >= 10_000:
		return mark + strconv.FormatInt((whole+500)/1000, 10) + "\u00a0k"
	}
	return mark + f.L.Int(whole)
}

// oneDecimal writes a number with one decimal below ten, and none from there.
func oneDecimal(n float64) string {
	if n >= 9.95 {
		return strconv.FormatFloat(n, 'f', 0, 64)
	}
	return strings.TrimSuffix(strconv.FormatFloat(n, 'f', 1, 64), ".0")
}
