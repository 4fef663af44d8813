package crm

import (
	"slices"
	"strings"
)

// Extra is what a team adds to records of every main kind: tags, and the values
// of its own fields.
type Extra struct {
	// Tags are at most 20 texts of at most 40 characters, each once (case does
	// not matter), in the order of the alphabet.
	Tags []string
	// Custom holds values by the id of their CustomField, written as that field's
	// type says. An empty value is not kept.
	Custom map[int64]string
}

// Limits of tags.
const (
	maxTags = 20
	maxTag  = 40
)

// normalizeExtra writes tags and values as they are stored. Commas separate tags
// where they are typed, so a tag has none.
func (e *Extra) normalizeExtra() {
	var tags []string
	for _, typed := range e.Tags {
		for tag := range strings.SplitSeq(typed, ",") {
			tag = tidy(tag)
			known := slices.ContainsFunc(tags, func(other string) bool { return strings.EqualFold(other, tag) })
			if tag != "" && !known {
				tags = append(tags, tag)
			}
		}
	}
	slices.SortFunc(tags, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	e.Tags = tags
	for id, value := range e.Custom {
		if strings.TrimSpace(value) == "" {
			delete(e.Custom, id)
		}
	}
	if len(e.Custom) == 0 {
		e.Custom = nil
	}
}

func (e *Extra) checkExtra(invalid Invalid) {
	if len(e.Tags) > maxTags {
		invalid.set("tags", KeyTooMany)
	}
	for _, tag := range e.Tags {
		invalid.text("tags", tag, maxTag)
	}
}
