package api

import (
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Record is what every record of somebody has. Ids, names of other records and
// times are read only: what a program sends in them is not used.
type Record struct {
	Stamp
	OwnerID   int64  `json:"ownerId,omitempty" doc:"Id of the user who looks after the record; left out: the key's user, or in an update who it is now."`
	OwnerName string `json:"ownerName,omitempty" readOnly:"true" doc:"That user's name."`
}

// Stamp tells records apart, and their versions.
type Stamp struct {
	ID        int64      `json:"id,omitempty" readOnly:"true" doc:"Never used again for another record of the kind."`
	Version   int64      `json:"version,omitempty" doc:"Raised by one with each change. An update states the one it read: 409 when the record has another by now."`
	CreatedAt *time.Time `json:"createdAt,omitempty" readOnly:"true" doc:"UTC."`
	UpdatedAt *time.Time `json:"updatedAt,omitempty" readOnly:"true" doc:"The last change, UTC."`
}

// Extra is what a team adds to the records of the main kinds.
type Extra struct {
	Tags   []string         `json:"tags,omitempty" maxItems:"20" doc:"Each of at most 40 characters, without commas; case does not matter. An update replaces all of them."`
	Custom map[int64]string `json:"custom,omitempty" doc:"Values of the team's own fields, by the id of the field (see custom-fields for how each type is written). A field that is left out stays as it is; an empty text empties it."`
}

func showExtra(e crm.Extra) Extra { return Extra(e) }

func (e Extra) extra() crm.Extra { return crm.Extra(e) }

type address struct {
	Street     string `json:"street,omitempty" maxLength:"200" doc:"Street, number and whatever else is on its line."`
	City       string `json:"city,omitempty" maxLength:"100" doc:"City or town."`
	State      string `json:"state,omitempty" maxLength:"100" doc:"State or province, as people write it."`
	PostalCode string `json:"postalCode,omitempty" maxLength:"20" doc:"As people write it."`
	Country    string `json:"country,omitempty" maxLength:"100" doc:"As people write it."`
}

func showAddress(a crm.Address) *address {
	if a == (crm.Address{}) {
		return nil
	}
	shown := address(a)
	return &shown
}

func (a *address) take() crm.Address {
	if a == nil {
		return crm.Address{}
	}
	return crm.Address(*a)
}
