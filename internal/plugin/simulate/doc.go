// Package simulate is `kubectl salexops simulate`: what will happen to the
// tenants of some manifests, and when, without a cluster (contract.md 13).
//
// It reads the files, refuses what can't be meant, lets package simulation live
// every tenant's life, and prints the events. All that can be wrong with the
// input is told at once, each with its file, document and field; then nothing is
// printed but that.
package simulate
