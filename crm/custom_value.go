package crm

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// choiceSeparator stands between the values of a multiple choice.
const choiceSeparator = "; "

// Parse reads a value as people type it, or paste it from a sheet, and writes
// it in the canonical text of the field's type; "" is no value. When it cannot
// be read, fault is the message key that says why.
func (f *CustomField) Parse(typed string) (value, fault string) {
	switch f.Type {
	case FieldNumber:
		return parseNumber(tidy(typed))
	case FieldMoney:
		return parseMoneyValue(typed)
	case FieldDate:
		return parseDate(tidy(typed))
	case FieldChoice:
		return f.parseChoice(tidy(typed))
	case FieldChoices:
		return f.parseChoices(typed)
	case FieldCheck:
		return parseCheck(tidy(typed))
	case FieldLink:
		return parseLink(tidy(typed))
	default:
		return checkedText(tidy(typed), maxCustomText)
	}
}

// Values are the single values of a canonical text: those of a multiple choice,
// or the one of any other type.
func (f *CustomField) Values(value string) []string {
	switch {
	case value == "":
		return nil
	case f.Type == FieldChoices:
		return strings.Split(value, choiceSeparator)
	}
	return []string{value}
}

// MoneyValue reads the canonical text of a FieldMoney.
func MoneyValue(value string) (Money, bool) {
	m, err := ParseMoney(value, MXN)
	return m, err == nil
}

// NumberValue reads the canonical text of a FieldNumber.
func NumberValue(value string) (float64, bool) {
	n, err := strconv.ParseFloat(value, 64)
	return n, err == nil
}

func checkedText(value string, longest int) (string, string) {
	invalid := Invalid{}
	invalid.text("", value, longest)
	return value, invalid[""]
}

// Digits of a number: what a float64 holds without loss.
const maxWhole, maxFraction, maxSignificant = 15, 6, 15

// parseNumber accepts separators of thousands as ParseMoney does, a sign, and a
// per cent sign, which means nothing.
func parseNumber(typed string) (string, string) {
	if typed == "" {
		return "", ""
	}
	number, negative := strings.CutPrefix(strings.ReplaceAll(typed, "−", "-"), "-")
	number = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(number), "+"), "%"))
	whole, fraction, err := splitNumber(number)
	if err != nil {
		return "", KeyNumber
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	switch {
	case len(whole) > maxWhole || len(whole)+len(fraction) > maxSignificant:
		return "", KeyNumberTooLong
	case len(fraction) > maxFraction:
		return "", KeyNumberTooLong
	}
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if negative && whole != "0" {
		whole = "-" + whole
	}
	return whole, ""
}

// splitNumber is splitDecimal without the doubt: a single point is a decimal
// point, since the canonical text is written so.
func splitNumber(number string) (whole, fraction string, err error) {
	before, after, found := strings.Cut(number, ".")
	if found && strings.Count(number, ".") == 1 && !strings.Contains(after, ",") {
		if whole, err = ungroup(before); err != nil || !areDigits(after) || before+after == "" {
			return "", "", Fault(KeyNumber)
		}
		return whole, after, nil
	}
	return splitDecimal(number)
}

func parseMoneyValue(typed string) (string, string) {
	if tidy(typed) == "" {
		return "", ""
	}
	m, err := ParseMoney(typed, MXN)
	if err != nil {
		return "", err.Error()
	}
	return m.String(), ""
}

// parseDate accepts 2026-11-23 and, day first as in Mexico, 23/11/2026.
func parseDate(typed string) (string, string) {
	if typed == "" {
		return "", ""
	}
	for _, layout := range []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006", "2006/1/2"} {
		if at, err := time.Parse(layout, typed); err == nil && at.Year() >= 1 && at.Year() <= 9999 {
			return at.Format(time.DateOnly), ""
		}
	}
	return "", KeyDate
}

func (f *CustomField) parseChoice(typed string) (string, string) {
	if typed == "" {
		return "", ""
	}
	if choice, ok := f.choice(typed); ok {
		return choice, ""
	}
	return "", KeyChoice
}

// choice finds one of the choices, whatever its accents and case.
func (f *CustomField) choice(typed string) (string, bool) {
	folded := foldChoice(typed)
	for _, choice := range f.Choices {
		if foldChoice(choice) == folded {
			return choice, true
		}
	}
	return "", false
}

// parseChoices reads several choices, separated by semicolons, lines or, where
// no choice has one, commas.
func (f *CustomField) parseChoices(typed string) (string, string) {
	chosen := map[string]bool{}
	for part := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ';' || r == '\n' }) {
		if part = tidy(part); part == "" {
			continue
		}
		if choice, ok := f.choice(part); ok {
			chosen[choice] = true
			continue
		}
		for piece := range strings.SplitSeq(part, ",") {
			choice, ok := f.choice(tidy(piece))
			if !ok {
				return "", KeyChoice
			}
			chosen[choice] = true
		}
	}
	var all []string
	for _, choice := range f.Choices {
		if chosen[choice] {
			all = append(all, choice)
		}
	}
	return strings.Join(all, choiceSeparator), ""
}

// checkWords are what people write into a column of checks.
var checkWords = map[string]string{
	"1": "1", "si": "1", "s": "1", "yes": "1", "y": "1", "true": "1", "verdadero": "1", "x": "1", "✓": "1", "on": "1",
	"": "", "0": "", "no": "", "n": "", "false": "", "falso": "", "-": "", "off": "",
}

func parseCheck(typed string) (string, string) {
	value, known := checkWords[foldChoice(typed)]
	if !known {
		return "", KeyCheck
	}
	return value, ""
}

func parseLink(typed string) (string, string) {
	if typed == "" {
		return "", ""
	}
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	if value, fault := checkedText(typed, maxCustomText); fault != "" {
		return value, fault
	}
	if !validWebsite(typed) {
		return "", KeyURL
	}
	return typed, ""
}

// foldChoice takes accents and case away.
func foldChoice(text string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
	return norm.NFC.String(bare)
}
