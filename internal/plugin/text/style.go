// Package text shows reports to a person: aligned, calm, in words. Colour means
// something (red is late or lost, amber waits, green is well) and never says
// anything that the words don't.
package text

// Style says how much a terminal can show.
type Style struct {
	// Colour is false where the output is no terminal, or nobody wants any.
	Colour bool
	// Wide shows what a narrow terminal has no room for.
	Wide bool
}

type paint string

// The paints are ANSI colours, which every terminal adapts to its own theme.
const (
	plain paint = ""
	bold  paint = "1"
	dim   paint = "2"
	red   paint = "31"
	green paint = "32"
	amber paint = "33"
)

func (s Style) in(p paint, text string) string {
	if !s.Colour || p == plain || text == "" {
		return text
	}
	return "\x1b[" + string(p) + "m" + text + "\x1b[0m"
}
