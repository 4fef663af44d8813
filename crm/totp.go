package crm

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

const (
	totpPeriod  = 30 // seconds, what every authenticator app assumes
	totpSecret  = 20 // bytes, RFC 4226's recommendation
	totpDigits  = 6
	totpDrift   = 1 // steps that a phone's clock may be off
	totpIssuers = 60
)

// NewTOTPSecret makes the secret that an authenticator app and we share, as
// the text that people can type.
func NewTOTPSecret() string {
	raw := make([]byte, totpSecret)
	_, _ = rand.Read(raw) // never fails: crypto/rand.Read
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
}

// TOTPAddress is the otpauth address of a secret, which authenticator apps read
// from a QR code.
func TOTPAddress(secret, issuer, account string) (string, error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return "", err
	}
	issuer = strings.ReplaceAll(issuer, ":", " ")
	if runes := []rune(issuer); len(runes) > totpIssuers {
		issuer = string(runes[:totpIssuers])
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account, Secret: raw})
	if err != nil {
		return "", err
	}
	return key.URL(), nil
}

// MatchTOTP says whether a code belongs to a secret now, and to which step of
// time: a step is used once, whatever comes later must be newer.
func MatchTOTP(secret, code string, at time.Time) (step int64, ok bool) {
	if !IsTOTPCode(code) {
		return 0, false
	}
	now := at.Unix() / totpPeriod
	for step := now - totpDrift; step <= now+totpDrift; step++ {
		want, err := hotp.GenerateCode(secret, uint64(max(step, 0)))
		if err != nil {
			return 0, false
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, true
		}
	}
	return 0, false
}

// TidyCode takes out of a code what people put in to read it better.
func TidyCode(code string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, code))
}

// IsTOTPCode tells a code of an app from a recovery code.
func IsTOTPCode(code string) bool {
	if len(code) != totpDigits {
		return false
	}
	for i := range len(code) {
		if code[i] < '0' || code[i] > '9' {
			return false
		}
	}
	return true
}
