package importing

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/table"
)

func TestGuess(t *testing.T) {
	for _, test := range []struct {
		kind    crm.Kind
		columns []string
		want    []Field
	}{
		{crm.KindContact, []string{"Nombre", "Correo", "Tel. celular", "Empresa"}, []Field{FullName, Email, Phone, Company}},
		{crm.KindContact, []string{"Nombre(s)", "Apellido Paterno", "Apellido Materno", "E-mail 1", "E-mail 2", "Teléfono oficina", "Puesto"},
			[]Field{Given, Family, SecondName, Email, Email, Phone, "jobTitle"}},
		{crm.KindContact, []string{"Nombre", "Apellidos", "Fecha de nacimiento", "C.P.", "Vendedor", "Etiquetas", "Notas"},
			[]Field{Given, Family, Birthday, "postalCode", Owner, Tags, Ignored}},
		{crm.KindContact, []string{"First Name", "Last Name", "Email Address", "Mobile Phone", "Company", "Job Title", "City"},
			[]Field{Given, Family, Email, Phone, Company, "jobTitle", "city"}},
		{crm.KindContact, []string{"NOMBRE DE LA EMPRESA", "NOMBRE DEL CONTACTO", "CORREO ELECTRÓNICO", "WHATSAPP"}, []Field{Company, FullName, Email, Phone}},
		{crm.KindCompany, []string{"Razón social", "R.F.C.", "Teléfono", "Página web", "Domicilio", "Municipio"}, []Field{Name, RFC, "phone", "website", "street", "city"}},
		{crm.KindCompany, []string{"Nombre comercial", "Dominio", "Estado"}, []Field{Name, Domain, "state"}},
	} {
		if got := Guess(test.kind, test.columns, nil, nil); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.columns, got, test.want)
		}
	}
	sample := [][]string{{"Ana López", "ana@x.example", "662 123 4567"}, {"Luis", "", "6621234568"}}
	if got := Guess(crm.KindContact, []string{"", "", ""}, sample, nil); !slices.Equal(got, []Field{FullName, Email, Phone}) {
		t.Errorf("by content: %v", got)
	}
}

func TestSplitName(t *testing.T) {
	for full, want := range map[string][2]string{
		"José Luis Núñez Güemes":         {"José Luis", "Núñez Güemes"},
		"Ana López":                      {"Ana", "López"},
		"Ana López Peña":                 {"Ana", "López Peña"},
		"Juan Carlos Pérez":              {"Juan Carlos", "Pérez"},
		"María del Carmen Ríos Zúñiga":   {"María del Carmen", "Ríos Zúñiga"},
		"Ing. Martín de la Cruz Ibáñez":  {"Ing. Martín", "de la Cruz Ibáñez"},
		"Núñez Güemes, José Luis":        {"José Luis", "Núñez Güemes"},
		"Rocío":                          {"Rocío", ""},
		"":                               {"", ""},
		"de":                             {"de", ""},
		"Juan Manuel San Martín Zamora ": {"Juan Manuel", "San Martín Zamora"},
	} {
		if given, family := SplitName(full); given != want[0] || family != want[1] {
			t.Errorf("%q: %q and %q, want %q", full, given, family, want)
		}
	}
}

func TestDate(t *testing.T) {
	for text, want := range map[string]string{
		"3/4/1980": "1980-04-03", "03-04-80": "1980-04-03", "1980-04-03": "1980-04-03", "1980/4/3": "1980-04-03",
		"3 de abril de 1980": "1980-04-03", "3-abr-80": "1980-04-03", "April 3, 1980": "1980-04-03", "3.4.15": "2015-04-03",
		"1980-04-03T10:00:00Z": "1980-04-03", "1980-04-03 15:00": "1980-04-03", "29/02/2024": "2024-02-29",
		"31/02/2024": "", "13/13/2024": "", "ayer": "", "": "", "3/4": "", "0/0/0": "", "1980": "", "3/4/0099": "",
	} {
		if got, ok := Date(text, false); got != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got, _ := Date("4/3/1980", true); got != "1980-04-03" {
		t.Errorf("month first: %q", got)
	}
	if !MonthFirst([]string{"4/3/1980", "", "12/25/1990"}) || MonthFirst([]string{"4/3/1980", "25/12/1990", "12/25/1990"}) || MonthFirst([]string{"1990-12-25"}) {
		t.Error("the order of days and months is guessed wrongly")
	}
}

func TestCleaning(t *testing.T) {
	for cell, want := range map[string][]string{
		" Ana@Acme.Example. ":              {"Ana@acme.example"},
		"mailto:ana@x.example":             {"ana@x.example"},
		"Ana López <ana@x.example>":        {"ana@x.example"},
		"a@x.example; b@x.example/ c@x.mx": {"a@x.example", "b@x.example", "c@x.mx"},
		"sin":                              {"sin"},
		"":                                 nil,
	} {
		if got := namedEmails(cell); !slices.Equal(got, want) {
			t.Errorf("e-mails %q: %q", cell, got)
		}
	}
	for cell, want := range map[string][]string{
		"(662) 123-4567":               {"+52 662 123 4567"},
		"044 662 123 4567":             {"+52 662 123 4567"},
		"+52 1 662 123 4567":           {"+52 662 123 4567"},
		"01 662 123 4567":              {"+52 662 123 4567"},
		"+1 (520) 555-1234":            {"+1 520 555 1234"},
		"52 55 1234 5678":              {"+52 55 1234 5678"},
		"+52 (55) 1234-5678 x9":        {"+52 55 1234 5678 ext. 9"},
		"+34 915 550 101":              {"+34 915 550 101"},
		"062 123 4567":                 {"062 123 4567"},
		"+1 520 155 1234":              {"+1 520 155 1234"},
		"662 123 4567 Ana":             {"662 123 4567 Ana"},
		"662 123 4567 / 662 765 4321":  {"+52 662 123 4567", "+52 662 765 4321"},
		"6621234567 ext. 12":           {"+52 662 123 4567 ext. 12"},
		"123-45-67":                    {"123-45-67"},
		"'6621234567":                  {"+52 662 123 4567"},
		"llamar por la tarde, después": {"llamar por la tarde", "después"},
	} {
		if got := phones(cell); !slices.Equal(got, want) {
			t.Errorf("phones %q: %q", cell, got)
		}
	}
	for _, empty := range []string{"N/A", " - ", "Sin correo", "no tiene", "NULL", "#N/A"} {
		if got := tidy(empty); got != "" {
			t.Errorf("%q becomes %q", empty, got)
		}
	}
}

var contactPlan = Plan{
	Kind:       crm.KindContact,
	Columns:    []Field{FullName, Email, Email, Phone, Company, Birthday, Owner, Tags},
	Duplicates: Merge, Tag: "feria",
}

func TestReadContact(t *testing.T) {
	row, problems := contactPlan.Read(table.Row{Line: 7, Cells: []string{
		" José  Luis Núñez Güemes", "Jose@x.example.", "jose@X.example", "662 123 4567", "Acme, S.A.", "3/4/1980", "Lucía", "vip; norte",
	}})
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	c := row.Contact
	if row.Line != 7 || row.CompanyName != "Acme, S.A." || row.Owner != "Lucía" || row.OwnerColumn != 6 {
		t.Errorf("got %+v", row)
	}
	if c.GivenName != "José Luis" || c.FamilyName != "Núñez Güemes" || c.Birthday != "1980-04-03" ||
		!slices.Equal(c.Emails, []string{"Jose@x.example"}) || !slices.Equal(c.Phones, []string{"+52 662 123 4567"}) ||
		!slices.Equal(c.Tags, []string{"feria", "norte", "vip"}) {
		t.Errorf("got %+v", c)
	}
}

func TestReadProblems(t *testing.T) {
	for name, test := range map[string]struct {
		row  table.Row
		want []Problem
	}{
		"a broken e-mail in the second column": {table.Row{Cells: []string{"Ana", "ana@x.example", "ana@", "", "", "", "", ""}}, []Problem{{2, crm.KeyEmail, "ana@"}}},
		"a word for a phone":                   {table.Row{Cells: []string{"Ana", "", "", "casa", "", "", "", ""}}, []Problem{{3, crm.KeyPhone, "casa"}}},
		"no such day":                          {table.Row{Cells: []string{"Ana", "", "", "", "", "31/02/1980", "", ""}}, []Problem{{5, crm.KeyDate, "31/02/1980"}}},
		"nobody":                               {table.Row{Cells: []string{"", "", "", "6621234567", "Acme", "", "", ""}}, []Problem{{-1, KeyNoName, ""}}},
		"a quotation mark":                     {table.Row{Fault: table.FaultQuote, Cells: []string{"x"}}, []Problem{{-1, KeyQuote, ""}}},
	} {
		if _, got := contactPlan.Read(test.row); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	companies := Plan{Kind: crm.KindCompany, Columns: []Field{Name, RFC, Domain}, Duplicates: Skip}
	if _, got := companies.Read(table.Row{Cells: []string{"Acme", "SAT970701NN4", "a b"}}); !slices.Equal(got, []Problem{{1, crm.KeyRFC, "SAT970701NN4"}, {2, crm.KeyDomain, "a b"}}) {
		t.Errorf("a company: %v", got)
	}
	row, got := companies.Read(table.Row{Cells: []string{"SAT", "sat 970701-nn3", "ventas@sat.example"}})
	if len(got) > 0 || row.Company.RFC != "SAT970701NN3" || row.Company.Domain != "sat.example" || row.Title() != "SAT" {
		t.Errorf("a company: %+v, %v", row.Company, got)
	}
}

func TestCustomFields(t *testing.T) {
	custom := []*crm.CustomField{
		{ID: 3, Kind: crm.KindContact, Label: "Núm. de cliente", Type: crm.FieldNumber}, {ID: 4, Kind: crm.KindContact, Label: "Viejo", Archived: true},
	}
	plan := NewPlan(crm.KindContact, []string{"Nombre", "Num de Cliente", "Viejo"}, nil, custom)
	if !slices.Equal(plan.Columns, []Field{FullName, "custom.3", Ignored}) || plan.Check(3) != nil {
		t.Fatalf("got %v, %v", plan.Columns, plan.Check(3))
	}
	row, problems := plan.Read(table.Row{Cells: []string{"Ana", "1,234", "x"}})
	if len(problems) > 0 || row.Contact.Custom[3] != "1234" {
		t.Errorf("got %v, %v", row.Contact.Custom, problems)
	}
	if _, problems := plan.Read(table.Row{Cells: []string{"Ana", "muchos", ""}}); !slices.Equal(problems, []Problem{{1, crm.KeyNumber, "muchos"}}) {
		t.Errorf("got %v", problems)
	}
	into := crm.Contact{GivenName: "Ana", Extra: crm.Extra{Custom: map[int64]string{9: "x"}}}
	MergeContact(&into, row.Contact)
	if into.Custom[3] != "1234" || into.Custom[9] != "x" {
		t.Errorf("merged: %v", into.Custom)
	}
	if err := (&Plan{Kind: crm.KindContact, Columns: plan.Columns, Duplicates: Skip}).Check(3); err == nil {
		t.Error("a field that is gone is accepted")
	}
}

func TestPlanCheck(t *testing.T) {
	good := Plan{Kind: crm.KindContact, Columns: []Field{FullName, Email, Email, Ignored}, Duplicates: Skip}
	if err := good.Check(4); err != nil {
		t.Errorf("a good plan: %v", err)
	}
	for name, bad := range map[string]Plan{
		"twice":    {Kind: crm.KindContact, Columns: []Field{FullName, FullName}, Duplicates: Skip},
		"nothing":  {Kind: crm.KindContact, Columns: []Field{Ignored, Ignored}, Duplicates: Skip},
		"nameless": {Kind: crm.KindContact, Columns: []Field{Phone, Company}, Duplicates: Skip},
		"unknown":  {Kind: crm.KindContact, Columns: []Field{FullName, "x"}, Duplicates: Skip},
		"columns":  {Kind: crm.KindContact, Columns: []Field{FullName}, Duplicates: Skip},
		"kind":     {Kind: crm.KindUser, Columns: []Field{FullName, Email}, Duplicates: Skip},
		"choice":   {Kind: crm.KindContact, Columns: []Field{FullName, Email}},
	} {
		if err := bad.Check(2); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestKeys(t *testing.T) {
	if got := CompanyKeys(&crm.Company{Name: "Acme", Domain: "gmail.com"}); !slices.Equal(got, []crm.IdentityKey{{Like: crm.LikeName, Value: "acme"}}) {
		t.Errorf("what many share is a key: %v", got)
	}
	office := &crm.Contact{GivenName: "Ana", FamilyName: "López"}
	for _, test := range []struct {
		key  crm.Likeness
		row  crm.Contact
		want bool
	}{
		{crm.LikePhone, crm.Contact{GivenName: "Luis", FamilyName: "Peña"}, false},
		{crm.LikePhone, crm.Contact{GivenName: "ANA"}, true},
		{crm.LikePhone, crm.Contact{}, true},
		{crm.LikeEmail, crm.Contact{GivenName: "Luis"}, true},
	} {
		if got := Surely(crm.IdentityKey{Like: test.key}, office, &test.row); got != test.want {
			t.Errorf("%+v by %d: %v", test.row, test.key, got)
		}
	}
}

func TestMerge(t *testing.T) {
	into := crm.Contact{GivenName: "Ana", Emails: []string{"ana@x.example"}, Phones: []string{"662 123 4567"}, JobTitle: "Compras", Address: crm.Address{City: "Hermosillo"}}
	from := crm.Contact{GivenName: "Ana", FamilyName: "López", Emails: []string{"ANA@x.example", "a@y.example"}, Phones: []string{"+52 662 123 4567"},
		JobTitle: "Ventas", Birthday: "1980-04-03", CompanyID: 3, Address: crm.Address{Street: "Calle 1"}, Extra: crm.Extra{Tags: []string{"vip"}}}
	MergeContact(&into, &from)
	if into.FamilyName != "López" || into.JobTitle != "Compras" || into.Birthday != "1980-04-03" || into.CompanyID != 3 || into.Address.Street != "" ||
		!slices.Equal(into.Emails, []string{"ana@x.example", "a@y.example"}) || len(into.Phones) != 1 || !slices.Equal(into.Tags, []string{"vip"}) {
		t.Errorf("got %+v", into)
	}
}

// Whatever is in a cell, reading a row ends, and what it accepts can be stored.
func FuzzRead(f *testing.F) {
	f.Add("José Núñez", "a@b.example", "662 123 4567", "3/4/80")
	f.Add("", "mailto:", "+++", "de de de")
	f.Add(",", "<>", "044", "T")
	f.Fuzz(func(t *testing.T, name, email, phone, date string) {
		plan := Plan{Kind: crm.KindContact, Columns: []Field{FullName, Email, Phone, Birthday}}
		row, problems := plan.Read(table.Row{Line: 1, Cells: []string{name, email, phone, date}})
		if len(problems) > 0 {
			return
		}
		if err := row.Contact.Validate(); err != nil {
			t.Errorf("%+v is accepted and not valid: %v", row.Contact, err)
		}
	})
}
