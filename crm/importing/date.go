package importing

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/grupobizopps/salexops/crm"
)

// months by the first three letters of their names, in both languages.
var months = map[string]time.Month{
	"ene": 1, "jan": 1, "feb": 2, "mar": 3, "abr": 4, "apr": 4, "may": 5, "jun": 6, "jul": 7, "ago": 8, "aug": 8,
	"sep": 9, "oct": 10, "nov": 11, "dic": 12, "dec": 12,
}

// Date reads a date as people write it: 2027-04-03, 3/4/2027, 3-abr-27, "3 de
// abril de 2027". A time of day after it does not matter. It is returned as
// YYYY-MM-DD.
func Date(text string, monthFirst bool) (date string, ok bool) {
	parts := dateParts(text)
	if len(parts) < 3 {
		return "", false
	}
	var numbers [3]int
	named := -1
	for i, part := range parts[:3] {
		if month := monthOf(part); month != 0 {
			numbers[i], named = int(month), i
			continue
		}
		n, err := strconv.Atoi(part)
		if err != nil || len(part) > 4 {
			return "", false
		}
		numbers[i] = n
	}
	year, month, day := numbers[2], numbers[1], numbers[0]
	yearText := parts[2]
	switch {
	case len(parts[0]) == 4 && named != 0:
		year, month, day, yearText = numbers[0], numbers[1], numbers[2], parts[0]
	case named == 0 || (named < 0 && monthFirst):
		month, day = numbers[0], numbers[1]
	case named == 2:
		return "", false
	}
	if len(yearText) <= 2 {
		year += century(year)
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if at.Day() != day || int(at.Month()) != month || year < 1000 || year > 9999 {
		return "", false
	}
	return at.Format(time.DateOnly), true
}

// century of a year of two figures: spreadsheets turn at 30.
func century(year int) int {
	if year < 30 {
		return 2000
	}
	return 1900
}

func dateParts(text string) []string {
	words := strings.FieldsFunc(crm.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	parts := words[:0]
	for _, word := range words {
		if word == "de" || word == "del" || word == "of" {
			continue
		}
		// 2027-04-03T10:00 ends at the letter.
		if at := strings.IndexByte(word, 't'); at > 0 && strings.Trim(word[:at], "0123456789") == "" {
			word = word[:at]
		}
		parts = append(parts, word)
	}
	return parts
}

func monthOf(word string) time.Month {
	if len(word) < 3 || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
		return 0
	}
	return months[word[:3]]
}

// MonthFirst looks at the values of a column of dates: one with a second part
// above twelve, and none with such a first, is written month first.
func MonthFirst(values []string) bool {
	seen := false
	for _, value := range values {
		parts := dateParts(value)
		if len(parts) < 3 || len(parts[0]) == 4 {
			continue
		}
		first, err := strconv.Atoi(parts[0])
		second, fault := strconv.Atoi(parts[1])
		if err != nil || fault != nil {
			continue
		}
		if first > 12 {
			return false
		}
		seen = seen || second > 12
	}
	return seen
}
