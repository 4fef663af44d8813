// Package sqlite keeps the CRM's data in one SQLite database file and
// implements the services of package crm on it.
//
// One connection writes and a few read (WAL). A goroutine owns the writer: it
// carries out the writes that wait for it in one transaction and acknowledges
// them after one sync to disk (writer.go), so that durability costs one sync
// for many writers instead of one each. Roles, the licence's access and the
// room left on the volume are checked here, below every page and API.
package sqlite
