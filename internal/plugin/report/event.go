package report

import (
	"github.com/grupobizopps/salexops/contract/simulation"
	"github.com/grupobizopps/salexops/internal/plugin/phrase"
)

// otherEvent says in words an event that is no step of a lapse, and names the
// section of the contract.
func otherEvent(event simulation.Event) (what, section string) {
	words := map[simulation.Kind]struct{ what, section string }{
		simulation.OverQuotaNoticeDelivered:  {"owner is told that the quota is full", "5.3"},
		simulation.OverQuotaPurged:           {"documents over the quota are deleted", "5.3"},
		simulation.TermsAnnounced:            {"new terms are announced", "10"},
		simulation.TermsAccepted:             {"new terms are accepted by silence, unless the owner objects before", "10"},
		simulation.TermsObjected:             {"the owner's objection to new terms takes effect", "10"},
		simulation.Warned:                    {"warned of a breach", "8"},
		simulation.SuspensionNoticeDelivered: {"told of a suspension", "8"},
		simulation.Suspended:                 {"suspended for a breach", "8"},
		simulation.PermanentlyDisabled:       {"disabled for good", "8"},
		simulation.SuspensionLifted:          {"suspension is lifted", "8"},
		simulation.ContractEnded:             {"the contract ends", "9"},
		simulation.DataDeleted:               {"everything is deleted", "9"},
	}
	is, known := words[event.Kind]
	if !known {
		return string(event.Kind), ""
	}
	if event.Detail != "" {
		is.what += " (" + phrase.Clean(event.Detail) + ")"
	}
	return is.what, is.section
}
