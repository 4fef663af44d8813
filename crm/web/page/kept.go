package page

import "slices"

// Kept is a form that was sent when the session had ended, as its user may
// recognise it.
type Kept struct{ Lines []KeptLine }

// KeptLine is one field of it that has a name people know.
type KeptLine struct{ Label, Value string }

// Add shows a field, if it has words for people.
func (k *Kept) Add(name, value string) {
	label := fieldLabels[name]
	if label == "" || value == "" {
		return
	}
	at, _ := slices.BinarySearchFunc(k.Lines, label, func(l KeptLine, label string) int {
		if l.Label <= label {
			return -1
		}
		return 1
	})
	k.Lines = slices.Insert(k.Lines, at, KeptLine{label, value})
}
