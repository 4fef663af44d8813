package text

import (
	"io"
	"strings"

	"github.com/grupobizopps/salexops/internal/plugin/phrase"
	"github.com/grupobizopps/salexops/internal/plugin/report"
)

// Timeline shows what happened to a tenant and what will.
func Timeline(w io.Writer, style Style, p phrase.Phrases, timeline report.Timeline) error {
	past := &table{style: style}
	for i := range timeline.Past {
		entry := &timeline.Past[i]
		past.cells(first(i, "PAST"), cell{text: p.Column(entry.At)}, cell{text: entry.What})
	}
	past.cells(cell{"NOW ", bold}, cell{p.Column(timeline.Now), bold}, cell{timeline.Standing, bold})
	_, err := io.WriteString(w, past.String()+future(style, p, timeline))
	return err
}

// future is what will happen. Its columns are its own, so that what the past is
// full of moves none of its braces.
func future(style Style, p phrase.Phrases, timeline report.Timeline) string {
	t := &table{style: style}
	braces := bracesOf(timeline.Next)
	for i := range timeline.Next {
		entry := &timeline.Next[i]
		when := cell{text: p.Column(entry.At)}
		note := cell{text: braces[i]}
		if len(entry.BlockedBy) > 0 {
			note = cell{strings.TrimPrefix(braces[i]+"; held back by "+blockedBy(entry.BlockedBy), "; "), amber}
		}
		if !entry.At.After(timeline.Now) && len(entry.BlockedBy) == 0 {
			when.paint = red
		}
		t.cells(first(i, "NEXT"), when, cell{text: entry.What}, note)
	}
	if len(timeline.Next) == 0 {
		t.row("NEXT", "nothing, by the passing of time alone")
	}
	return t.String()
}

// first names a part of the timeline on its first line.
func first(i int, name string) cell {
	if i == 0 {
		return cell{name, bold}
	}
	return cell{}
}

// bracesOf joins neighbouring entries that the same thing prevents.
func bracesOf(entries []report.Entry) []string {
	braces := make([]string, len(entries))
	for from := 0; from < len(entries); {
		to := from + 1
		for to < len(entries) && entries[to].Unless == entries[from].Unless {
			to++
		}
		if unless := entries[from].Unless; unless != "" {
			brace(braces[from:to], unless)
		}
		from = to
	}
	return braces
}

func brace(braces []string, unless string) {
	if len(braces) == 1 {
		braces[0] = unless
		return
	}
	last := len(braces) - 1
	for i := range braces {
		switch i {
		case 0:
			braces[i] = "┐"
		case last:
			braces[i] = "┘"
		default:
			braces[i] = "│"
		}
	}
	middle := last / 2
	switch middle {
	case 0:
		braces[0] = "┬ " + unless
	default:
		braces[middle] = "├ " + unless
	}
}
