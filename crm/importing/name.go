package importing

import (
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// particles belong to the word after them: "de la Cruz", "del Río".
var particles = set("de del la las los y e da das do dos di van von der den san santa mac mc")

// courtesies stand before a name and belong to the given one.
var courtesies = set("lic ing dr dra sr sra srta srita arq mtro mtra prof profa cp c lae mr mrs ms")

// secondNames are given names that often come second: "José Luis Pérez" has two
// given names and one family name, "José Pérez López" the other way round.
var secondNames = set(`alberto alejandra alejandro alfonso alfredo alicia ana andrea andres angel angela angeles antonio
	antonieta armando arturo beatriz belen carlos carmen carolina cecilia cesar concepcion cristina daniel daniela david
	del diego eduardo elena elizabeth enrique ernesto esther eugenia eugenio fabiola felipe fernanda fernando francisco
	gabriel gabriela gerardo gonzalo guadalupe guillermo gustavo hugo ignacio ines irene isabel ivan jaime javier jesus
	jorge jose josefina juan juana julia julio karina laura leonor leticia lorena lourdes lucia luis luisa luz magdalena
	manuel manuela marcela marco margarita maria mario martha mauricio mercedes miguel monica nicolas octavio omar oscar
	pablo patricia paola paula pedro pilar rafael ramon raul rebeca refugio renata ricardo roberto rocio rodrigo rosa
	rosario ruben salvador samuel sandra santiago sara sergio silvia socorro sofia soledad susana teresa tomas valeria
	veronica vicente victor victoria virginia ximena yolanda`)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(words) {
		all[word] = true
	}
	return all
}

// SplitName cuts a full name into given and family names as they are written
// in Mexico: two family names at the end, or "family, given".
func SplitName(full string) (given, family string) {
	if before, after, found := strings.Cut(full, ","); found {
		return strings.Join(strings.Fields(after), " "), strings.Join(strings.Fields(before), " ")
	}
	units := nameUnits(full)
	var families int
	switch n := len(units); {
	case n < 2:
		families = 0
	case n == 2:
		families = 1
	case n == 3 && secondNames[lastWord(units[1])]:
		families = 1
	default:
		families = 2
	}
	at := len(units) - families
	return strings.Join(units[:at], " "), strings.Join(units[at:], " ")
}

// nameUnits are the words of a name with their particles; a courtesy belongs to
// the first of them.
func nameUnits(full string) []string {
	var units []string
	open := ""
	for _, word := range strings.Fields(full) {
		bare := strings.TrimRight(crm.Fold(word), ".")
		unit := word
		if open != "" {
			unit = open + " " + word
		}
		if particles[bare] || (len(units) == 0 && courtesies[bare]) {
			open = unit
			continue
		}
		units, open = append(units, unit), ""
	}
	if open != "" {
		units = append(units, open)
	}
	return units
}

func lastWord(unit string) string {
	words := strings.Fields(crm.Fold(unit))
	return words[len(words)-1]
}
