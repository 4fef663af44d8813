package importing

import (
	"strings"
	"unicode"

	"github.com/grupobizopps/salexops/crm"
)

// headings are the words that columns are called by, for each field: a heading
// that is one of the phrases is that field. Both languages; written folded.
var headings = map[Field]string{
	FullName:     "nombre completo|nombre y apellidos|nombre y apellido|contacto|cliente|persona|full name|name|contact|contact name|nombre del contacto|nombre contacto|nombre cliente|nombre del cliente|prospecto",
	Given:        "nombres|nombre s|nombre de pila|primer nombre|first name|given name|firstname|givenname",
	Family:       "apellidos|apellido|apellido s|apellido paterno|primer apellido|paterno|last name|surname|family name|lastname|familyname",
	SecondName:   "apellido materno|segundo apellido|materno|second last name|mother s maiden name",
	Company:      "empresa|compania|organizacion|negocio|razon social|company|company name|organization|organisation|account|account name|nombre de la empresa|nombre empresa|institucion|lugar de trabajo|employer",
	"jobTitle":   "puesto|cargo|titulo|ocupacion|posicion|job title|title|position|role|rol|departamento|area",
	"source":     "origen|fuente|procedencia|como nos conocio|medio|canal|source|lead source|origin|campana",
	Birthday:     "cumpleanos|nacimiento|fecha de nacimiento|fecha nacimiento|f nacimiento|birthday|birth date|date of birth|dob",
	"street":     "direccion|domicilio|calle|calle y numero|address|street|street address|address line 1|mailing street|billing street",
	"city":       "ciudad|municipio|poblacion|localidad|delegacion|city|town|mailing city|billing city|delegacion municipio|alcaldia",
	"state":      "estado|entidad|provincia|entidad federativa|state|province|region|mailing state|billing state",
	"postalCode": "cp|c p|codigo postal|cod postal|zip|zip code|zipcode|postal code|postcode",
	"country":    "pais|country|nacion",
	Tags:         "etiquetas|etiqueta|tags|tag|labels|label|grupo|grupos|categoria|categorias|segmento|group membership",
	Owner:        "responsable|vendedor|vendedora|asesor|ejecutivo|ejecutivo de cuenta|atendido por|agente|propietario|owner|assigned to|account owner|contact owner|sales rep|salesperson",
	Email:        "correo|correos|correo electronico|mail|e mail|email|emails|email address|direccion de correo|direccion de correo electronico|e mail address",
	Phone:        "tel|telefono|telefonos|celular|cel|movil|whatsapp|phone|phones|phone number|mobile|mobile phone|work phone|home phone|numero de telefono|numero",
	Name:         "empresa|nombre|compania|organizacion|negocio|razon social|company|company name|organization|organisation|account|account name|nombre de la empresa|nombre empresa|nombre comercial|cliente|name|institucion|proveedor",
	RFC:          "rfc|r f c|registro federal de contribuyentes|tax id|taxid|tax number|vat",
	Domain:       "dominio|domain|company domain name|dominio web",
	"website":    "sitio web|pagina web|sitio|pagina|web|website|url|site|web site|homepage|direccion web",
	"phone":      "tel|telefono|telefonos|celular|cel|movil|whatsapp|phone|phone number|conmutador|telefono de oficina|main phone|office phone",
}

// hints are words inside of a longer heading, the surest first: "Tel. celular
// del contacto" is a phone, and "Nombre de la empresa cliente" a company.
var hints = []struct {
	words  string
	fields []Field
}{
	{"correo email mail", []Field{Email}},
	{"tel telefono celular movil whatsapp phone mobile cel", []Field{Phone, "phone"}},
	{"rfc", []Field{RFC}},
	{"vendedor vendedora asesor responsable ejecutivo owner", []Field{Owner}},
	{"puesto cargo job", []Field{"jobTitle"}},
	{"empresa compania company organizacion organization", []Field{Company, Name}},
	{"nacimiento cumpleanos birthday birth", []Field{Birthday}},
	{"materno", []Field{SecondName}},
	{"apellido apellidos paterno surname", []Field{Family}},
	{"postal zip", []Field{"postalCode"}},
	{"calle domicilio direccion street address", []Field{"street"}},
	{"ciudad municipio city", []Field{"city"}},
	{"estado state", []Field{"state"}},
	{"pais country", []Field{"country"}},
	{"origen fuente source", []Field{"source"}},
	{"etiqueta etiquetas tag tags", []Field{Tags}},
	{"dominio domain", []Field{Domain}},
	{"web website sitio pagina", []Field{"website"}},
	{"nombre name", []Field{FullName, Name}},
}

// Guess says which column is which field, by its heading and, where there is
// none, by what is in it. sample are some of the rows.
func Guess(kind crm.Kind, columns []string, sample [][]string, custom []*crm.CustomField) []Field {
	offered := Fields(kind, nil)
	guessed := make([]Field, len(columns))
	taken := map[Field]bool{}
	take := func(i int, f Field) bool {
		if f == Ignored || (taken[f] && !f.Several()) {
			return false
		}
		guessed[i], taken[f] = f, true
		return true
	}
	folded := make([]string, len(columns))
	for i, column := range columns {
		folded[i] = heading(column)
		if folded[i] != "" && !take(i, ownField(custom, folded[i])) {
			take(i, exact(offered, folded[i]))
		}
	}
	for i := range columns {
		for _, f := range hinted(offered, folded[i]) {
			if guessed[i] == Ignored && take(i, f) {
				break
			}
		}
	}
	for i := range columns {
		if folded[i] == "" {
			take(i, byContent(offered, column(sample, i)))
		}
	}
	return settleName(kind, folded, guessed, taken)
}

// settleName decides about "Nombre" alone: beside a column of family names it
// is the given name, and otherwise the whole one.
func settleName(kind crm.Kind, folded []string, guessed []Field, taken map[Field]bool) []Field {
	if kind != crm.KindContact {
		return guessed
	}
	for i, text := range folded {
		plain := text == "nombre" || text == "name"
		switch {
		case plain && taken[Family] && !taken[Given] && (guessed[i] == Ignored || guessed[i] == FullName):
			guessed[i], taken[Given] = Given, true
		case plain && guessed[i] == Ignored && !taken[FullName] && !taken[Given]:
			guessed[i], taken[FullName] = FullName, true
		case text == "nombres" && guessed[i] == Given && !taken[Family]:
			guessed[i], taken[FullName] = FullName, true
		}
	}
	return guessed
}

// heading writes a heading as the phrases are written: without accents, case,
// signs, and the number of "Correo 2".
func heading(text string) string {
	words := strings.FieldsFunc(crm.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for len(words) > 1 && strings.Trim(words[len(words)-1], "0123456789") == "" {
		words = words[:len(words)-1]
	}
	joined := strings.Join(words, " ")
	return strings.TrimRight(joined, "0123456789")
}

// ownField is the team's field with that name.
func ownField(custom []*crm.CustomField, text string) Field {
	for _, f := range custom {
		if !f.Archived && heading(f.Label) == text {
			return Field(f.Input())
		}
	}
	return Ignored
}

func exact(offered []Field, text string) Field {
	for _, field := range offered {
		for phrase := range strings.SplitSeq(headings[field], "|") {
			if phrase == text {
				return field
			}
		}
	}
	return Ignored
}

func hinted(offered []Field, text string) []Field {
	words := strings.Fields(text)
	var found []Field
	for _, hint := range hints {
		for word := range strings.SplitSeq(hint.words, " ") {
			if !contains(words, word) {
				continue
			}
			for _, field := range hint.fields {
				if containsField(offered, field) {
					found = append(found, field)
				}
			}
			break
		}
	}
	return found
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

func containsField(fields []Field, field Field) bool {
	for _, f := range fields {
		if f == field {
			return true
		}
	}
	return false
}

// byContent looks at the values of a column without a heading.
func byContent(offered []Field, values []string) Field {
	emails, phones, rfcs, texts, filled := 0, 0, 0, 0, 0
	for _, value := range values {
		if value == "" {
			continue
		}
		filled++
		switch number := crm.DigitsOf(value); {
		case strings.Contains(value, "@"):
			emails++
		case crm.ValidRFC(crm.NormalizeRFC(value)):
			rfcs++
		case len(number) >= 10 && len(number) <= 13:
			phones++
		case len(number) == 0:
			texts++
		}
	}
	most := func(n int) bool { return filled > 0 && 2*n > filled }
	for _, guess := range []struct {
		count  int
		fields []Field
	}{
		{emails, []Field{Email}}, {rfcs, []Field{RFC}}, {phones, []Field{Phone, "phone"}}, {texts, []Field{FullName, Name}},
	} {
		if !most(guess.count) {
			continue
		}
		for _, field := range guess.fields {
			if containsField(offered, field) {
				return field
			}
		}
	}
	return Ignored
}

func column(sample [][]string, i int) []string {
	var values []string
	for _, row := range sample {
		if i < len(row) {
			values = append(values, row[i])
		}
	}
	return values
}

// Signature is what a table is recognised by when another like it comes: its
// headings. It is empty for a table without.
func Signature(columns []string) string {
	folded := make([]string, len(columns))
	for i, text := range columns {
		folded[i] = strings.Join(strings.Fields(crm.Fold(text)), " ")
	}
	joined := strings.Join(folded, "\x1f")
	if strings.Trim(joined, "\x1f") == "" {
		return ""
	}
	return joined
}
