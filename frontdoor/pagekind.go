package frontdoor

import (
	"net/http"
	"time"
)

// PageKind names a page that the front door shows in place of the CRM.
type PageKind int

// The pages.
const (
	PageUnknownHost   PageKind = iota // no tenant has this host
	PagePending                       // contract.md 2 or the first payment is missing
	PageSettingUp                     // the instance is being made
	PageStarting                      // the instance exists and does not answer yet
	PagePayment                       // stopped for want of payment (contract.md 4)
	PagePaymentNotice                 // the same, and the owner has been told when the documents are deleted
	PagePaymentPurged                 // the same, and the documents are gone
	PageSuspended                     // stopped for a breach (contract.md 8)
	PageEnded                         // the contract has ended (contract.md 9)
	PageUnreachable                   // the instance should answer and does not
	pageKinds                         // how many there are
)

// kindOf is what is the same in every language.
type kindOf struct {
	name   string
	status int
	// retryAfter tells programs when to come back; zero: no use in trying.
	retryAfter time.Duration
	// refresh lets the page look again by itself.
	refresh bool
	tone    string // colour of the sign: "", "amber" or "late"
	icon    string
}

// kinds holds, for each page, an answer that caches and robots understand too.
// 402 says "payment required" in so many words, and no robot forgets a page
// over it; 410 is for good.
var kinds = [pageKinds]kindOf{
	PageUnknownHost:   {name: "unknown-host", status: http.StatusNotFound, icon: iconMap},
	PagePending:       {name: "pending", status: http.StatusServiceUnavailable, retryAfter: time.Minute, icon: iconClock},
	PageSettingUp:     {name: "setting-up", status: http.StatusServiceUnavailable, retryAfter: 5 * time.Second, refresh: true, icon: iconTools},
	PageStarting:      {name: "starting", status: http.StatusServiceUnavailable, retryAfter: 5 * time.Second, refresh: true, icon: iconClock},
	PagePayment:       {name: "payment", status: http.StatusPaymentRequired, tone: "amber", icon: iconReceipt},
	PagePaymentNotice: {name: "payment-notice", status: http.StatusPaymentRequired, tone: "late", icon: iconReceipt},
	PagePaymentPurged: {name: "payment-purged", status: http.StatusPaymentRequired, tone: "amber", icon: iconReceipt},
	PageSuspended:     {name: "suspended", status: http.StatusForbidden, tone: "late", icon: iconLock},
	PageEnded:         {name: "ended", status: http.StatusGone, icon: iconFlag},
	PageUnreachable:   {name: "unreachable", status: http.StatusBadGateway, retryAfter: 15 * time.Second, refresh: true, tone: "late", icon: iconPlug},
}

// String is the page's name in log and metrics.
func (k PageKind) String() string { return kinds[k].name }

// Drawings of Tabler's outline icons (MIT), 24 by 24.
const (
	iconMap     = `<path d="M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0"/><path d="M9 10h.01"/><path d="M15 10h.01"/><path d="M9.5 15.25a3.5 3.5 0 0 1 5 0"/>`
	iconClock   = `<path d="M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0"/><path d="M12 7v5l3 3"/>`
	iconTools   = `<path d="M3 21h4l13 -13a1.5 1.5 0 0 0 -4 -4l-13 13v4"/><path d="M14.5 5.5l4 4"/><path d="M12 8l-5 -5l-4 4l5 5"/><path d="M7 8l-1.5 1.5"/><path d="M16 12l5 5l-4 4l-5 -5"/><path d="M16 17l-1.5 1.5"/>`
	iconReceipt = `<path d="M5 21v-16a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v16l-3 -2l-2 2l-2 -2l-2 2l-2 -2l-3 2m4 -14h6m-6 4h6m-2 4h2"/>`
	iconLock    = `<path d="M5 13a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-6"/><path d="M11 16a1 1 0 1 0 2 0a1 1 0 0 0 -2 0"/><path d="M8 11v-4a4 4 0 1 1 8 0v4"/>`
	iconFlag    = `<path d="M5 5a5 5 0 0 1 7 0a5 5 0 0 0 7 0v9a5 5 0 0 1 -7 0a5 5 0 0 0 -7 0v-9"/><path d="M5 21v-7"/>`
	iconPlug    = `<path d="M9.785 6l8.215 8.215l-2.054 2.054a5.81 5.81 0 1 1 -8.215 -8.215l2.054 -2.054"/><path d="M4 20l3.5 -3.5"/><path d="M15 4l-3.5 3.5"/><path d="M20 9l-3.5 3.5"/>`
)
