package simulate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// line is an event as -o json prints it. At has the offset of the contract's
// zone.
type line struct {
	At     string          `json:"at"`
	Tenant string          `json:"tenant"`
	Event  simulation.Kind `json:"event"`
	Detail string          `json:"detail,omitempty"`
}

// printJSON prints one object a line.
func printJSON(w io.Writer, zone contract.Zone, events []simulation.Event) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, e := range events {
		at := zone.Local(e.At).Format(time.RFC3339Nano)
		if err := encoder.Encode(line{At: at, Tenant: e.Tenant, Event: e.Kind, Detail: e.Detail}); err != nil {
			return fmt.Errorf("printing %s of tenant %s: %w", e.Kind, e.Tenant, err)
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}

// words say an event to a person.
var words = map[simulation.Kind]string{
	simulation.GraceStarted:              "grace begins, support ends",
	simulation.UsersDisabled:             "users are disabled",
	simulation.PurgeNoticeDelivered:      "owner is told of the deletion",
	simulation.DocumentsPurged:           "documents are deleted",
	simulation.AccessRestored:            "access is restored",
	simulation.OverQuotaNoticeDelivered:  "owner is told that the documents are full",
	simulation.OverQuotaPurged:           "documents over the quota are deleted",
	simulation.TermsAnnounced:            "new terms are announced",
	simulation.TermsAccepted:             "new terms are accepted",
	simulation.TermsObjected:             "owner objects to new terms",
	simulation.Warned:                    "warned of a breach",
	simulation.SuspensionNoticeDelivered: "owner is told of a suspension",
	simulation.Suspended:                 "suspended for a breach",
	simulation.PermanentlyDisabled:       "disabled for good",
	simulation.SuspensionLifted:          "suspension is lifted",
	simulation.ContractEnded:             "contract ends",
	simulation.DataDeleted:               "everything is deleted",
}

// printText prints a table, with the times of the contract's zone.
func printText(w io.Writer, zone contract.Zone, span contract.Period, events []simulation.Event) error {
	var out bytes.Buffer
	if len(events) == 0 {
		fmt.Fprintf(&out, "Nothing happens from %s until %s.\n", span.From, span.To)
	} else {
		table := tabwriter.NewWriter(&out, 0, 0, 3, ' ', 0)
		fmt.Fprintln(table, "WHEN\tTENANT\tWHAT\tDETAIL")
		for _, e := range events {
			detail := e.Detail
			if detail == "" {
				detail = "-"
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", when(zone.Local(e.At)), e.Tenant, words[e.Kind], detail)
		}
		if err := table.Flush(); err != nil {
			return fmt.Errorf("aligning the table: %w", err)
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}

// when leaves out the seconds where there are none, which is nearly always.
func when(at time.Time) string {
	if at.Second() == 0 {
		return at.Format("2006-01-02 15:04")
	}
	return at.Format("2006-01-02 15:04:05")
}
