package page

import (
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

// ImportLink is the address of an import.
func ImportLink(id int64) string { return "/imports/" + formatID(id) }

// ImportSection is where imports of a kind belong in the navigation.
func ImportSection(kind crm.Kind) Section {
	if kind == crm.KindCompany {
		return SectionCompanies
	}
	return SectionContacts
}

// ImportTitle is the message that names what is imported.
func ImportTitle(kind crm.Kind) string {
	if kind == crm.KindCompany {
		return "import.titleCompanies"
	}
	return "import.titleContacts"
}

func importListPath(kind crm.Kind) string {
	if kind == crm.KindCompany {
		return "/companies"
	}
	return "/contacts"
}

// ImportField is one choice for a column.
type ImportField struct {
	Field importing.Field
	Label string
}

// importLabels are the words for what a column can be.
var importLabels = map[importing.Field]string{
	importing.FullName: "import.field.fullName", importing.Given: "field.givenName", importing.Family: "field.familyName",
	importing.SecondName: "import.field.secondName", importing.Email: "field.email", importing.Phone: "field.phone",
	importing.Company: "field.companyId", "jobTitle": "field.jobTitle", "source": "field.source", importing.Birthday: "field.birthday",
	"street": "field.street", "city": "field.city", "state": "field.state", "postalCode": "field.postalCode", "country": "field.country",
	importing.Tags: "field.tags", importing.Owner: "field.ownerId", importing.Name: "field.companyName", importing.RFC: "field.rfc",
	importing.Domain: "field.domain", "website": "field.website", "phone": "field.phone",
}

// ImportFields are what the columns of a kind can be.
func ImportFields(f *Frame, kind crm.Kind, custom []*crm.CustomField) []ImportField {
	own := map[importing.Field]string{}
	for _, c := range custom {
		own[importing.Field(c.Input())] = c.Label
	}
	var all []ImportField
	for _, field := range importing.Fields(kind, custom) {
		label := own[field]
		if label == "" {
			label = f.T(importLabels[field])
		}
		all = append(all, ImportField{field, label})
	}
	return all
}

// ImportView is what the page of an import shows.
type ImportView struct {
	Import   *importing.Import
	Fields   []ImportField
	Previews []importing.Preview
	Faults   crm.Invalid
	Rejected []importing.Rejected
	More     bool // there are more rejected rows
}

// ImportColumn is the name of a column's choice in the form.
func ImportColumn(i int) string { return "column-" + strconv.Itoa(i) }

// Headings are the names of the columns; one without is named by its letter, as
// in a spreadsheet.
func (v ImportView) Headings(f *Frame) []string {
	names := make([]string, len(v.Import.Layout.Columns))
	for i := range names {
		names[i] = v.heading(f, i)
	}
	return names
}

func (v ImportView) heading(f *Frame, i int) string {
	if name := v.Import.Layout.Columns[i]; name != "" {
		return name
	}
	return f.F("import.column", "Letter", columnLetter(i))
}

// columnLetter is A for 0, Z for 25, AA for 26.
func columnLetter(i int) string {
	if i < 26 {
		return string(rune('A' + i)) //nolint:gosec // a letter
	}
	return columnLetter(i/26-1) + columnLetter(i%26)
}

// Reasons says in words why a row was not imported.
func (v ImportView) Reasons(f *Frame, problems []importing.Problem) string {
	all := make([]string, len(problems))
	for i, p := range problems {
		all[i] = v.reason(f, p)
	}
	return strings.Join(all, " · ")
}

func (v ImportView) reason(f *Frame, p importing.Problem) string {
	text := f.T(p.Key)
	if p.Column < 0 || p.Column >= len(v.Import.Layout.Columns) {
		return text
	}
	if p.Value == "" {
		return f.F("import.inColumn", "Column", v.heading(f, p.Column), "Reason", text)
	}
	return f.F("import.inColumnWas", "Column", v.heading(f, p.Column), "Value", clipText(p.Value, 60), "Reason", text)
}

func clipText(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// samples are the first values of a column, to know it by.
func (v ImportView) samples(i int) string {
	var all []string
	for _, p := range v.Previews {
		if i < len(p.Cells) && p.Cells[i] != "" && len(all) < 3 {
			all = append(all, clipText(p.Cells[i], 30))
		}
	}
	return strings.Join(all, " · ")
}

func (v ImportView) hasDates() bool {
	for _, field := range v.Import.Plan.Columns {
		if field == importing.Birthday {
			return true
		}
	}
	return false
}

// fault is the first thing that is wrong with a plan.
func (v ImportView) fault(f *Frame) string {
	for _, name := range []string{"columns", "duplicates", "busy"} {
		if key := v.Faults[name]; key != "" {
			return f.T(key)
		}
	}
	return ""
}

// cellsLine is a row as it was in the file.
func cellsLine(cells []string) string {
	return clipText(joinNonEmpty(cells...), 160)
}

// ImportHasRecords says whether there is anything to take back.
func ImportHasRecords(i *importing.Import) bool { return i.Created+i.Merged+i.Companies > 0 }

// canUndoImport says whether the page offers to take the import back.
func canUndoImport(i *importing.Import) bool {
	return ImportHasRecords(i) && (i.State == importing.Done || i.State == importing.Stopped)
}

var stoppedTexts = map[string]string{
	importing.StoppedByRestart: "import.stopped.restart", importing.StoppedByUser: "import.stopped.user",
	importing.StoppedByFull: "import.stopped.full", importing.StoppedByReadOnly: "import.stopped.readOnly",
	importing.StoppedByFault: "import.stopped.fault",
}

var stateTexts = map[importing.State]string{
	importing.Ready: "import.state.ready", importing.Running: "import.state.running", importing.Stopped: "import.state.stopped",
	importing.Done: "import.state.done", importing.Undoing: "import.state.undoing", importing.Undone: "import.state.undone",
}

var foreseenTexts = map[importing.Outcome]string{
	importing.WouldCreate: "import.would.create", importing.WouldMerge: "import.would.merge",
	importing.WouldSkip: "import.would.skip", importing.WouldReject: "import.would.reject",
}

// foreseenClass colours an outcome.
func foreseenClass(o importing.Outcome) string {
	switch o {
	case importing.WouldMerge:
		return "tag import-merge"
	case importing.WouldSkip:
		return "tag import-skip"
	case importing.WouldReject:
		return "tag import-reject"
	default:
		return "tag import-create"
	}
}

// previewLine is what a row would become, in short.
func previewLine(p importing.Preview) string {
	if c := p.Row.Contact; c != nil {
		return joinNonEmpty(append(append([]string{p.Row.CompanyName, c.JobTitle}, c.Emails...), c.Phones...)...)
	}
	if c := p.Row.Company; c != nil {
		return joinNonEmpty(c.RFC, c.Domain, c.Phone, c.Address.City)
	}
	return ""
}

// previewTitle names a row: by its record, or by what is in it.
func previewTitle(f *Frame, p importing.Preview) string {
	if (p.Row.Contact != nil || p.Row.Company != nil) && p.Row.Title() != "" {
		return p.Row.Title()
	}
	return f.F("import.line", "Line", strconv.Itoa(p.Row.Line))
}

// separatorName is what stands between the cells, as people call it.
func separatorName(f *Frame, separator string) string {
	switch separator {
	case "\t":
		return f.T("import.separator.tab")
	case ";":
		return f.T("import.separator.semicolon")
	case "|":
		return f.T("import.separator.bar")
	}
	return f.T("import.separator.comma")
}
