package crm

import (
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Message keys of Invalid. The catalogue of package web has a text for each.
const (
	KeyRequired       = "error.required"
	KeyTooLong        = "error.tooLong"
	KeyTooMany        = "error.tooMany"
	KeyCharacter      = "error.character"
	KeyEmail          = "error.email"
	KeyPhone          = "error.phone"
	KeyDate           = "error.date"
	KeyTime           = "error.time"
	KeyOrder          = "error.order"
	KeyTooLate        = "error.tooLate"
	KeyRFC            = "error.rfc"
	KeyDomain         = "error.domain"
	KeyURL            = "error.url"
	KeyChoice         = "error.choice"
	KeyUnknown        = "error.unknown"
	KeyTaken          = "error.taken"
	KeyCycle          = "error.cycle"
	KeySeats          = "error.seats"
	KeyCursor         = "error.cursor"
	KeyCurrency       = "error.currency"
	KeyMoney          = "error.money"
	KeyMoneyUnclear   = "error.moneyUnclear"
	KeyMoneyCents     = "error.moneyCents"
	KeyMoneyTooLarge  = "error.moneyTooLarge"
	KeyNegative       = "error.negative"
	KeyQuantity       = "error.quantity"
	KeyExists         = "error.exists"
	KeyPercent        = "error.percent"
	KeyPasswordWrong  = "error.passwordWrong"
	KeyPasswordShort  = "error.passwordShort"
	KeyPasswordLong   = "error.passwordLong"
	KeyPasswordCommon = "error.passwordCommon"
	KeyPasswordSame   = "error.passwordSame"
	KeyCode           = "error.code"
	KeyPasskeys       = "error.passkeys"
)

// Longest texts, in characters unless said otherwise.
const (
	maxShortText  = 100
	maxLongText   = 200
	maxEmailBytes = 254
	maxPhone      = 40
	maxListed     = 10 // e-mails or phones of one contact
)

// set keeps the first fault found in a field.
func (i Invalid) set(field, key string) {
	if _, known := i[field]; !known {
		i[field] = key
	}
}

// orNil is the error of a check: nil when no field is wrong.
func (i Invalid) orNil() error {
	if len(i) == 0 {
		return nil
	}
	return i
}

// text checks a one-line text that may be empty.
func (i Invalid) text(field, value string, longest int) {
	switch {
	case utf8.RuneCountInString(value) > longest:
		i.set(field, KeyTooLong)
	case !isOneLine(value):
		i.set(field, KeyCharacter)
	}
}

func isOneLine(value string) bool {
	return utf8.ValidString(value) && !strings.ContainsFunc(value, unicode.IsControl)
}

// tidy writes a text as it is stored: composed (NFC), so that equal texts are
// equal bytes, with single spaces and none at the ends.
func tidy(value string) string {
	return strings.Join(strings.Fields(norm.NFC.String(value)), " ")
}

// tidyList tidies each entry and drops the empty ones.
func tidyList(values []string) []string {
	kept := make([]string, 0, len(values))
	for _, value := range values {
		if value = tidy(value); value != "" {
			kept = append(kept, value)
		}
	}
	return kept
}

func (a *Address) normalize() {
	a.Street, a.City, a.State = tidy(a.Street), tidy(a.City), tidy(a.State)
	a.PostalCode, a.Country = tidy(a.PostalCode), tidy(a.Country)
}

func (a Address) check(invalid Invalid) {
	invalid.text("street", a.Street, maxLongText)
	invalid.text("city", a.City, maxShortText)
	invalid.text("state", a.State, maxShortText)
	invalid.text("postalCode", a.PostalCode, 20)
	invalid.text("country", a.Country, maxShortText)
}

// ValidEmail says whether the text can be an address of electronic mail. It is
// stricter than the standard's grammar (no quotes, no comments) and asks
// nobody whether the address exists.
func ValidEmail(address string) bool {
	if len(address) > maxEmailBytes || !isOneLine(address) {
		return false
	}
	at := strings.LastIndexByte(address, '@')
	if at < 1 || at > 64 || strings.ContainsAny(address[:at], " @<>()[]\\,;:\"") {
		return false
	}
	local := address[:at]
	if local[0] == '.' || local[len(local)-1] == '.' || strings.Contains(local, "..") {
		return false
	}
	return ValidDomain(address[at+1:])
}

// ValidDomain says whether the text is a domain name of two labels or more.
// Letters outside ASCII are accepted as people write them.
func ValidDomain(domain string) bool {
	if len(domain) > 253 || !utf8.ValidString(domain) {
		return false
	}
	labels := strings.Split(domain, ".")
	if len(labels) < 2 {
		return false
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, r := range label {
			if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				return false
			}
		}
	}
	return true
}

// validWebsite accepts http and https addresses with a host.
func validWebsite(website string) bool {
	parsed, err := url.Parse(website)
	return err == nil && (parsed.Scheme == "http" || parsed.Scheme == "https") &&
		parsed.Host != "" && parsed.User == nil
}

func validDate(date string) bool {
	_, err := time.Parse(time.DateOnly, date)
	return err == nil
}

// validPhone accepts a number as people type it; it has at least three digits.
func validPhone(phone string) bool {
	digits := 0
	for _, r := range phone {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= 3 && isOneLine(phone)
}
