package importing

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/csvsafe"
)

// nothing is what people write into a cell that should stay empty.
var nothing = map[string]bool{
	"-": true, "--": true, ".": true, "n/a": true, "na": true, "n.a.": true, "s/n": true, "null": true, "none": true,
	"ninguno": true, "ninguna": true, "no tiene": true, "sin correo": true, "sin telefono": true, "sin dato": true,
	"pendiente": true, "x": true, "0": true, "#n/a": true, "nan": true, "(vacio)": true, "sin email": true,
}

// tidy takes the blanks around and within a text, texts that mean nothing, and
// the guard of a table that we wrote ourselves.
func tidy(text string) string {
	text = strings.Join(strings.Fields(csvsafe.Text(text)), " ")
	if len(text) < 16 && nothing[crm.Fold(text)] {
		return ""
	}
	return text
}

// emails are the addresses in a cell, written as they should be. A cell of one
// word too many is returned as it is: validation says that it is no address.
func emails(cell string) []string {
	return several(cell, func(r rune) bool { return r == ';' || r == ',' || r == '/' || r == '|' || unicode.IsSpace(r) }, email)
}

// email takes off what comes along when an address is copied from a message or
// a link: "mailto:", the name before <…>, a full stop at the end.
func email(text string) string {
	if at := strings.LastIndexByte(text, '<'); at >= 0 {
		text = text[at+1:]
	}
	text = strings.Trim(text, " \u00a0.,;:<>\"'()[]")
	if len(text) > 7 && strings.EqualFold(text[:7], "mailto:") {
		text = text[7:]
	}
	text, _, _ = strings.Cut(text, "?")
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return text
	}
	return text[:at] + strings.ToLower(text[at:])
}

func several(cell string, between func(rune) bool, clean func(string) string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(cell, between) {
		if part = clean(tidy(part)); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// namedEmails reads "Ana López <ana@x.example>; …" as its addresses, and any
// other cell by its words.
func namedEmails(cell string) []string {
	if !strings.Contains(cell, "<") {
		return emails(cell)
	}
	return several(cell, func(r rune) bool { return r == ';' || r == ',' }, email)
}

// phones are the numbers in a cell.
func phones(cell string) []string {
	return several(strings.ReplaceAll(cell, " y ", "/"), func(r rune) bool { return r == '/' || r == ';' || r == ',' || r == '|' || r == '\n' }, phone)
}

// extension is what an office's switchboard asks for, at the end of a number.
var extension = regexp.MustCompile(`(?i)^(.*?[0-9)])[\s,]*(?:extensión|extension|ext|x)[.:\s]*([0-9]{1,6})$`)

// phone writes a number of Mexico or North America the international way, so
// that it can be dialled from anywhere; any other stays as it was typed. The
// prefixes that Mexico gave up in 2019 are taken off.
func phone(text string) string {
	text = strings.TrimPrefix(text, "'") // Excel's mark of a text
	number, after := text, ""
	if parts := extension.FindStringSubmatch(text); parts != nil {
		number, after = parts[1], " ext. "+parts[2]
	}
	if strings.ContainsFunc(number, func(r rune) bool { return !strings.ContainsRune("0123456789+-.()/ \u00a0", r) }) {
		return text
	}
	if dialled := international(strings.Contains(number, "+"), crm.DigitsOf(number)); dialled != "" {
		return crm.FriendlyPhone(dialled) + after
	}
	return text
}

// international is a number with its country; empty: it is none of Mexico or
// North America. Area codes begin with 2 to 9 in both.
func international(plus bool, bare string) string {
	country, ten := "+52", bare
	switch {
	case plus && len(bare) == 11 && bare[0] == '1':
		country, ten = "+1", bare[1:]
		if ten[3] < '2' {
			return "" // nor does an exchange there
		}
	case len(bare) == 13 && hasAnyPrefix(bare, "044", "045", "521"):
		ten = bare[3:]
	case len(bare) == 12 && hasAnyPrefix(bare, "01", "52"):
		ten = bare[2:]
	case plus:
		return ""
	}
	if len(ten) != 10 || ten[0] < '2' {
		return ""
	}
	return country + ten
}

func hasAnyPrefix(text string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(text, prefix) })
}
