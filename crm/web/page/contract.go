package page

import (
	"github.com/grupobizopps/salexops/crm"
)

// Account is what the owner decides about the contract.
type Account struct {
	Usage    crm.Usage
	Version  string
	Requests []*crm.Request
}

// decided tells the request in which a revision was decided; nil: none.
func (d Account) decided(revision string) *crm.Request {
	for _, r := range d.Requests {
		if r.Reference == revision && (r.Kind == crm.RequestTermsAccepted || r.Kind == crm.RequestTermsObjected) {
			return r
		}
	}
	return nil
}

// cancelled tells the request that ended the contract; nil: none.
func (d Account) cancelled() *crm.Request {
	for _, r := range d.Requests {
		if r.Kind == crm.RequestCancellation {
			return r
		}
	}
	return nil
}

func termsText(k crm.TermsKind) string {
	if k == crm.PrivacyPolicy {
		return "terms.privacy"
	}
	return "terms.service"
}

var requestTexts = map[crm.RequestKind]string{
	crm.RequestTermsAccepted: "request.termsAccepted",
	crm.RequestTermsObjected: "request.termsObjected",
	crm.RequestSupport:       "request.support",
	crm.RequestCancellation:  "request.cancelled",
}

func requestText(k crm.RequestKind) string {
	if key := requestTexts[k]; key != "" {
		return key
	}
	return "request.support"
}

// inLocale is a text in the reader's language, or in any there is.
func (f *Frame) inLocale(texts map[string]string) string {
	return f.bannerText(crm.Banner{Text: texts})
}

// Support is a call for support being written.
type Support struct {
	Call   crm.RequestPayload
	Errors crm.Invalid
	Alert  string
}

// Cancellation is the last page of a contract.
type Cancellation struct {
	Company string // as typed
	Errors  crm.Invalid
	Alert   string
}

var supportTexts = []struct {
	category  crm.SupportCategory
	text, key string
}{
	{crm.SupportTechnical, "support.technical", "support.technicalHint"},
	{crm.SupportBilling, "support.billing", "support.billingHint"},
	{crm.SupportCustom, "support.custom", "support.customHint"},
}
