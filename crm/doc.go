// Package crm holds what the CRM is about: its people and companies, the users
// who work with them, and the rules and errors of each. It knows neither HTTP
// nor SQL: package crm/sqlite stores, crm/web shows, crm/serve wires.
//
// Every method that changes data takes the acting user from the context
// (WithActor) and records what it did as an Action with its Changes: the
// timeline, the audit log and undo all read that history.
package crm
