package license

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// wire is the JSON form of Claims: the registered claim names of RFC 7519 where
// there is one, so that any tool for such tokens can show a licence. Fields are
// only ever added, because older instances ignore what they don't know.
type wire struct {
	Issuer             string   `json:"iss"`
	Tenant             string   `json:"sub"`
	Serial             int64    `json:"serial,omitempty"`
	IssuedAt           int64    `json:"iat,omitempty"`
	ValidFrom          int64    `json:"nbf"`
	ValidUntil         int64    `json:"exp,omitempty"`
	TestClock          int64    `json:"testClock,omitempty"`
	DisplayName        string   `json:"displayName,omitempty"`
	Holder             string   `json:"holder"`
	Locale             string   `json:"locale,omitempty"`
	TimeZone           string   `json:"timeZone,omitempty"`
	Plan               string   `json:"plan"`
	PlanDisplayName    string   `json:"planDisplayName,omitempty"`
	Tier               Tier     `json:"tier"`
	Interval           string   `json:"interval,omitempty"`
	Seats              int      `json:"seats"`
	SessionsPerUser    int      `json:"sessionsPerUser"`
	DocumentQuotaBytes int64    `json:"documentQuotaBytes"`
	Access             Access   `json:"access"`
	SupportEntitled    bool     `json:"supportEntitled"`
	ChangeAtFirstLogin bool     `json:"changeAtFirstLogin"`
	PaidThrough        string   `json:"paidThrough,omitempty"`
	Banners            []Banner `json:"banners,omitempty"`
}

func toWire(c *Claims) wire {
	return wire{
		Issuer: c.Issuer, Tenant: c.Tenant, Serial: c.Serial,
		IssuedAt: toSeconds(c.IssuedAt), ValidFrom: toSeconds(c.ValidFrom), ValidUntil: toSeconds(c.ValidUntil),
		TestClock:   toSeconds(c.TestClock),
		DisplayName: c.DisplayName, Holder: c.Holder, Locale: c.Locale, TimeZone: c.TimeZone,
		Plan: c.Plan, PlanDisplayName: c.PlanDisplayName, Tier: c.Tier, Interval: c.Interval,
		Seats: c.Seats, SessionsPerUser: c.SessionsPerUser, DocumentQuotaBytes: c.DocumentQuotaBytes,
		Access: c.Access, SupportEntitled: c.SupportEntitled, ChangeAtFirstLogin: c.ChangeAtFirstLogin,
		PaidThrough: c.PaidThrough, Banners: c.Banners,
	}
}

func (w *wire) claims() Claims {
	return Claims{
		Issuer: w.Issuer, Tenant: w.Tenant, Serial: w.Serial,
		IssuedAt: fromSeconds(w.IssuedAt), ValidFrom: fromSeconds(w.ValidFrom), ValidUntil: fromSeconds(w.ValidUntil),
		TestClock:   fromSeconds(w.TestClock),
		DisplayName: w.DisplayName, Holder: w.Holder, Locale: w.Locale, TimeZone: w.TimeZone,
		Plan: w.Plan, PlanDisplayName: w.PlanDisplayName, Tier: w.Tier, Interval: w.Interval,
		Seats: w.Seats, SessionsPerUser: w.SessionsPerUser, DocumentQuotaBytes: w.DocumentQuotaBytes,
		Access: w.Access, SupportEntitled: w.SupportEntitled, ChangeAtFirstLogin: w.ChangeAtFirstLogin,
		PaidThrough: w.PaidThrough, Banners: w.Banners,
	}
}

// toSeconds keeps the zero time apart from 1970: it is 0 on the wire.
func toSeconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func fromSeconds(s int64) time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.Unix(s, 0).UTC()
}

// ClaimsDigest identifies what a licence says, apart from its serial and the
// time of signing: the operator raises the serial only when the digest (or the
// signing key) changed. The encoding is deterministic: fields in a fixed order,
// the languages of a banner sorted, instants in whole seconds of UTC.
func ClaimsDigest(c *Claims) (string, error) {
	w := toWire(c)
	w.Serial, w.IssuedAt = 0, 0
	text, err := json.Marshal(w)
	if err != nil {
		return "", fmt.Errorf("encoding the claims of tenant %q for their digest: %w", c.Tenant, err)
	}
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}
