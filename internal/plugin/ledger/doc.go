// Package ledger reads the objects of crm.salexops.com for the plugin, and says
// in a person's words why they can't be read or written.
//
// It asks the API server for nothing but what a command needs: no discovery,
// lists in pages, each kind once.
package ledger
