//go:build screens

package main

// settingShots are the pages about oneself, the team and the account.
func settingShots() []shot {
	return []shot{
		{name: "60-profile", site: "acme", path: "/settings/profile", tall: true},
		{name: "60-security", site: "acme", path: "/settings/security", tall: true},
		{name: "60-security-two-steps", site: "secure", path: "/settings/security", tall: true},
		{name: "60-passkey-menu", site: "acme", path: "/settings/security", steps: []string{`document.querySelector("main .menu summary").click()`}},
		{name: "60-passkey-new", site: "acme", path: "/settings/passkeys/new", tall: true},
		{name: "60-two-step-set-up", site: "acme", path: "/settings/two-step", tall: true},
		{name: "60-two-step-wrong", site: "acme", path: "/settings/two-step", tall: true, steps: []string{
			`document.querySelector("#code").value="000000";document.querySelector("#current").value="otra frase nada sencilla";` + submit}},
		{name: "60-two-step-on", site: "secure", path: "/settings/two-step", tall: true},
		{name: "60-recovery", site: "secure", path: "/settings/two-step", steps: []string{
			`document.querySelector("#current").value="otra frase nada sencilla";` + submit}},
		{name: "61-sign-ins", site: "acme", path: "/settings/sign-ins", tall: true},
		{name: "61-sign-ins-failed", site: "kept", path: "/settings/sign-ins?failed=1"},
		{name: "61-team", site: "acme", path: "/settings/team"},
		{name: "62-team-full", site: "full", path: "/settings/team"},
		{name: "63-team-invite", site: "acme", path: "/settings/team/new", tall: true},
		{name: "64-team-reveal", site: "acme", path: "/settings/team", steps: []string{
			`document.querySelector("form[action$='/reset']").submit()`}},
		{name: "65-account", site: "acme", path: "/settings/account", tall: true},
		{name: "650-support", site: "acme", path: "/settings/account/support"},
		{name: "651-support-refused", site: "acme", path: "/settings/account/support", tall: true, steps: []string{
			`document.querySelector("[value=custom]").checked=true;document.querySelector("#subject").value="Instalar";` + submit}},
		{name: "652-cancel", site: "acme", path: "/settings/account/cancel", tall: true},
		{name: "653-data", site: "acme", path: "/settings/data"},
		{name: "654-log", site: "acme", path: "/settings/log", tall: true},
		{name: "655-log-nothing", site: "acme", path: "/settings/log?verb=purge"},
		{name: "656-bin-empty", site: "empty", path: "/settings/bin"},
		{name: "657-bin", site: "acme", path: "/settings/bin"},
		{name: "658-bin-purge", site: "acme", path: "/settings/bin/purge?kind=contact&all=1"},
		{name: "659-member", site: "acme", path: "/settings/team/2?left=1"},
	}
}
