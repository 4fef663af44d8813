package simulate

import (
	"bytes"
	"fmt"
	"strings"
)

// source is where something was read.
type source struct {
	file string
	// document counts from 1.
	document int
	// item is the place in a List, such as `items[3]`; empty outside of one.
	item string
}

func (s source) String() string {
	text := fmt.Sprintf("%s: document %d", s.file, s.document)
	if s.item != "" {
		text += ": " + s.item
	}
	return text
}

// document is one YAML document. Its text begins with as many empty lines as
// there are before it in the file, so that a parser counts the file's lines.
type document struct {
	source
	text []byte
}

// split cuts a file at the lines that begin or end a document. What holds
// nothing but comments before the first one is none.
func split(file string, text []byte) []document {
	var documents []document
	var current bytes.Buffer
	number, line := 0, 0
	finish := func(next int) {
		if !blank(current.Bytes()) {
			number++
			documents = append(documents, document{source{file: file, document: number}, bytes.Clone(current.Bytes())})
		} else if number > 0 {
			number++ // An empty document counts for whoever counts separators.
		}
		current.Reset()
		current.WriteString(strings.Repeat("\n", next))
	}
	for content := range bytes.Lines(text) {
		switch rest, begins := separator(content); {
		case begins:
			finish(line)
			current.Write(rest)
		default:
			current.Write(content)
		}
		line++
	}
	finish(line)
	return documents
}

// separator recognises `---` and `...` at the beginning of a line, and gives
// what follows on it.
func separator(line []byte) (rest []byte, ok bool) {
	for _, mark := range []string{"---", "..."} {
		if rest, found := bytes.CutPrefix(line, []byte(mark)); found && (len(rest) == 0 || strings.ContainsRune(" \t\r\n", rune(rest[0]))) {
			return rest, true
		}
	}
	return nil, false
}

// blank reports whether there is nothing but comments.
func blank(text []byte) bool {
	for line := range bytes.Lines(text) {
		if content := bytes.TrimSpace(line); len(content) > 0 && content[0] != '#' {
			return false
		}
	}
	return true
}
