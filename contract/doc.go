// Package contract is the business's contract as pure functions: facts in,
// standing out. Its rules are those of docs/contract.md, and every rule cites
// its section ("contract.md 3.3").
//
// Nothing here reads a clock, a file or a cluster. Evaluate answers for one
// instant, Facts.Now, and everything that follows from the answer (scaling to
// zero, writing a notice, deleting a volume) is done elsewhere, by whoever can
// do it again when it fails.
//
// Two habits run through the package:
//
//   - A deadline is the start of a local civil date and is always computed from
//     civil dates in the facts, never from the previous deadline and never from
//     "now plus something". Evaluating twice, late or in another order gives
//     the same answer.
//   - What harms a tenant needs every guard at once (guard.go). A guard is
//     false until somebody has made sure of it, so facts that are incomplete
//     harm nobody.
package contract
