package page

import (
	"net/url"

	"github.com/grupobizopps/salexops/crm"
)

// TagLink is the address of a list of what has a tag, whatever its status.
func TagLink(list, tag string) string {
	q := url.Values{"tag": {tag}}
	if list == ListLink(crm.KindDeal) || list == ListLink(crm.KindLead) {
		q.Set("status", crm.StatusAll)
	}
	return list + "?" + q.Encode()
}
