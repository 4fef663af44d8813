package page

import (
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// typeTexts name the types of custom fields.
var typeTexts = map[crm.FieldType]string{
	crm.FieldText:    "custom.text",
	crm.FieldNumber:  "custom.number",
	crm.FieldMoney:   "custom.money",
	crm.FieldDate:    "custom.date",
	crm.FieldChoice:  "custom.choice",
	crm.FieldChoices: "custom.choices",
	crm.FieldCheck:   "custom.check",
	crm.FieldLink:    "custom.link",
}

func typeText(t crm.FieldType) string { return typeTexts[t] }

// CustomText writes the canonical text of a custom value for people.
func CustomText(f *Frame, t crm.FieldType, value string) string {
	switch t {
	case crm.FieldNumber:
		return f.L.Decimal(value)
	case crm.FieldMoney:
		if m, ok := crm.MoneyValue(value); ok && value != "" {
			return f.L.Money(m)
		}
	case crm.FieldDate:
		return civil(f, value)
	case crm.FieldChoices:
		return strings.ReplaceAll(value, "; ", ", ")
	case crm.FieldCheck:
		if value != "" {
			return f.T("custom.yes")
		}
	}
	return value
}

// CustomValues are the custom fields of a record while it is written: those of
// its kind, and what was typed or is stored.
type CustomValues struct {
	Fields []*crm.CustomField
	Values map[int64]string
}

// typed is what an input shows: what was typed, or the canonical text.
func (c CustomValues) typed(f *crm.CustomField) string {
	value := c.Values[f.ID]
	if f.Type == crm.FieldMoney {
		return strings.TrimPrefix(value, string(crm.MXN)+" ")
	}
	return value
}

// has says whether a choice is among the chosen.
func (c CustomValues) has(f *crm.CustomField, choice string) bool {
	for _, value := range f.Values(c.Values[f.ID]) {
		if value == choice {
			return true
		}
	}
	return false
}

// choices are what a field offers, and what the record has although the field
// offers it no more.
func (c CustomValues) choices(f *crm.CustomField) []string {
	all := f.Choices
	for _, value := range f.Values(c.Values[f.ID]) {
		known := false
		for _, choice := range all {
			known = known || choice == value
		}
		if !known {
			all = append(all[:len(all):len(all)], value)
		}
	}
	return all
}

// inputType and inputMode are what a browser offers for a type.
func inputType(t crm.FieldType) string {
	switch t {
	case crm.FieldDate:
		return "date"
	case crm.FieldLink:
		return "url"
	}
	return "text"
}

func inputMode(t crm.FieldType) string {
	if t == crm.FieldNumber || t == crm.FieldMoney {
		return "decimal"
	}
	return ""
}

func customHint(f *Frame, t crm.FieldType) string {
	if t == crm.FieldMoney {
		return f.T("custom.moneyHint")
	}
	return ""
}

// facts are the fields that have a value.
func (c CustomValues) facts() []*crm.CustomField {
	var all []*crm.CustomField
	for _, f := range c.Fields {
		if c.Values[f.ID] != "" {
			all = append(all, f)
		}
	}
	return all
}
