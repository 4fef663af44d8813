package simulate

import (
	"fmt"
	"io"
	"os"

	"github.com/grupobizopps/salexops/internal/plugin"
)

// read reads the files, of which `-` is the standard input.
func read(files []string, stdin io.Reader) (*ledger, error) {
	var objects []*object
	var problems []problem
	for _, file := range files {
		text, err := contents(file, stdin)
		if err != nil {
			return nil, plugin.Usagef("-f %s: %w", file, err)
		}
		documents := split(file, text)
		if len(documents) == 0 {
			return nil, plugin.Usagef("-f %s: there is no document in it", file)
		}
		for _, d := range documents {
			found, wrong := decode(d)
			problems = append(problems, wrong...)
			for i := range found {
				problems = append(problems, check(&found[i])...)
				objects = append(objects, &found[i])
			}
		}
	}
	if len(problems) > 0 { // Whether references hold can't be said without all objects.
		return nil, usage(problems)
	}
	l := gather(objects)
	return l, usage(l.problems)
}

func contents(file string, stdin io.Reader) ([]byte, error) {
	if file == "-" {
		text, err := io.ReadAll(stdin)
		if err != nil {
			return nil, fmt.Errorf("reading the standard input: %w", err)
		}
		return text, nil
	}
	return os.ReadFile(file) //nolint:gosec // The file is the one that the user names.
}
