package crm

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Generic tax ids, which stand for a whole group and carry no check digit.
const (
	RFCPublic  = "XAXX010101000" // sales to the general public
	RFCForeign = "XEXX010101000" // foreign residents
)

// rfcAlphabet gives each character its value in the check sum by its place.
// Ñ has the value 38 and the space, which pads the id of a company, 37.
const rfcAlphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"

// NormalizeRFC writes a tax id as it is stored: upper case, without the spaces
// and hyphens that people put between its parts.
func NormalizeRFC(typed string) string {
	typed = strings.ToUpper(norm.NFC.String(typed))
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' || r == '\t' {
			return -1
		}
		return r
	}, typed)
}

// ValidRFC says whether a normalized tax id is well formed: three letters for
// a company or four for a person, a date that exists (YYMMDD), two characters
// of the homoclave and the right check digit; or one of the generic ids.
func ValidRFC(rfc string) bool {
	if rfc == RFCPublic || rfc == RFCForeign {
		return true
	}
	letters := utf8.RuneCountInString(rfc) - 9
	if letters != 3 && letters != 4 {
		return false
	}
	characters := []rune(rfc)
	for _, r := range characters[:letters] {
		if !isRFCLetter(r) {
			return false
		}
	}
	if !isRFCDate(string(characters[letters : letters+6])) {
		return false
	}
	for _, r := range characters[letters+6 : letters+8] {
		if !isASCIIDigit(r) && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return characters[letters+8] == rfcCheckDigit(characters[:letters+8])
}

// rfcCheckDigit weighs the characters with 13, 12, … 2 (a company's eleven
// characters count as twelve with a leading space) and takes the complement of
// the sum modulo 11, where ten is written A.
func rfcCheckDigit(characters []rune) rune {
	sum := 0
	weight := len(characters) + 1
	if len(characters) == 11 {
		sum = 13 * 37 // the leading space
	}
	for _, r := range characters {
		sum += weight * rfcValue(r)
		weight--
	}
	switch digit := (11 - sum%11) % 11; digit {
	case 10:
		return 'A'
	default:
		return rune('0' + digit)
	}
}

func rfcValue(r rune) int {
	if r == 'Ñ' {
		return 38
	}
	return strings.IndexRune(rfcAlphabet, r)
}

func isRFCLetter(r rune) bool {
	return (r >= 'A' && r <= 'Z') || r == 'Ñ' || r == '&'
}

func isASCIIDigit(r rune) bool { return r >= '0' && r <= '9' }

// isRFCDate accepts a date that exists in one of the two centuries that its
// two-digit year can mean: 29 February 00 exists in 2000, not in 1900.
func isRFCDate(yymmdd string) bool {
	for _, r := range yymmdd {
		if !isASCIIDigit(r) {
			return false
		}
	}
	for _, century := range []string{"19", "20"} {
		if _, err := time.Parse("20060102", century+yymmdd); err == nil {
			return true
		}
	}
	return false
}
