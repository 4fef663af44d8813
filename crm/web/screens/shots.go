//go:build screens

package main

import (
	"fmt"
	"slices"
)

// shot is one page in one state. Steps are scripts run in the page in order;
// each waits for what the one before set off.
type shot struct {
	name, site, path string // an empty path stays on the page of the shot before
	nobody           bool   // not signed in
	steps            []string
	check            string // what must hold then, as a script; empty: nothing
	tall             bool   // photograph the whole page, not what fits the screen
}

const (
	submit = `document.querySelector("main form[method=post]:not([action$=delete])").submit()`
	wrong  = `document.querySelector("#email").value="lucia@acme.example";document.querySelector("#password").value="equivocada";` +
		`document.querySelector("form").submit()`
	signIn = `document.querySelector("#email").value="lucia@acme.example";document.querySelector("#password").value="otra frase nada sencilla";` +
		`document.querySelector("form").submit()`
)

func press(selector, key string) string {
	return fmt.Sprintf(`document.querySelector(%q).dispatchEvent(new KeyboardEvent("keydown",{key:%q,bubbles:true,cancelable:true}))`, selector, key)
}

func typeInto(selector, text string) string {
	return fmt.Sprintf(`(()=>{const i=document.querySelector(%q);i.focus();i.value=%q;i.dispatchEvent(new Event("input",{bubbles:true}))})()`, selector, text)
}

func shots(s *sites) []shot {
	contact, company := fmt.Sprintf("/contacts/%d", s.contact), fmt.Sprintf("/companies/%d", s.company)
	return slices.Concat(dealShots(s), workShots(s), settingShots(), viewShots(s), []shot{
		{name: "01-sign-in", site: "acme", path: "/sign-in", nobody: true},
		{name: "02-sign-in-wrong", site: "acme", path: "/sign-in", nobody: true, steps: []string{wrong}},
		{name: "03-sign-in-ended", site: "acme", path: "/sign-in?ended=other-session", nobody: true},
		{name: "04-password", site: "fresh", path: "/"},
		{name: "05-password-wrong", site: "fresh", path: "/password", steps: []string{
			`document.querySelector("#current").value="x";document.querySelector("#new").value="corta";document.querySelector("#again").value="corta";` +
				`document.querySelector("form[action='/password']").submit()`}},
		{name: "06-sign-in-code", site: "secure", path: "/sign-in", nobody: true, steps: []string{signIn}},
		{name: "07-sign-in-kept", site: "kept", path: "/contacts/new", steps: []string{
			`document.querySelector("#givenName").value="Noé";document.querySelector("#familyName").value="Bórquez";` +
				`document.querySelector("[name=emails]").value="noe@correo.example";fetch("/sign-out",{method:"POST"}).then(()=>{` + submit + `})`}},
		{name: "08-kept", site: "kept", path: "", steps: []string{signIn}, check: `location.pathname==="/kept"`},
		{name: "10-home", site: "acme", path: "/"},
		{name: "11-home-empty", site: "empty", path: "/"},
		{name: "12-menu", site: "acme", path: "/", steps: []string{`document.querySelector(".top .menu summary").click()`}},
		{name: "20-contacts", site: "acme", path: "/contacts"},
		{name: "21-contacts-empty", site: "empty", path: "/contacts"},
		{name: "22-contacts-filter", site: "acme", path: "/contacts", steps: []string{typeInto("#q", "nunez")}},
		{name: "23-contacts-nothing", site: "acme", path: "/contacts?q=xyzzy"},
		{name: "24-contacts-name", site: "acme", path: "/contacts?sort=name", tall: true},
		{name: "30-contact", site: "acme", path: contact, tall: true},
		{name: "31-contact-new", site: "acme", path: "/contacts/new", tall: true},
		{name: "32-contact-edit", site: "acme", path: contact + "/edit", tall: true},
		{name: "33-contact-invalid", site: "acme", path: "/contacts/new", tall: true, steps: []string{
			`document.querySelector("[name=emails]").value="sin arroba";document.querySelector("[name=phones]").value="no";` + submit}},
		{name: "34-contact-company-picker", site: "acme", path: "/contacts/new", steps: []string{typeInto("#company", "hos")}},
		{name: "35-contact-company-unknown", site: "acme", path: "/contacts/new", tall: true, steps: []string{
			`document.querySelector("#givenName").value="Noé";document.querySelector("#company").value="San";` + submit}},
		{name: "36-contact-conflict", site: "acme", path: contact + "/edit", tall: true, steps: []string{
			`document.querySelector("[name=version]").value="1";document.querySelector("#jobTitle").value="Jefe de compras";` +
				`document.querySelector("#source").value="";` + submit}},
		{name: "37-contact-full", site: "full", path: "/contacts/new", tall: true, steps: []string{
			`document.querySelector("#givenName").value="Noé";` + submit}},
		{name: "38-contact-deleted", site: "acme", path: contact, steps: []string{
			`document.querySelector("form[action$=delete]").submit()`}},
		{name: "39-contact-undone", site: "acme", path: "", steps: []string{`document.querySelector("[data-toast] form").submit()`}},
		{name: "40-companies", site: "acme", path: "/companies"},
		{name: "41-companies-empty", site: "empty", path: "/companies"},
		{name: "42-company", site: "acme", path: company, tall: true},
		{name: "43-company-new", site: "acme", path: "/companies/new", tall: true},
		{name: "44-company-invalid", site: "acme", path: "/companies/new", tall: true, steps: []string{
			`document.querySelector("#rfc").value="ABC123";document.querySelector("#domain").value="no es";` + submit}},
		{name: "45-company-contacts", site: "acme", path: company + "/contacts"},
		{name: "50-search", site: "acme", path: "/search?q=nunez"},
		{name: "51-search-nothing", site: "acme", path: "/search?q=xyzzy"},
		{name: "52-search-suggest", site: "acme", path: "/", steps: []string{typeInto("#search", "san jo")}},
		{name: "53-search-keyboard", site: "acme", path: "/", check: `location.pathname.startsWith("/companies/")`, steps: []string{
			press("body", "/"), typeInto("#search", "san jose"), press("#search", "ArrowDown"), press("#search", "Enter")}},
		{name: "54-search-shortcut", site: "acme", path: "/", check: `document.activeElement.id==="search"`, steps: []string{
			`document.body.dispatchEvent(new KeyboardEvent("keydown",{key:"k",ctrlKey:true,bubbles:true}))`}},
		{name: "55-picker-keyboard", site: "acme", path: "/contacts/new", check: `document.querySelector("[name=companyId]").value!=="0" && document.querySelector("#company").value==="Hospital San José"`, steps: []string{
			typeInto("#company", "hospital san"), press("#company", "ArrowDown"), press("#company", "Enter")}},
		{name: "56-picker-create", site: "acme", path: "/contacts/new", check: `document.querySelector("[name=newCompany]").value==="1"`, steps: []string{
			typeInto("#company", "hosp"), press("#company", "ArrowUp"), press("#company", "Enter")}},
		{name: "57-more-boxes", site: "acme", path: "/contacts/new", check: `document.querySelectorAll("[name=emails]").length===3 && document.activeElement.name==="emails"`, steps: []string{
			`document.querySelector("[data-rows-add]").click()`, `document.querySelector("[data-rows-add]").click()`}},
		{name: "58-filter-address", site: "acme", path: "/contacts", check: `location.search==="?q=nunez&owner=me"`, steps: []string{
			typeInto("#q", "nunez"), `document.querySelector("[name=owner][value=me]").click()`}},
		{name: "70-not-found", site: "acme", path: "/contacts/999999"},
		{name: "71-fault", site: "broken", path: "/search?q=a"},
		{name: "72-method", site: "acme", path: "/undo"},
		{name: "73-stale-undo", site: "acme", path: "/contacts", steps: []string{
			`(()=>{const f=document.createElement("form");f.method="post";f.action="/undo";const i=document.createElement("input");i.name="action";i.value="999999";f.append(i);document.body.append(f);f.submit()})()`}},
		{name: "75-dashboard", site: "sales", path: "/dashboard?period=twelve", tall: true},
		{name: "76-dashboard-table", site: "sales", path: "/dashboard", tall: true, steps: []string{
			`document.querySelectorAll(".as-table").forEach(d=>d.open=true)`}},
		{name: "77-dashboard-empty", site: "empty", path: "/dashboard"},
		{name: "78-dashboard-deals", site: "sales", path: "/dashboard/deals?status=open&pipeline=1&period=twelve", tall: true},
		{name: "79-dashboard-activities", site: "sales", path: "/dashboard/activities?from=2026-01-01&to=2026-12-31", tall: true},
		{name: "80-missing", site: "missing", path: "/"},
		{name: "81-expired", site: "expired", path: "/"},
		{name: "82-closed", site: "closed", path: "/"},
		{name: "83-export-only", site: "export", path: "/contacts"},
	})
}
