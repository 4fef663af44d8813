package license_test

import (
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/license"
)

func TestProblemAt(t *testing.T) {
	claims := acme()
	endless := acme()
	endless.ValidUntil = time.Time{}
	cases := []struct {
		name   string
		claims *license.Claims
		at     time.Time
		want   license.Problem
	}{
		{"one second too early", claims, claims.ValidFrom.Add(-time.Second), license.ProblemNotYet},
		{"the first instant", claims, claims.ValidFrom, license.ProblemNone},
		{"the last second", claims, claims.ValidUntil.Add(-time.Second), license.ProblemNone},
		{"the end", claims, claims.ValidUntil, license.ProblemExpired},
		{"a free licence has no end", endless, claims.ValidUntil.AddDate(50, 0, 0), license.ProblemNone},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := c.claims.ProblemAt(c.at); got != c.want {
				t.Errorf("ProblemAt(%s) = %q, want %q", c.at, got, c.want)
			}
		})
	}
}

func TestValidateNamesEveryFault(t *testing.T) {
	if err := acme().Validate(); err != nil {
		t.Fatalf("the sample's claims are good: %v", err)
	}
	cases := map[string]func(*license.Claims){
		"issuer":        func(c *license.Claims) { c.Issuer = "" },
		"serial":        func(c *license.Claims) { c.Serial = 0 },
		"tenant":        func(c *license.Claims) { c.Tenant = "" },
		"holder":        func(c *license.Claims) { c.Holder = "" },
		"plan":          func(c *license.Claims) { c.Plan = "" },
		"tier":          func(c *license.Claims) { c.Tier = "Gold" },
		"seats":         func(c *license.Claims) { c.Seats = 0 },
		"sessions":      func(c *license.Claims) { c.SessionsPerUser = 0 },
		"quota":         func(c *license.Claims) { c.DocumentQuotaBytes = -1 },
		"access":        func(c *license.Claims) { c.Access = "" },
		"start":         func(c *license.Claims) { c.ValidFrom = time.Time{} },
		"ends":          func(c *license.Claims) { c.ValidUntil = c.ValidFrom },
		"paid-through":  func(c *license.Claims) { c.PaidThrough = "30/01/2027" },
		"terms-2027-03": func(c *license.Claims) { delete(c.Banners[0].Text, "es") },
	}
	for word, spoil := range cases {
		t.Run(word, func(t *testing.T) {
			claims := acme()
			spoil(claims)
			err := claims.Validate()
			if err == nil || !strings.Contains(err.Error(), word) {
				t.Errorf("Validate() = %v, want a fault that says %q", err, word)
			}
		})
	}
	all := &license.Claims{}
	if n := len(strings.Split(all.Validate().Error(), "\n")); n < 9 {
		t.Errorf("an empty licence has %d faults listed, want all of them at once", n)
	}
}

func TestATestClockCountsInPlaceOfTheInstancesOwn(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2027, 2, d, 7, 0, 0, 0, time.UTC) }
	claims := license.Claims{ValidFrom: day(1), ValidUntil: day(4), TestClock: day(3)}
	for _, elsewhere := range []time.Time{day(1).AddDate(-1, 0, 0), day(4).AddDate(1, 0, 0)} {
		if problem := claims.ProblemAt(elsewhere); problem != license.ProblemNone {
			t.Errorf("at %s by its own clock, on 3 Feb by the test clock: %q", elsewhere, problem)
		}
	}
	claims.TestClock = day(4)
	if problem := claims.ProblemAt(day(3)); problem != license.ProblemExpired {
		t.Errorf("on 4 Feb by the test clock: %q", problem)
	}
}
