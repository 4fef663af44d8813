package serve

import (
	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/license"
)

// problemMissing is the problem of an instance that has never had a licence.
const problemMissing = "missing"

// rightsOf says what claims grant, in the words of the pages. Whether they
// hold now is added when they are asked for.
func rightsOf(c *license.Claims) *crm.Rights {
	rights := &crm.Rights{
		Access:             string(c.Access),
		Tenant:             c.Tenant,
		Name:               c.DisplayName,
		Locale:             c.Locale,
		TimeZone:           c.TimeZone,
		Plan:               c.PlanDisplayName,
		Free:               c.Free(),
		Seats:              c.Seats,
		SessionsPerUser:    c.SessionsPerUser,
		DocumentQuotaBytes: c.DocumentQuotaBytes,
		PaidThrough:        c.PaidThrough,
		ValidUntil:         c.ValidUntil,
		SupportEntitled:    c.SupportEntitled,
		ChangeAtFirstLogin: c.ChangeAtFirstLogin,
		Serial:             c.Serial,
	}
	if rights.Name == "" {
		rights.Name = c.Tenant
	}
	if rights.Plan == "" {
		rights.Plan = c.Plan
	}
	for _, banner := range c.Banners {
		rights.Banners = append(rights.Banners, crm.Banner{
			ID: banner.ID, Level: string(banner.Level), Text: byLocale(banner.Text),
		})
	}
	return rights
}

// byLocale gives the texts of a licence, which are by language, the names of
// the locales that users choose.
func byLocale(texts map[string]string) map[string]string {
	all := make(map[string]string, len(texts)+1)
	for language, text := range texts {
		all[language] = text
	}
	if spanish, ok := texts["es"]; ok {
		all["es-MX"] = spanish
	}
	return all
}
