package instance

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Failures of an exchange; callers tell them apart with errors.Is.
var (
	// ErrUnreachable: nobody answered in time. Try again later.
	ErrUnreachable = errors.New("the instance does not answer")
	// ErrUnauthorized: the instance knows another token than the Secret holds.
	ErrUnauthorized = errors.New("the instance refuses the exchange token")
	// ErrRefused: the instance does not accept the licence. The error is a
	// *RefusedError; trying again with the same licence helps only when the
	// instance has not yet seen a new key.
	ErrRefused = errors.New("the instance refuses the licence")
	// ErrStaleSerial: the instance has a newer licence in force; the error is a
	// *StaleSerialError.
	ErrStaleSerial = errors.New("the instance has a newer licence in force")
	// ErrBadAnswer: what answered does not speak as an instance does, or failed.
	ErrBadAnswer = errors.New("the instance's answer is not understood")
)

// RefusedError carries the instance's own words.
type RefusedError struct {
	// Status is 400 (not a licence) or 403 (signature, key, issuer or tenant).
	Status  int
	Problem Problem
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("%v (%d): %s: %s", ErrRefused, e.Status, e.Problem.Title, e.Problem.Detail)
}

// Unwrap makes errors.Is(err, ErrRefused) true.
func (e *RefusedError) Unwrap() error { return ErrRefused }

// StaleSerialError tells which serial the instance holds on to.
type StaleSerialError struct{ InForce int64 }

func (e *StaleSerialError) Error() string {
	return fmt.Sprintf("%v: serial %d", ErrStaleSerial, e.InForce)
}

// Unwrap makes errors.Is(err, ErrStaleSerial) true.
func (e *StaleSerialError) Unwrap() error { return ErrStaleSerial }

// refused reads an answer that is neither 200 nor an expected 304.
func refused(addr string, response *http.Response, body []byte) error {
	problem := readProblem(body)
	switch response.StatusCode {
	case http.StatusUnauthorized:
		return fmt.Errorf("%w at %s", ErrUnauthorized, addr)
	case http.StatusBadRequest, http.StatusForbidden:
		return &RefusedError{Status: response.StatusCode, Problem: problem}
	case http.StatusConflict:
		return &StaleSerialError{InForce: problem.SerialInForce}
	default:
		return fmt.Errorf("%w: %s answered %s: %s", ErrBadAnswer, addr, response.Status, problem.Title)
	}
}

// readProblem takes what it can of a problem; its words are cut because they
// end up in conditions.
func readProblem(body []byte) Problem {
	var problem Problem
	if json.Unmarshal(body, &problem) != nil {
		return Problem{Title: "no reason given"}
	}
	problem.Title, problem.Detail = cut(problem.Title), cut(problem.Detail)
	return problem
}

func cut(text string) string {
	const most = 200
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}
