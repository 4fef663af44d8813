package notices

import (
	"strings"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// contact is where the owner is reached.
type contact struct {
	// primary is the registered address, alternate the other one; it may be
	// empty.
	primary, alternate string
}

// contactOf takes the addresses that the Tenant has now: one that was corrected
// counts in place of what the notice was written with. Without the Tenant there
// are only those.
func contactOf(notice *v1alpha1.Notice, tenant *v1alpha1.Tenant) contact {
	if tenant == nil {
		recipient := &notice.Spec.Recipient
		return contact{string(recipient.Email), string(recipient.AlternateEmail)}
	}
	owner := &tenant.Spec.Owner
	return contact{string(owner.Email), string(owner.AlternateEmail)}
}

// addresses are all there are, the first choice first.
func (c contact) addresses() []string {
	if c.alternate == "" || strings.EqualFold(c.alternate, c.primary) {
		return []string{c.primary}
	}
	return []string{c.primary, c.alternate}
}
