package facts

import (
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/contract"
)

// FieldError is a field that can't be read. Validation at admission lets none
// through; a manifest in a file, or an object written before a rule was, may
// still have one.
type FieldError struct {
	Object string // kind and name, such as `Subscription acme`
	Field  string // path in the object, such as `spec.anchorDate`
	Err    error  // what is wrong with it
}

// Error says what to mend, and where.
func (e *FieldError) Error() string { return e.Object + ": " + e.Field + ": " + e.Err.Error() }

// Unwrap is what is wrong with the field.
func (e *FieldError) Unwrap() error { return e.Err }

// reader reads the fields of one object and keeps the first error.
type reader struct {
	object string
	err    error
}

func (r *reader) fail(field string, err error) {
	if r.err == nil {
		r.err = &FieldError{Object: r.object, Field: field, Err: err}
	}
}

func (r *reader) date(field, text string) contract.Date {
	d, err := contract.ParseDate(text)
	if err != nil {
		r.fail(field, err)
	}
	return d
}

func (r *reader) amount(field, text string) contract.Amount {
	a, err := contract.ParseAmount(text)
	if err != nil {
		r.fail(field, err)
	}
	return a
}

// instant is the time, or the zero instant where there is none.
func instant(t *metav1.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.Time
}
