package page

// Picker is a box that finds a record while typing, or makes a new one.
type Picker struct {
	Name  string // of the text box: "company"; the id is in Name + "Id"
	Label string
	Path  string // answers what is typed: "/companies/pick"
	Icon  string
	ID    int64  // what was picked; 0: nothing
	Text  string // as typed
	New   bool   // what was typed is to be created
	Hint  string
	// Ask asks, without a script, which one is meant. Create and None are the words
	// for two of its answers.
	Ask          bool
	Which        string
	Create, None string
	Candidates   []Candidate
}

// Candidate is one that the picker offers.
type Candidate struct {
	ID          int64
	Title, More string
}

// Field is the field of Invalid that speaks of the picker.
func (p Picker) Field() string { return p.Name + "Id" }

// newField and choiceField are the names of what else the picker sends.
func (p Picker) newField() string    { return p.Name + "New" }
func (p Picker) choiceField() string { return p.Name + "Choice" }
