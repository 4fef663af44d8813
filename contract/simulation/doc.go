// Package simulation lives a tenant's life ahead of time: what will happen, and
// when (contract.md 13).
//
// It decides nothing. It does what an ideal operator would do with the standings
// that contract.Evaluate gives: records them, carries out what is due the
// instant it is due, and comes back when the standing says that it changes.
// Nothing here reads a clock, a file or a cluster.
package simulation
