package locale

import "testing"

func TestFill(t *testing.T) {
	for _, c := range []struct {
		message, want string
		ok            bool
		pairs         []any
	}{
		{"Elegir a {{.Name}}", "Elegir a Lucía {{.Name}}", true, []any{"Name", "Lucía {{.Name}}"}},
		{"{{.A}}{{.B}} y {{.A}}", "12 y 1", true, []any{"A", 1, "B", "2"}},
		{"nada", "nada", true, nil},
		{"", "", false, nil},
		{"{{.Gone}}", "", false, []any{"Name", "x"}},
		{"{{if .Name}}x{{end}}", "", false, []any{"Name", "x"}},
		{"{{ .Name | upper }}", "", false, []any{"Name", "x"}},
		{"open {{.Name", "", false, []any{"Name", "x"}},
	} {
		text, ok := fill(c.message, c.pairs)
		if ok != c.ok || text != c.want {
			t.Errorf("fill(%q, %v) = %q, %v; want %q, %v", c.message, c.pairs, text, ok, c.want, c.ok)
		}
	}
}
