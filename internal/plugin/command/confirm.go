package command

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/grupobizopps/salexops/internal/plugin"
)

// confirm asks for a word to be typed, and refuses to go on without it. The
// question goes to standard error, so that an answer piped elsewhere stays clean.
func (h *house) confirm(question, word string) error {
	fmt.Fprintf(h.ErrOut, "%s ", question)
	line, err := bufio.NewReader(h.In).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return plugin.Failedf("reading the answer: %w", err)
	}
	switch answer := strings.TrimSpace(line); answer {
	case word:
		return nil
	case "":
		return plugin.Failedf("nothing was typed, and nothing was changed (--yes asks no question)")
	default:
		return plugin.Failedf("%q is not %s: nothing was changed", answer, word)
	}
}
