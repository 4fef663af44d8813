package icon

import (
	"encoding/xml"
	"strings"
	"testing"
)

func TestEveryIconIsWellFormedAndSilent(t *testing.T) {
	for _, name := range Names() {
		svg := SVG(name)
		if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(svg, `aria-hidden="true"`) || strings.Contains(svg, "style=") || strings.Contains(svg, "<script") {
			t.Errorf("%s is %s", name, svg)
		}
	}
	if SVG("no-such-icon") != "" {
		t.Error("an unknown icon is something")
	}
}
