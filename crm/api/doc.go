// Package api is the CRM for programs: JSON under /api/v1, described by the
// OpenAPI document that it serves, opened by a key of the user who made it.
//
// Every kind of record has the same five operations (resource.go); what differs
// is how it looks as JSON, which is a file of its own. Rules, permissions and
// history are those of the services: a program can do nothing that its user
// could not do in the browser.
package api
