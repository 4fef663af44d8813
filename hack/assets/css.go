package main

import (
	"fmt"
	"strings"
)

// rule is one piece of a style sheet: a style rule (Body holds declarations), a
// group such as @media (Rules), or a statement (neither).
type rule struct {
	Head  string
	Body  string
	Rules []rule
	Group bool
}

// groups are the at-rules that hold rules.
var groups = []string{"@media", "@supports", "@layer", "@container"}

// parseCSS reads a style sheet without nesting, as Sass writes it.
func parseCSS(text string) ([]rule, error) {
	p := &cssParser{text: stripComments(text)}
	rules := p.rules(0)
	if p.at < len(p.text) {
		return nil, fmt.Errorf("the style sheet closes a brace too many at byte %d", p.at)
	}
	return rules, nil
}

type cssParser struct {
	text string
	at   int
}

func (p *cssParser) rules(depth int) []rule {
	var found []rule
	for p.at < len(p.text) {
		head, end := p.until("{};")
		head = strings.TrimSpace(head)
		switch end {
		case '{':
			if isGroup(head) {
				found = append(found, rule{Head: head, Group: true, Rules: p.rules(depth + 1)})
			} else {
				found = append(found, rule{Head: head, Body: p.block()})
			}
		case ';':
			if head != "" {
				found = append(found, rule{Head: head})
			}
		case '}':
			if depth == 0 {
				p.at--
			}
			return found
		}
	}
	return found
}

// until reads up to one of the stops outside of strings and parentheses.
func (p *cssParser) until(stops string) (string, byte) {
	start, parens := p.at, 0
	var quote byte
	for ; p.at < len(p.text); p.at++ {
		c := p.text[p.at]
		switch {
		case quote != 0:
			switch c {
			case '\\':
				p.at++
			case quote:
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(':
			parens++
		case c == ')':
			parens--
		case parens == 0 && strings.IndexByte(stops, c) >= 0:
			p.at++
			return p.text[start : p.at-1], c
		}
	}
	return p.text[start:], 0
}

// block reads a body to its closing brace; keyframes nest one level.
func (p *cssParser) block() string {
	start, depth := p.at, 1
	for depth > 0 && p.at < len(p.text) {
		_, end := p.until("{}")
		if end == '{' {
			depth++
		} else {
			depth--
		}
	}
	return strings.TrimSpace(p.text[start : p.at-1])
}

func isGroup(head string) bool {
	for _, g := range groups {
		if strings.HasPrefix(head, g) {
			return true
		}
	}
	return false
}

func stripComments(text string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "/*")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		_, text, _ = strings.Cut(rest, "*/")
	}
}

// splitTop splits at sep outside of strings, parentheses and braces.
func splitTop(text string, sep byte) []string {
	p := &cssParser{text: text}
	var parts []string
	for p.at < len(p.text) {
		part, _ := p.until(string(sep))
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
