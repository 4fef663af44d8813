package api

import (
	"context"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
)

// customField is a field that the team gave a kind of record, as JSON.
type customField struct {
	ID       int64    `json:"id,omitempty" readOnly:"true" doc:"The name of its values in a record's custom."`
	Kind     string   `json:"kind" enum:"contact,company,deal,lead" doc:"Of the records that have the field; it does not change later."`
	Label    string   `json:"label" minLength:"1" maxLength:"60" doc:"Each once a kind; case does not matter."`
	Type     string   `json:"type" enum:"text,number,money,date,choice,choices,check,link" doc:"It does not change later. How values are written: text: one line of at most 500 characters; number: \"-1234.5\"; money: \"MXN 1234.50\"; date: \"2026-11-23\"; choice: one of choices; choices: some of them, \"Norte; Sur\"; check: \"1\", or empty; link: \"https://…\"."`
	Choices  []string `json:"choices,omitempty" maxItems:"100" doc:"Of the types choice and choices, in their order: each of at most 60 characters, without semicolons."`
	Required bool     `json:"required,omitempty" doc:"New records need a value, and it cannot be emptied."`
	Archived bool     `json:"archived,omitempty" doc:"No longer shown or asked for; records keep their values."`
	Position int      `json:"position,omitempty" readOnly:"true" doc:"Fields of a kind are shown in this order."`
}

type fieldList struct {
	Kind     string `query:"kind" enum:"contact,company,deal,lead" doc:"Only fields of this kind of record."`
	Archived bool   `query:"archived" doc:"true: archived fields, too."`
}

var customFields = resource[crm.CustomFieldService, crm.CustomField, customField, fieldList]{
	one: "custom-field", many: "custom-fields",
	list: func(s crm.CustomFieldService, ctx context.Context, l *fieldList) (page crm.Page[*crm.CustomField], err error) {
		all, err := s.AllCustomFields(ctx)
		for _, f := range all {
			if (l.Archived || !f.Archived) && (l.Kind == "" || l.Kind == string(f.Kind)) {
				page.Items = append(page.Items, f)
			}
		}
		return page, err
	},
	get: func(s crm.CustomFieldService, ctx context.Context, id int64) (*crm.CustomField, error) {
		all, err := s.AllCustomFields(ctx)
		return among(all, err, func(f *crm.CustomField) bool { return f.ID == id })
	},
	create: crm.CustomFieldService.CreateCustomField,
	update: crm.CustomFieldService.UpdateCustomField,
	show: func(f *crm.CustomField) customField {
		return customField{f.ID, string(f.Kind), f.Label, string(f.Type), f.Choices, f.Required, f.Archived, f.Position}
	},
	take: func(j customField, f *crm.CustomField) {
		f.Kind, f.Label, f.Type, f.Choices = crm.Kind(j.Kind), j.Label, crm.FieldType(j.Type), j.Choices
		f.Required, f.Archived = j.Required, j.Archived
	},
	id: func(f *crm.CustomField) *int64 { return &f.ID },
	notes: map[string]string{
		"list":   "All of them in their order.",
		"create": "Owners and managers only. The field stands last among its kind's.",
		"update": "Owners and managers only. Fields are never deleted, since records have values: set archived. It has no version: the last change stands.",
	},
}

type step struct {
	By int `json:"by" enum:"-1,1" doc:"-1: one place up; 1: one place down."`
}

// registerFieldMove adds how fields are put in order.
func registerFieldMove(s *server, service crm.CustomFieldService) {
	o := operation("move-custom-field", http.MethodPost, "/custom-fields/{id}/move", "Move a field up or down among its kind's")
	o.Description = "Owners and managers only."
	handle(s, o, func(ctx context.Context, in *changeOf[step]) (customField, error) {
		if err := service.MoveCustomField(ctx, in.ID, in.Body.By); err != nil {
			return customField{}, err
		}
		return shown(customFields.show)(customFields.get(service, ctx, in.ID))
	})
}
