package page

import (
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// verbTexts say what somebody did; verbs that are not here are "changed".
var verbTexts = map[string]string{ //nolint:gosec // names of messages, no credentials
	"create":         "verb.create",
	"update":         "verb.update",
	"delete":         "verb.delete",
	"undo":           "verb.undo",
	"merge":          "verb.merge",
	"absorb":         "verb.absorb",
	"convert":        "verb.convert",
	"import":         "verb.import",
	"bulk":           "verb.bulk",
	"password":       "verb.password",
	"reset-password": "verb.resetPassword",
	"disable":        "verb.disable",
	"enable":         "verb.enable",

	"two-step-on":         "verb.twoStepOn",
	"two-step-off":        "verb.twoStepOff",
	"recovery-codes":      "verb.recoveryCodes",
	"passkey-add":         "verb.passkeyAdd",
	"passkey-remove":      "verb.passkeyRemove",
	"reset-second-factor": "verb.resetSecondFactor",
	"quote":               "verb.quote",
	"quote-edit":          "verb.quoteEdit",
	"quote-send":          "verb.quoteSend",
	"quote-accept":        "verb.quoteAccept",
	"restore":             "verb.restore",
	"purge":               "verb.purge",
	"role":                "verb.role",
	"hand-over":           "verb.handOver",
	"export":              "verb.export",
	"sample":              "verb.sample",
	"terms-accept":        "verb.termsAccept",
	"terms-object":        "verb.termsObject",
	"support":             "verb.support",
	"cancel":              "verb.cancel",
	"create-key":          "verb.createKey",
	"revoke-key":          "verb.revokeKey",
}

func verbText(verb string) string {
	if key := verbTexts[verb]; key != "" {
		return key
	}
	return "verb.update"
}

var verbIcons = map[string]string{
	"create":       "plus",
	"delete":       "trash",
	"undo":         "arrow-back-up",
	"merge":        "arrow-merge",
	"absorb":       "arrow-merge",
	"convert":      "transform",
	"quote":        "file-text",
	"quote-edit":   "file-text",
	"quote-send":   "send",
	"quote-accept": "circle-check",

	"restore":   "arrow-back-up",
	"purge":     "trash",
	"role":      "user-check",
	"hand-over": "users",
	"export":    "download",
	"sample":    "database",
}

func verbIcon(verb string) string {
	if name := verbIcons[verb]; name != "" {
		return name
	}
	return "pencil"
}

// fieldLabels are the words for the fields of records, as in Change.Field.
var fieldLabels = map[string]string{
	"givenName":  "field.givenName",
	"familyName": "field.familyName",
	"emails":     "field.emails",
	"phones":     "field.phones",
	"companyId":  "field.companyId",
	"jobTitle":   "field.jobTitle",
	"ownerId":    "field.ownerId",
	"source":     "field.source",
	"birthday":   "field.birthday",
	"street":     "field.street",
	"city":       "field.city",
	"state":      "field.state",
	"postalCode": "field.postalCode",
	"country":    "field.country",
	"name":       "field.companyName",
	"domain":     "field.domain",
	"rfc":        "field.rfc",
	"phone":      "field.phone",
	"website":    "field.website",
	"parentId":   "field.parentId",
	"email":      "field.email",
	"role":       "field.role",
	"locale":     "field.locale",
	"theme":      "field.theme",
	"tags":       "field.tags",
	"label":      "custom.label",
	"type":       "custom.type",
	"choices":    "custom.choicesLabel",
	"required":   "custom.required",
	"archived":   "custom.archived",
	"passkey":    "field.passkey",
	// Of deals.
	"title":         "field.dealTitle",
	"contactId":     "field.contactId",
	"stageId":       "field.stageId",
	"value":         "field.value",
	"expectedClose": "field.expectedClose",
	"lostReasonId":  "field.lostReasonId",
	"lostNote":      "field.lostNote",
	"items":         "field.items",
	"quote":         "field.quote",

	"activityType": "activity.type",
	"subject":      "activity.what",
	"body":         "activity.text",
	"starts":       "activity.when",
	"ends":         "activity.ends",
	"place":        "activity.place",
	"reminder":     "activity.reminder",
	"dealId":       "field.dealId",
	"leadId":       "search.lead",
	"doneAt":       "activity.isDone",
	"visibility":   "visibility.title",
}

func fieldLabel(name string) string {
	for _, labels := range []map[string]string{fieldLabels, peopleLabels} {
		if key := labels[name]; key != "" {
			return key
		}
	}
	return "field.other"
}

// changeLabel names the field of a change; a custom one as it was called then.
func changeLabel(f *Frame, c crm.Change) string {
	if c.Label != "" {
		return c.Label
	}
	return f.T(fieldLabel(c.Field))
}

// changed shows a value as the record's page does.
func changed(f *Frame, c crm.Change, value string) string {
	if c.Type != "" {
		return CustomText(f, c.Type, value)
	}
	switch c.Field {
	case "birthday", "expectedClose":
		return civil(f, value)
	case "value":
		if m, err := crm.ParseMoney(value, crm.MXN); err == nil {
			return f.L.Money(m)
		}
	case "status":
		return f.T(LeadStatusText(crm.LeadStatus(value)))
	case "starts", "ends":
		return momentExact(f, crm.Moment(value))
	case "activityType":
		return f.T(activityTexts[crm.ActivityType(value)])
	case "reminder":
		return f.T(reminderTexts[crm.Reminder(value)])
	case "doneAt":
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			return f.L.Exact(at)
		}
	case "role":
		return f.T(RoleText(crm.Role(value)))
	case "visibility":
		return f.T(visibilityText(value))
	}
	return value
}

// FieldLabel is the message that names a field of a record.
func FieldLabel(name string) string { return fieldLabel(name) }

func visibilityText(value string) string {
	if value == string(crm.VisibleToOwner) {
		return "visibility.own"
	}
	return "visibility.all"
}
