package license_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/license"
)

// rehearsing is acme on a platform with a test clock: every claim is set.
func rehearsing() *license.Claims {
	claims := acme()
	claims.TestClock = time.Date(2027, 1, 15, 18, 0, 0, 0, time.UTC)
	return claims
}

func TestEveryClaimSurvivesTheJourney(t *testing.T) {
	keys, want := newKeys(t), rehearsing()
	got, err := verifierOf(keys).Verify(issue(t, keys, want))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&got.Claims, want) {
		t.Errorf("claims after the journey:\n%+v\nwant\n%+v", got.Claims, *want)
	}
	if got.KeyID != keys.KeyID() {
		t.Errorf("key id %q, want %q", got.KeyID, keys.KeyID())
	}
	// A claim added to the struct and forgotten on the wire would still be
	// equal while both are zero; so the sample sets every one.
	v := reflect.ValueOf(*want)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("the sample leaves %s empty", v.Type().Field(i).Name)
		}
	}
}

func TestSameClaimsSameKeySameBytes(t *testing.T) {
	keys := newKeys(t)
	first, second := issue(t, keys, acme()), issue(t, keys, acme())
	if first != second {
		t.Error("issuing twice gave two different licences")
	}
}

func TestClaimsDigestSeesEveryClaimButSerialAndTimeOfSigning(t *testing.T) {
	digest := func(c *license.Claims) string {
		t.Helper()
		d, err := license.ClaimsDigest(c)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	base := digest(rehearsing())
	same := rehearsing()
	same.Serial, same.IssuedAt = 99, same.IssuedAt.Add(time.Hour)
	same.ValidUntil = same.ValidUntil.In(time.FixedZone("elsewhere", 3600)).Add(300 * time.Millisecond)
	if digest(same) != base {
		t.Error("the digest changed with the serial, the time of signing, the zone or a fraction of a second")
	}
	v := reflect.ValueOf(rehearsing()).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if name == "Serial" || name == "IssuedAt" {
			continue
		}
		changed := rehearsing()
		field := reflect.ValueOf(changed).Elem().Field(i)
		field.SetZero()
		if digest(changed) == base {
			t.Errorf("the digest does not see %s", name)
		}
	}
}
