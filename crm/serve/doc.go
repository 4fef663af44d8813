// Package serve is the whole CRM as a program: it takes the records volume,
// opens the database, takes the licence into force, listens on its two ports
// and ends cleanly. cmd/crm gives it flags; tests start it with port 0 and a
// temporary folder.
package serve
