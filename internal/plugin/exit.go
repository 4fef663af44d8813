// Package plugin is `kubectl salexops`, the platform engineer's way to ask what
// is, why, and what comes. Below it, ledger reads the cluster, report gathers
// the answer to one question as a plain value, text shows such a value to a
// person, and command wires the three to flags.
package plugin

import (
	"errors"
	"fmt"
)

// The codes with which the plugin exits.
const (
	// ExitFailed: the cluster, or what was asked of it, failed.
	ExitFailed = 1
	// ExitUsage: the command line, or a file it names, has to be mended.
	ExitUsage = 2
)

// ExitError is an error together with the code to exit with.
type ExitError struct {
	// Code is ExitFailed or ExitUsage.
	Code int
	// Err is what went wrong, in words for a person.
	Err error
}

// Error says what went wrong.
func (e *ExitError) Error() string { return e.Err.Error() }

// Unwrap is what went wrong.
func (e *ExitError) Unwrap() error { return e.Err }

// Usagef is an error of whoever typed the command.
func Usagef(format string, arguments ...any) error {
	return &ExitError{Code: ExitUsage, Err: fmt.Errorf(format, arguments...)}
}

// Failedf is an error of the cluster, or of what was asked of it.
func Failedf(format string, arguments ...any) error {
	return &ExitError{Code: ExitFailed, Err: fmt.Errorf(format, arguments...)}
}

// ExitCode is the code to exit with: 0 without an error, and ExitFailed for one
// that names no code.
func ExitCode(err error) int {
	var exit *ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.Code
	default:
		return ExitFailed
	}
}
