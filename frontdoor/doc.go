// Package frontdoor is the browser's way in: it routes a host name to the
// tenant's instance, holds a request up while that instance starts, and
// explains in the tenant's language when nobody is let in.
//
// A request is looked up in the Table, decide says what to do with it, and
// Door does it. The Table is fed by Watch from Tenants and EndpointSlices; the
// front door writes nothing to the API server, and keeps serving from what it
// knows when the API server is away.
package frontdoor
