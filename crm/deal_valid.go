package crm

// Title is the deal's name.
func (d *Deal) Title() string { return d.Name }

// IsOpen says whether the deal is undecided.
func (d *Deal) IsOpen() bool { return d.Status == StageOpen }

// Normalize writes the fields as they are stored. The store calls it before
// Validate.
func (d *Deal) Normalize() {
	d.Name, d.Source = tidy(d.Name), tidy(d.Source)
	d.ExpectedClose, d.LostNote = tidy(d.ExpectedClose), tidy(d.LostNote)
	if d.Value.Currency == "" {
		d.Value.Currency = MXN
	}
	for i := range d.Items {
		d.Items[i].normalize()
	}
	d.normalizeExtra()
}

// Validate reports every field that cannot be stored, as Invalid, or nil.
func (d *Deal) Validate() error {
	invalid := Invalid{}
	if d.Name == "" {
		invalid.set("title", KeyRequired)
	}
	invalid.text("title", d.Name, maxLongText)
	invalid.text("source", d.Source, maxShortText)
	invalid.text("lostNote", d.LostNote, maxLongText)
	d.Value.check(invalid, "value")
	if d.ExpectedClose != "" && !validDate(d.ExpectedClose) {
		invalid.set("expectedClose", KeyDate)
	}
	checkItems(d.Items, invalid)
	d.checkExtra(invalid)
	return invalid.orNil()
}
