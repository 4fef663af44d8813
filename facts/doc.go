// Package facts reads a tenant's objects and says what they state, in the
// terms of package contract: for the controller that keeps the standing, and
// for whoever asks what would happen without a cluster.
//
// It decides nothing. What can't be found is stated as a gap, and a gap harms
// nobody; what can't be read at all is an error that names object and field.
package facts
