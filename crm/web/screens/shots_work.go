//go:build screens

package main

import "fmt"

// workShots are the pages of tasks, calls, meetings and notes.
func workShots(s *sites) []shot {
	contact := fmt.Sprintf("/contacts/%d", s.contact)
	return []shot{
		{name: "46-contact-note", site: "acme", path: contact, steps: []string{typeInto("#body", "Hola @jav")}},
		{name: "47-contact-task", site: "acme", path: contact, steps: []string{`document.querySelector(".kind[href*='type=task']").click()`}},
		{name: "48-contact-noted", site: "acme", path: contact, steps: []string{typeInto("#body", "Pide factura a nombre del hospital."),
			`document.querySelector(".composer button[type=submit]").click()`}},
		{name: "90-tasks", site: "acme", path: "/tasks", tall: true},
		{name: "91-tasks-all", site: "acme", path: "/tasks?owner=all", tall: true},
		{name: "92-tasks-empty", site: "empty", path: "/tasks"},
		{name: "93-task-new", site: "acme", path: "/activities/new?type=task", tall: true},
		{name: "94-meeting-new", site: "acme", path: "/activities/new?type=meeting&date=2026-11-30", tall: true},
		{name: "95-meeting-invalid", site: "acme", path: "/activities/new?type=meeting", tall: true, steps: []string{
			`document.querySelector("[name=endsTime]").value="00:01";document.querySelector("main form[action='/activities']").submit()`}},
		{name: "96-activity", site: "acme", path: "/activities/1", tall: true},
		{name: "97-task-done", site: "acme", path: "/tasks", steps: []string{`document.querySelector(".tick-box").click()`}},
		{name: "98-calendar", site: "acme", path: "/calendar", tall: true},
		{name: "99-calendar-week", site: "acme", path: "/calendar?view=week", tall: true},
		{name: "99a-mentions", site: "acme", path: "/mentions"},
		{name: "99b-feed", site: "acme", path: "/settings/profile", tall: true, steps: []string{`document.querySelector("form[action='/settings/feed']").submit()`}},
	}
}
