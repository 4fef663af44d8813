package crm

import (
	"context"
	"fmt"
	"time"
)

// QuoteStatus is how far an offer has come.
type QuoteStatus string

// Statuses of quotes.
const (
	QuoteDraft    QuoteStatus = "draft"
	QuoteSent     QuoteStatus = "sent"
	QuoteAccepted QuoteStatus = "accepted"
	// QuoteExpired is not stored: it is what a draft or a sent quote has become
	// when its validity is over.
	QuoteExpired QuoteStatus = "expired"
)

// maxNotes bounds the notes of a quote, in characters.
const maxNotes = 2000

// Quote is an offer in writing. What it offers and to whom is a copy from the
// day it was made: a later change of the deal does not change it.
type Quote struct {
	ID     int64
	DealID int64 // 0: the deal is gone for good
	// Year and Serial make the number: serials begin at 1 every year, and none is
	// left out or given twice.
	Year, Serial int
	Status       QuoteStatus
	ValidUntil   string // YYYY-MM-DD, included
	Notes        string // several lines, at most 2,000 characters
	Currency     Currency
	Items        []LineItem
	Customer     QuoteCustomer
	SellerName   string
	CreatedAt    time.Time // UTC
	SentAt       time.Time // zero: not yet
	AcceptedAt   time.Time // zero: not yet
	Version      int64
}

// QuoteCustomer is who a quote is for.
type QuoteCustomer struct {
	Deal, Company, RFC, Contact string
	Address                     Address
}

// Number is how people call the quote: "C-2026-0001".
func (q *Quote) Number() string { return fmt.Sprintf("C-%d-%04d", q.Year, q.Serial) }

// Totals are the sums of the quote.
func (q *Quote) Totals() Totals { return Total(q.Currency, q.Items) }

// StatusOn is the status on a day (YYYY-MM-DD).
func (q *Quote) StatusOn(day string) QuoteStatus {
	if q.Status != QuoteAccepted && q.ValidUntil < day {
		return QuoteExpired
	}
	return q.Status
}

// QuoteService makes and keeps quotes. Who sees a deal sees its quotes. Errors
// as ContactService.
type QuoteService interface {
	Quote(ctx context.Context, id int64) (*Quote, error)
	// Quotes are those of one deal, the newest first.
	Quotes(ctx context.Context, dealID int64) ([]*Quote, error)
	// CreateQuote makes a draft from the items of q.DealID with q.ValidUntil and
	// q.Notes, and fills in the rest. A deal without items is Invalid{"items"}.
	CreateQuote(ctx context.Context, q *Quote) error
	// UpdateQuote writes ValidUntil and Notes of a draft of this version. Any
	// other quote is Invalid{"status"}.
	UpdateQuote(ctx context.Context, q *Quote) error
	// SendQuote says that the customer has it.
	SendQuote(ctx context.Context, id int64) error
	// AcceptQuote says that the customer wants it and, if win, moves the deal to
	// its pipeline's won stage; actionID is that move, 0: none.
	AcceptQuote(ctx context.Context, id int64, win bool) (actionID int64, err error)
}

// Normalize writes the fields as they are stored.
func (q *Quote) Normalize() {
	q.ValidUntil = tidy(q.ValidUntil)
	q.Notes = tidyText(q.Notes)
}

// Validate reports every field that cannot be stored, as Invalid, or nil.
func (q *Quote) Validate() error {
	invalid := Invalid{}
	if q.ValidUntil == "" {
		invalid.set("validUntil", KeyRequired)
	} else if !validDate(q.ValidUntil) {
		invalid.set("validUntil", KeyDate)
	}
	invalid.lines("notes", q.Notes, maxNotes)
	return invalid.orNil()
}
