package plugin

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestExitCodes(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want int
	}{
		"nothing went wrong":       {nil, 0},
		"the command was mistyped": {Usagef("--within: %q is not a time", "soon"), ExitUsage},
		"the cluster failed":       {Failedf("reading the tenants: %w", io.ErrUnexpectedEOF), ExitFailed},
		"an error without a code":  {errors.New("broken"), ExitFailed},
		"a wrapped usage error":    {fmt.Errorf("simulate: %w", Usagef("no file")), ExitUsage},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ExitCode(c.err); got != c.want {
				t.Errorf("exits with %d, want %d", got, c.want)
			}
		})
	}
}

func TestAnExitErrorSaysAndKeepsWhatWentWrong(t *testing.T) {
	err := Failedf("reading the tenants: %w", io.ErrUnexpectedEOF)
	if !errors.Is(err, io.ErrUnexpectedEOF) || err.Error() != "reading the tenants: unexpected EOF" {
		t.Errorf("got %v", err)
	}
}
