package crm

import (
	"maps"
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
	// type says. A change may give them as typed: the store writes the canonical
	// text. A field that is not in the map stays as it is; an empty text empties it.
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
		invalid.set("tags", KeyManyTags)
	}
	for _, tag := range e.Tags {
		invalid.text("tags", tag, maxTag)
	}
}

// SettleCustom replaces the values given for the fields of a kind (archived ones
// too) by those to be stored: canonical texts, with what the record had before
// and nobody changed. A value that stays is not judged again: its field may have
// lost the choice, or have been archived. Required fields are asked for when a
// record is new and its maker knows of fields (Custom is not nil), and cannot be
// emptied later. Faults are added to invalid; then nothing is replaced.
func (e *Extra) SettleCustom(fields []*CustomField, before *Extra, invalid Invalid) {
	settled := map[int64]string{}
	if before != nil {
		maps.Copy(settled, before.Custom)
	}
	known := map[int64]bool{}
	faults := Invalid{}
	for _, f := range fields {
		known[f.ID] = true
		typed, given := e.Custom[f.ID]
		if was := settled[f.ID]; f.Archived || (given && typed == was && was != "") || (!given && (before != nil || e.Custom == nil)) {
			continue
		}
		value, fault := f.Parse(typed)
		if fault == "" && value == "" && f.Required && (before == nil || settled[f.ID] != "") {
			fault = KeyRequired
		}
		if fault != "" {
			faults.set(f.Input(), fault)
		}
		settled[f.ID] = value
	}
	e.checkKnown(known, settled, faults)
	if len(faults) > 0 {
		maps.Copy(invalid, faults)
		return
	}
	e.Custom = settled
	e.normalizeExtra()
}

// checkKnown reports new values of fields that there are not.
func (e *Extra) checkKnown(known map[int64]bool, settled map[int64]string, faults Invalid) {
	for id, typed := range e.Custom {
		if !known[id] && typed != settled[id] && strings.TrimSpace(typed) != "" {
			faults.set(CustomInput(id), KeyUnknown)
		}
	}
}
