package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

func TestAProviderHasThirtyBusinessDays(t *testing.T) {
	policy := DefaultPolicy()
	for received, ends := range map[string]string{
		"2027-01-04 09:00":    "2027-02-17",
		"2027-01-04 23:59:59": "2027-02-17",
		"2030-09-02 12:00":    "2030-10-17",
	} {
		got := policy.ProviderBreachEnds(local(t, received))
		if !got.At.Equal(local(t, ends)) || got.From != date(t, received[:10]) {
			t.Errorf("received %s: ends %+v, not %s 00:00 (contract.md 9)", received, got, ends)
		}
	}
}

func TestAnExportWindowHasThirtyWholeDays(t *testing.T) {
	policy := DefaultPolicy()
	for _, ended := range []string{"2027-03-01", "2027-03-01 15:00"} {
		last, deletion := policy.ExportWindow(local(t, ended))
		if last != date(t, "2027-03-31") || !deletion.At.Equal(local(t, "2027-04-01")) || deletion.From != date(t, "2027-03-01") {
			t.Errorf("ended %s: open through %s, deleted %+v (contract.md 9)", ended, last, deletion)
		}
	}
}
