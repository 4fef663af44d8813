package instance

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

// Report is what an instance answers to its licence: what is in force and what
// is stored. It says nothing of what the tenant's records contain (contract.md
// 7.2), apart from who holds a seat, which a licence counts.
type Report struct {
	// Serial is that of the licence in force, KeyID the key that signed it.
	Serial int64  `json:"serial"`
	KeyID  string `json:"keyID"`
	// Version is that of the running binary, "v0.3.1".
	Version string `json:"version"`
	Usage   Usage  `json:"usage"`
	// Holders are the enabled users, who take one seat each, by user id.
	Holders []Holder `json:"holders,omitempty"`
	// LastActivityAt is when somebody last used the CRM, cut to the minute in
	// UTC so that it does not change with every click; zero: never.
	LastActivityAt time.Time `json:"lastActivityAt,omitzero"`
	// OwnerPasswordChanged is true once the owner has replaced the initial
	// password; its Secret is not needed any more (contract.md 2.4).
	OwnerPasswordChanged bool `json:"ownerPasswordChanged"`
	// Decisions were taken in the CRM and are for the operator to carry out, the
	// oldest first. They are repeated until the operator says that it has them
	// (HeaderReceived); more than a report holds wait for the next.
	Decisions []Decision `json:"decisions,omitempty"`
}

// Usage is what is stored, in bytes and rows.
type Usage struct {
	DocumentBytes int64 `json:"documentBytes"` // logical bytes of documents (contract.md 5.1)
	RecordsBytes  int64 `json:"recordsBytes"`  // bytes of the database files
	Contacts      int64 `json:"contacts"`
	Companies     int64 `json:"companies"`
	Users         int64 `json:"users"` // enabled or not
}

// Holder is a user who takes a seat.
type Holder struct {
	UserID int64  `json:"userID"`
	Name   string `json:"name"`
	Email  string `json:"email"`
}

// DecisionKind says what was decided.
type DecisionKind string

// Decisions that a tenant takes in the CRM.
const (
	DecisionTermsAccepted   DecisionKind = "TermsAccepted"   // contract.md 10; Reference: the revision
	DecisionTermsObjected   DecisionKind = "TermsObjected"   // contract.md 10; Reference: the revision
	DecisionCancelled       DecisionKind = "Cancelled"       // contract.md 9, confirmed by the owner
	DecisionExportRequested DecisionKind = "ExportRequested" // contract.md 9
	// DecisionSupportRequested is a call for support; Category, Subject and Text
	// say for what (contract.md 6.1).
	DecisionSupportRequested DecisionKind = "SupportRequested"
)

// Decision is one decision of a user, with what proves it.
type Decision struct {
	// ID is unique within the tenant and never used again: a number that rises
	// with each decision, in decimal digits.
	ID   string       `json:"id"`
	Kind DecisionKind `json:"kind"`
	At   time.Time    `json:"at"`
	// By is who decided.
	By Holder `json:"by"`
	// Reference names what was decided upon: a terms revision, an export.
	Reference string `json:"reference,omitempty"`
	// Digest is that of the text shown, "sha256:…".
	Digest string `json:"digest,omitempty"`
	// Evidence is the session and request in the CRM's audit log.
	Evidence string `json:"evidence,omitempty"`
	// Category is "technical" or "billing", Subject and Text what the owner
	// wrote: of a call for support alone.
	Category string `json:"category,omitempty"`
	Subject  string `json:"subject,omitempty"`
	Text     string `json:"text,omitempty"`
}

// SeatsTaken is the number of holders.
func (r *Report) SeatsTaken() int { return len(r.Holders) }

// Normalize puts the report into the one form that its ETag is computed from:
// holders and decisions in order, instants in UTC, the last activity cut to the
// minute.
func (r *Report) Normalize() {
	r.LastActivityAt = r.LastActivityAt.UTC().Truncate(time.Minute)
	slices.SortFunc(r.Holders, func(a, b Holder) int { return cmp.Compare(a.UserID, b.UserID) })
	for i := range r.Decisions {
		r.Decisions[i].At = r.Decisions[i].At.UTC().Truncate(time.Second)
	}
	slices.SortFunc(r.Decisions, func(a, b Decision) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
}

// Encode returns the normalized report as JSON together with its entity tag, a
// hash of exactly those bytes: equal reports have equal tags on every machine.
func (r *Report) Encode() (body []byte, etag string, err error) {
	normal := *r
	normal.Holders, normal.Decisions = slices.Clone(r.Holders), slices.Clone(r.Decisions)
	normal.Normalize()
	body, err = json.Marshal(&normal)
	if err != nil {
		return nil, "", fmt.Errorf("encoding the report of serial %d: %w", r.Serial, err)
	}
	sum := sha256.Sum256(body)
	return body, `"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`, nil
}

// Bounds of a report: an instance runs what a tenant uploads and must not be
// able to fill the operator's memory or the API server's.
const (
	maxHolders   = 1000
	maxDecisions = 1000
	maxText      = 320 // the longest e-mail address
	// maxSubject and maxMessage bound a call for support: 200 and 4,000
	// characters of at most four bytes.
	maxSubject = 800
	maxMessage = 16_000
)

// Validate refuses what no honest instance reports.
func (r *Report) Validate() error {
	var faults []error
	if r.Serial < 0 {
		faults = append(faults, fmt.Errorf("the serial is %d", r.Serial))
	}
	u := r.Usage
	if min(u.DocumentBytes, u.RecordsBytes, u.Contacts, u.Companies, u.Users) < 0 {
		faults = append(faults, fmt.Errorf("the usage %+v has a negative number", u))
	}
	if len(r.Holders) > maxHolders || len(r.Decisions) > maxDecisions {
		faults = append(faults, fmt.Errorf("there are %d holders and %d decisions, at most %d of each are taken",
			len(r.Holders), len(r.Decisions), maxHolders))
	}
	for _, text := range r.texts() {
		if len(text) > maxText || !utf8.ValidString(text) {
			faults = append(faults, fmt.Errorf("a text has %d bytes or is not UTF-8, at most %d are taken", len(text), maxText))
			break
		}
	}
	for _, d := range r.Decisions {
		if len(d.Subject) > maxSubject || len(d.Text) > maxMessage || !utf8.ValidString(d.Subject) || !utf8.ValidString(d.Text) {
			faults = append(faults, fmt.Errorf("the call for support %s is too long or not UTF-8", d.ID))
			break
		}
	}
	return errors.Join(faults...)
}

func (r *Report) texts() []string {
	texts := []string{r.KeyID, r.Version}
	for _, h := range r.Holders {
		texts = append(texts, h.Name, h.Email)
	}
	for _, d := range r.Decisions {
		texts = append(texts, d.ID, string(d.Kind), d.By.Name, d.By.Email, d.Reference, d.Digest, d.Evidence, d.Category)
	}
	return texts
}
