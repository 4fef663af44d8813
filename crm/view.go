package crm

import (
	"context"
	"net/url"
	"unicode/utf8"
)

// View is a way to look at the list of one kind, kept under a name.
type View struct {
	ID      int64
	Kind    Kind
	Name    string // at most 60 characters
	OwnerID int64  // who made it
	Shared  bool   // the whole team sees it; managers change it
	// Params are the parameters of the list's address: filters, words ("q"),
	// columns ("cols") and order ("sort"), as url.Values.Encode writes them.
	Params string
}

// Limits of views.
const (
	MaxViews      = 30 // of one person, or shared, of one kind
	maxViewParams = 4000
)

// Message keys of views.
const (
	KeyManyViews = "error.tooManyViews"
	KeyViewLong  = "error.viewTooLong"
)

// Normalize writes the view as it is stored: its parameters in one order,
// without the place in the list.
func (w *View) Normalize() {
	w.Name = tidy(w.Name)
	values, err := url.ParseQuery(w.Params)
	if err != nil {
		return // Validate says so
	}
	for _, name := range []string{"after", "before", "view"} {
		values.Del(name)
	}
	for name, given := range values {
		if kept := compact(given); len(kept) > 0 {
			values[name] = kept
		} else {
			values.Del(name)
		}
	}
	w.Params = values.Encode()
}

// Validate reports what cannot be stored, as Invalid, or nil.
func (w *View) Validate() error {
	invalid := Invalid{}
	if w.Name == "" {
		invalid.set("name", KeyRequired)
	}
	invalid.text("name", w.Name, maxLabel)
	if _, err := url.ParseQuery(w.Params); err != nil || len(w.Params) > maxViewParams || !utf8.ValidString(w.Params) {
		invalid.set("name", KeyViewLong)
	}
	return invalid.orNil()
}

// ViewService keeps views.
//
// Errors: Invalid, ErrNotFound (also for somebody else's own view), ErrForbidden
// (managers change shared views), ErrReadOnly, ErrVolumeFull.
type ViewService interface {
	// Views lists one's own views of a kind and the shared ones, by their names.
	Views(ctx context.Context, kind Kind) ([]*View, error)
	// SaveView stores a view; with an ID it changes that one.
	SaveView(ctx context.Context, w *View) error
	DeleteView(ctx context.Context, id int64) error
}
