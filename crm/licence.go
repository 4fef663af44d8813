package crm

import "time"

// Rights are what the licence in force grants, as pages need them. The zero
// value is an instance without a licence: it explains and lets nobody in.
type Rights struct {
	Valid              bool
	Problem            string // "missing", "expired", "not-yet" or empty
	Access             string // "Open", "ExportOnly" or "Closed"
	Tenant             string
	Name               string // the company's name as shown, "Ferretería Acme"
	Locale             string // "es-MX" or "en": the tenant's default
	TimeZone           string // IANA name
	Plan               string // shown name
	Free               bool
	Seats              int
	SessionsPerUser    int
	DocumentQuotaBytes int64
	PaidThrough        string    // YYYY-MM-DD, empty when free
	ValidUntil         time.Time // zero: no end
	SupportEntitled    bool
	ChangeAtFirstLogin bool
	Serial             int64
	Banners            []Banner
	// Terms are the revisions of the contract's documents that are in force or
	// coming. A licence does not carry them yet: then there are none.
	Terms []Terms
}

// Banner is something the tenant must be told, in the user's language.
type Banner struct {
	ID    string
	Level string            // "info", "warning" or "danger"
	Text  map[string]string // by locale
}

// Usage is what is stored now.
type Usage struct {
	DocumentBytes int64 // logical bytes of documents
	RecordsBytes  int64 // bytes of the database files
	Contacts      int64
	Companies     int64
	Users         int64 // enabled ones: seats taken
}
