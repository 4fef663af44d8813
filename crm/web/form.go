package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// errBadForm is a form that no page of ours sends.
var errBadForm = errors.New("the form cannot be read")

// parse reads the form; too large a one is *http.MaxBytesError.
func (v *visit) parse() error {
	err := v.r.ParseForm()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return err
	case err != nil:
		return fmt.Errorf("%w: %w", errBadForm, err)
	}
	return nil
}

// text is a field of the form as typed, without the blanks around it.
func (v *visit) text(name string) string { return strings.TrimSpace(v.r.PostFormValue(name)) }

// texts are the values of a list field. A value may hold several, one a line:
// the page that resolves a conflict sends a whole list as one choice.
func (v *visit) texts(name string) []string {
	var all []string
	for _, value := range v.r.PostForm[name] {
		for _, line := range strings.Split(value, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, line)
			}
		}
	}
	return all
}

// number is an id in the form; empty or unreadable is 0.
func (v *visit) number(name string) int64 {
	n, err := strconv.ParseInt(v.r.PostFormValue(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// id is the record in the address. One that is not a number is not found.
func (v *visit) id() (int64, error) {
	n, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil || n < 1 {
		return 0, crm.ErrNotFound
	}
	return n, nil
}

func (v *visit) address() crm.Address {
	return crm.Address{
		Street: v.text("street"), City: v.text("city"), State: v.text("state"),
		PostalCode: v.text("postalCode"), Country: v.text("country"),
	}
}

// refusal turns an error of saving into what its form shows: faults of fields,
// or words above the form. What was typed stays either way. ok is false for an
// error that is no matter of the form.
func refusal(v *visit, err error) (faults crm.Invalid, alert string, status int, ok bool) {
	switch {
	case errors.As(err, &faults):
		return faults, v.frame.T("form.mend"), http.StatusUnprocessableEntity, true
	case errors.Is(err, crm.ErrVolumeFull):
		return nil, v.frame.T("form.full"), http.StatusInsufficientStorage, true
	case errors.Is(err, crm.ErrReadOnly):
		return nil, v.frame.T("form.readOnly"), http.StatusForbidden, true
	}
	return nil, "", 0, false
}
