package crm

// Visibility says which records a seller sees.
type Visibility string

// Visibilities. Owners and managers see every record in either.
const (
	VisibleToAll   Visibility = "all" // the default
	VisibleToOwner Visibility = "own" // a record's owner, and managers
)

// Settings are what the team has agreed on.
type Settings struct {
	Visibility Visibility
}
