package importing

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"

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

// phone writes a number that exists in the international way, so that it can be
// dialled from anywhere; any other stays as it was typed. The prefixes that
// Mexico gave up in 2019 are taken off.
func phone(text string) string {
	text = strings.TrimPrefix(text, "'") // Excel's mark of a text
	number := text
	bare := digits(number)
	switch {
	case len(bare) == 13 && (strings.HasPrefix(bare, "044") || strings.HasPrefix(bare, "045")):
		number = bare[3:]
	case len(bare) == 12 && strings.HasPrefix(bare, "01"):
		number = bare[2:]
	case len(bare) == 13 && strings.HasPrefix(bare, "521"):
		number = "+52" + bare[3:]
	}
	parsed, err := phonenumbers.Parse(number, "MX")
	if err != nil || !phonenumbers.IsValidNumber(parsed) {
		return text
	}
	return phonenumbers.Format(parsed, phonenumbers.INTERNATIONAL)
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}
