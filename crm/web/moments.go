package web

import (
	"time"

	"github.com/grupobizopps/salexops/crm/memory"
	"github.com/grupobizopps/salexops/crm/passkey"
)

// moments are what is on its way between two requests and is written nowhere.
type moments struct {
	signIns  *memory.Memory[string, passkey.Ceremony] // by the token in a cookie
	passkeys *memory.Memory[int64, newPasskey]        // by session
	secrets  *memory.Memory[int64, string]            // of authenticator apps, by session
	recovery *memory.Memory[int64, []string]          // codes on show, by session
	kept     *memory.Memory[string, keptForm]         // by the token in a cookie
}

// Strangers may ask for a passkey, so there are many of the first; one is a few
// hundred bytes. Of the others, there is one a session at most.
const (
	ceremonyAge  = 5 * time.Minute
	maxSignIns   = 10_000
	secretAge    = 15 * time.Minute
	maxBySession = 200
)

func newMoments(now func() time.Time) moments {
	return moments{
		signIns:  memory.New[string](now, memory.Limits[passkey.Ceremony]{Age: ceremonyAge, Most: maxSignIns}),
		passkeys: memory.New[int64](now, memory.Limits[newPasskey]{Age: ceremonyAge, Most: maxBySession}),
		secrets:  memory.New[int64](now, memory.Limits[string]{Age: secretAge, Most: maxBySession}),
		recovery: memory.New[int64](now, memory.Limits[[]string]{Age: secretAge, Most: maxBySession}),
		kept: memory.New[string](now, memory.Limits[keptForm]{
			Age: keptAge, Most: maxKept, Weigh: keptForm.weight, MostWeight: maxKeptBytes,
		}),
	}
}
