package crm

import "strings"

// bigCities have an area code of two digits; the rest of Mexico three.
var bigCities = map[string]bool{"55": true, "56": true, "33": true, "81": true}

// FriendlyPhone writes a number the way it is read aloud: "662 555 0101",
// "55 1234 5678", "+52 81 1234 5678". What is no Mexican or North American
// number, or says more than a number, stays as it was typed.
func FriendlyPhone(typed string) string {
	if strings.ContainsFunc(typed, func(r rune) bool { return !strings.ContainsRune("0123456789+-.() \u00a0", r) }) {
		return typed
	}
	number, plus := DigitsOf(typed), strings.HasPrefix(strings.TrimSpace(typed), "+")
	switch {
	case !plus && len(number) == 10:
		return grouped(number)
	case plus && len(number) == 13 && strings.HasPrefix(number, "521"): // the mobile prefix of before 2019
		return "+52 " + grouped(number[3:])
	case plus && len(number) == 12 && strings.HasPrefix(number, "52"):
		return "+52 " + grouped(number[2:])
	case plus && len(number) == 11 && number[0] == '1':
		return "+1 " + number[1:4] + " " + number[4:7] + " " + number[7:]
	}
	return typed
}

func grouped(ten string) string {
	if bigCities[ten[:2]] {
		return ten[:2] + " " + ten[2:6] + " " + ten[6:]
	}
	return ten[:3] + " " + ten[3:6] + " " + ten[6:]
}

// DigitsOf keeps the digits of a phone number.
func DigitsOf(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
}
