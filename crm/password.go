package crm

import (
	"strings"
	"unicode/utf8"
)

// Shortest and longest password, in characters.
const (
	MinPassword = 10
	MaxPassword = 200
)

// CheckPassword says what is wrong with a new password for this login, as a
// message key, or "" when it may be used. That it differs from the old one is
// for the caller to check, who has the hash.
func CheckPassword(password, email string) string {
	switch length := utf8.RuneCountInString(password); {
	case length < MinPassword:
		return KeyPasswordShort
	case length > MaxPassword:
		return KeyPasswordLong
	}
	lower := strings.ToLower(password)
	local, _, _ := strings.Cut(LoginKey(email), "@")
	if lower == LoginKey(email) || (local != "" && strings.Trim(lower, "0123456789.!*#") == local) {
		return KeyPasswordCommon
	}
	if isCommonPassword(lower) || isRepetition(lower) || isSequence(lower) {
		return KeyPasswordCommon
	}
	return ""
}

// isRepetition says whether the text is a piece of at most four characters,
// over and over: "aaaaaaaaaa", "1212121212", "abcabcabcabc".
func isRepetition(text string) bool {
	characters := []rune(text)
	for period := 1; period <= 4; period++ {
		repeats := true
		for i := period; i < len(characters); i++ {
			if characters[i] != characters[i-period] {
				repeats = false
				break
			}
		}
		if repeats {
			return true
		}
	}
	return false
}

// isSequence says whether the text is a run along a row of keys or through the
// alphabet, forwards or backwards.
func isSequence(text string) bool {
	for _, row := range []string{
		"01234567890123456789", "98765432109876543210",
		"abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba",
		"qwertyuiopasdfghjklzxcvbnm", "mnbvcxzlkjhgfdsapoiuytrewq",
	} {
		if strings.Contains(row, text) {
			return true
		}
	}
	return false
}

// isCommonPassword looks the text up among common passwords of ten characters
// and more. A tail of digits and signs does not make one of them better.
func isCommonPassword(lower string) bool {
	stem := strings.TrimRight(lower, "0123456789.!*#@$_-")
	for _, common := range commonPasswords {
		if lower == common || stem == common {
			return true
		}
	}
	for _, word := range commonStems {
		if stem == word {
			return true
		}
	}
	return false
}

// commonStems are words that are common passwords once digits or signs follow.
var commonStems = []string{
	"password", "passw0rd", "p@ssw0rd", "p@ssword", "contraseña", "contrasena",
	"contrasenia", "clave", "secreto", "welcome", "bienvenido", "admin",
	"administrador", "administrator", "usuario", "letmein", "iloveyou",
	"teamo", "tequiero", "mexico", "america", "chivas", "qwerty", "qwertyuiop",
	"qwerty123", "abc", "asdf", "asdfgh", "asdfghjkl", "test", "prueba", "hola",
	"holamundo", "dragon", "monkey", "football", "futbol", "princess",
	"princesa", "superman", "batman", "pokemon", "sunshine", "estrella",
	"guadalupe", "salexops", "changeme", "cambiame", "default",
}

var commonPasswords = []string{
	"1q2w3e4r5t", "1qaz2wsx3edc", "q1w2e3r4t5", "qazwsxedcrfv", "1qazxsw23edc",
	"zaq12wsxcde3", "qwer1234asdf", "passwordpassword", "adminadmin",
	"tequieromucho", "teamomucho", "micontraseña", "micontrasena",
	"mypassword", "superadmin", "iloveyou1234", "nosequeponer", "correcthorsebatterystaple",
	"abcd123456", "a123456789", "123456789a", "123456789q", "1234567890q",
	"qwerty12345", "1234qwerasdf", "0987654321", "1029384756", "3141592653",
	"1122334455", "9876543210", "5555555555", "987654321a", "147258369a",
	"1472583690", "7894561230", "1233211234567",
}
