package crm

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"
)

// TermsKind says which of the two documents a revision is of (contract 10).
type TermsKind string

// Documents of the contract.
const (
	TermsOfService TermsKind = "TermsOfService"
	PrivacyPolicy  TermsKind = "PrivacyPolicy"
)

// TermsDecision is what the tenant decided on a revision, or what its silence
// came to.
type TermsDecision string

// Decisions on a revision; the zero value is none yet.
const (
	TermsUndecided TermsDecision = ""
	TermsAccepted  TermsDecision = "accepted"
	TermsSilent    TermsDecision = "silent" // accepted by silence as it took effect
	TermsObjected  TermsDecision = "objected"
)

// Terms is one revision of a document of the contract, as the account page
// shows it.
type Terms struct {
	Revision    string // its name at the operator
	Kind        TermsKind
	Version     string
	Digest      string            // of the text, "sha256:…"
	Summary     map[string]string // by locale, a sentence or two; may be empty
	Text        map[string]string // by locale
	EffectiveAt time.Time         // zero: in force since before anybody counted
	ObjectUntil time.Time         // the first instant that is too late to object; zero: not asked
	Decision    TermsDecision     // as the operator has it
	DecidedAt   time.Time
}

// InForce says whether the revision holds at the given moment.
func (t *Terms) InForce(now time.Time) bool { return !now.Before(t.EffectiveAt) }

// CanObject says whether an objection would still be in time.
func (t *Terms) CanObject(now time.Time) bool { return now.Before(t.ObjectUntil) }

// RequestKind says what was decided or asked for.
type RequestKind string

// Kinds of requests.
const (
	RequestTermsAccepted RequestKind = "TermsAccepted"
	RequestTermsObjected RequestKind = "TermsObjected"
	RequestSupport       RequestKind = "SupportRequested"
	RequestCancellation  RequestKind = "Cancelled"
)

// Request is something that the owner decided or asked for and that the
// operator takes up: kept until the operator says that it has it.
type Request struct {
	ID             int64
	Kind           RequestKind
	At             time.Time // UTC
	UserID         int64
	UserName       string
	UserEmail      string
	Evidence       string // session and request
	AcknowledgedAt time.Time
	RequestPayload
}

// RequestPayload is what a request says besides who and when.
type RequestPayload struct {
	Reference string          `json:"reference,omitempty"` // a terms revision
	Digest    string          `json:"digest,omitempty"`    // of the text shown
	Category  SupportCategory `json:"category,omitempty"`
	Subject   string          `json:"subject,omitempty"`
	Text      string          `json:"text,omitempty"`
}

// SupportCategory says what kind of help is asked for (contract 6.1).
type SupportCategory string

// Categories of support.
const (
	SupportTechnical SupportCategory = "technical" // for tenants whose payment is up to date
	SupportBilling   SupportCategory = "billing"   // always taken
	SupportCustom    SupportCategory = "custom"    // installation and custom work: declined
)

// Message keys of what is refused here.
const (
	KeySupportNotEntitled = "error.supportNotEntitled"
	KeySupportCustom      = "error.supportCustom"
	KeyCompanyName        = "error.companyNameTyped"
)

// Longest texts of a call for support, in characters.
const (
	maxSubject     = 200
	maxSupportText = 4000
)

// CheckSupport reports what keeps a call for support from being taken, with the
// reason, or nil. It writes the texts as they are stored.
func (p *RequestPayload) CheckSupport(r Rights) error {
	invalid := Invalid{}
	p.Subject = tidy(p.Subject)
	p.Text = strings.TrimSpace(strings.ReplaceAll(p.Text, "\r\n", "\n"))
	switch p.Category {
	case SupportBilling:
	case SupportTechnical:
		if !r.SupportEntitled {
			invalid.set("category", KeySupportNotEntitled)
		}
	case SupportCustom:
		invalid.set("category", KeySupportCustom)
	default:
		invalid.set("category", KeyChoice)
	}
	if p.Subject == "" {
		invalid.set("subject", KeyRequired)
	}
	invalid.text("subject", p.Subject, maxSubject)
	switch {
	case p.Text == "":
		invalid.set("text", KeyRequired)
	case utf8.RuneCountInString(p.Text) > maxSupportText:
		invalid.set("text", KeyTooLong)
	case !utf8.ValidString(p.Text) || strings.ContainsRune(p.Text, 0):
		invalid.set("text", KeyCharacter)
	}
	return invalid.orNil()
}

// SameName compares a company's name as somebody typed it with the one that is
// known: case, accents in another form and blanks do not matter.
func SameName(typed, known string) bool {
	return typed != "" && strings.EqualFold(tidy(typed), tidy(known))
}

// AccountService keeps what the owner decides about the contract. All of it is
// the owner's alone.
type AccountService interface {
	// Requests lists what was decided and asked for, newest first, 50 at most.
	// Errors: ErrForbidden.
	Requests(ctx context.Context) ([]*Request, error)
	// DecideTerms accepts a coming revision, or objects to it in time. Errors:
	// ErrNotFound (no such revision), ErrConflict (decided already, or too late
	// to object), ErrForbidden, ErrReadOnly.
	DecideTerms(ctx context.Context, revision string, accept bool) error
	// AskSupport hands a call for support over. Errors: Invalid ("category",
	// "subject", "text"), ErrForbidden.
	AskSupport(ctx context.Context, call RequestPayload) error
	// Cancel ends the contract when the company's name and the password are
	// right; once asked for, it is not asked for again. Errors: Invalid
	// ("company", "password"), *TooManyAttempts, ErrForbidden, ErrReadOnly.
	Cancel(ctx context.Context, company, password string) error
}
