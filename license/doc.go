// Package license issues and verifies the signed licence of a tenant
// (docs/design.md, "The licence"; contract.md 3.7).
//
// A licence is a compact JWS over Claims. The operator signs it with a KeySet
// kept in a Secret; the CRM verifies it offline with the public half. It is
// signed, not secret: it grants rights to one tenant's instance and is
// worthless elsewhere. Ed25519 is deterministic, so the same claims and the
// same key give the same bytes.
package license
