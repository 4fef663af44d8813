// Package report gathers the answers to a platform engineer's questions from
// objects of the ledger: pure functions that give plain values. Such a value is
// printed as it is with -o json, and shown to a person by package text.
//
// What is right is decided by package contract alone. A report assumes the
// assurances that only the running operator can give (its clock, a live read),
// except the breaker's, which the policy's status tells.
package report
