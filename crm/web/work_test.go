package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// activity stores an activity of the owner.
func (o *office) activity(a crm.Activity) *crm.Activity {
	o.t.Helper()
	if err := o.DB.CreateActivity(o.owner, &a); err != nil {
		o.t.Fatal(err)
	}
	return &a
}

// post sends a form as htmx does, for the element with this id.
func (b *browser) postPart(path, target string, form url.Values) *answer {
	b.headers["HX-Request"], b.headers["HX-Target"] = "true", target
	defer func() { delete(b.headers, "HX-Request"); delete(b.headers, "HX-Target") }()
	return b.send(http.MethodPost, path, form)
}

func TestANoteIsWrittenOnARecordWithAndWithoutAScript(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	c := o.contact("José", "Núñez")
	link := fmt.Sprintf("/contacts/%d", c.ID)
	form := b.get(link).fields("/activities")
	b.post("/activities", with(form, "body", "Pide cotización")).wants(http.StatusOK, "José Núñez", "Nota de Lucía", "Pide cotización", "Deshacer")

	part := b.postPart("/activities", "timeline", with(b.get(link).fields("/activities"), "body", "Confirmar <existencias>"))
	part.wants(http.StatusOK, "Confirmar <existencias>", "Pide cotización", "Se agregó", "Deshacer").lacks("Mi día")
	if !strings.HasPrefix(strings.TrimSpace(part.body), `<section class="timeline-box" id="timeline"`) || !strings.Contains(part.body, `hx-swap-oob="true"`) {
		t.Errorf("the part is %s", clip(part.body))
	}
	refused := b.postPart("/activities", "timeline", with(b.get(link).fields("/activities"), "body", " "))
	refused.wants(http.StatusUnprocessableEntity, "Este dato hace falta")
	if refused.header.Get("HX-Retarget") != "#composer" {
		t.Error("what is wrong is not shown in the composer")
	}
	task := b.part("/activities/new?type=task&contact="+fmt.Sprint(c.ID), "composer")
	task.wants(http.StatusOK, "Guardar tarea").lacks("Mi día")
	b.get("/activities/new?type=task&contact="+fmt.Sprint(c.ID)).wants(http.StatusOK, "Nueva tarea", "José Núñez", "Mi día")
}

func TestATimelineIsFilteredAndReadDownwards(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	k := o.company("Hospital San José")
	c := &crm.Contact{GivenName: "José", CompanyID: k.ID}
	if err := o.DB.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	for i := range 30 {
		o.Pass(time.Minute)
		o.activity(crm.Activity{Type: crm.ActivityNote, Body: fmt.Sprintf("nota %02d.", i), ContactID: c.ID})
	}
	link := fmt.Sprintf("/companies/%d", k.ID)
	first := b.get(link).wants(http.StatusOK, "nota 29.", "nota 10.", "José", "Ver lo anterior").lacks("nota 09.")
	older := hrefOf(t, first, "Ver lo anterior")
	b.get(older).wants(http.StatusOK, "nota 09.", "Lucía Moreno lo agregó").lacks("nota 10.")
	part := b.part(older, "timeline-more").wants(http.StatusOK, "nota 09.").lacks("Mi día", "Historia")
	if !strings.HasPrefix(strings.TrimSpace(part.body), "<li") {
		t.Errorf("the part is %s", clip(part.body))
	}
	b.get(link+"?show=changes").wants(http.StatusOK, "Lucía Moreno lo agregó").lacks("nota 29.")
	b.get(link + "?show=xyzzy").wants(http.StatusBadRequest)
}

// hrefOf is the address of the link with these words.
func hrefOf(t *testing.T, a *answer, words string) string {
	t.Helper()
	before, _, found := strings.Cut(a.body, ">"+words+"<")
	if !found {
		t.Fatalf("%s has no link %q", a.at, words)
	}
	_, link, _ := strings.Cut(before[strings.LastIndex(before, "<a "):], `href="`)
	link, _, _ = strings.Cut(link, `"`)
	return strings.ReplaceAll(link, "&amp;", "&")
}

func TestATaskIsTickedAndTheTickTakenBack(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := b.get("/tasks").fields("/activities")
	if form.Get("startsDate") != "2026-11-23" {
		t.Errorf("a quick task is for %s", form.Get("startsDate"))
	}
	page := b.post("/activities", with(form, "subject", "Cotizar extintores")).wants(http.StatusOK, "Cotizar extintores", "hoy", "Hoy")
	tick := "/activities/1/done"
	row := b.postPart(tick, "todo-1", page.fields(tick)).wants(http.StatusOK, "Cotizar extintores", "hecha", "Deshacer")
	if !strings.HasPrefix(strings.TrimSpace(row.body), `<li class="todo"`) {
		t.Errorf("the row is %s", clip(row.body))
	}
	b.get("/tasks").wants(http.StatusOK, "No hay nada pendiente")
	b.get("/tasks?state=done").wants(http.StatusOK, "Cotizar extintores")
	b.headers["Referer"] = "http://acme.localhost/tasks"
	b.post("/undo", row.fields("/undo")).wants(http.StatusOK, "Tareas", "Cotizar extintores", "Se deshizo el cambio")
	b.post(tick, url.Values{"done": {"1"}, "next": {"/tasks"}}).wants(http.StatusOK, "hecha", "Deshacer")
	b.post(tick, url.Values{"next": {"/tasks"}}).wants(http.StatusOK, "pendiente otra vez", "Cotizar extintores")
}

func TestWordsOfWhatIsDue(t *testing.T) {
	o := newOffice(t) // Monday, 10:42
	for due, subject := range map[crm.Moment]string{
		"2026-11-21": "uno", "2026-11-22T10:00": "dos", "2026-11-23T10:00": "tres", "2026-11-23T16:30": "cuatro",
		"2026-11-24": "cinco", "2026-11-26T09:00": "seis", "2027-01-04": "siete", "": "ocho",
	} {
		o.activity(crm.Activity{Type: crm.ActivityTask, Subject: subject, Starts: due})
	}
	b := o.asOwner()
	b.get("/tasks").wants(http.StatusOK, "Vencidas", "uno vencida 2 d", "dos vencida ayer", "tres vencida hoy 10:00", "Hoy", "cuatro hoy 16:30",
		"Mañana", "cinco mañana", "Más adelante", "seis jueves 09:00", "siete 4 ene 2027", "Sin fecha", "ocho")
	b.get("/tasks?state=overdue").wants(http.StatusOK, "uno", "tres").lacks("cuatro", "cinco")
	b.get("/").wants(http.StatusOK, "Vencidas", "uno vencida 2 d", "cuatro hoy 16:30").lacks("cinco", "siete")
	b.get("/tasks?state=xyzzy").wants(http.StatusBadRequest)
}

func TestMyDaySaysWhoMentionedMeUntilIReadIt(t *testing.T) {
	o := newOffice(t)
	seller, _ := o.hire(crm.RoleSeller)
	c := o.contact("José", "Núñez")
	link := fmt.Sprintf("/contacts/%d", c.ID)
	seller.post("/activities", with(seller.get(link).fields("/activities"), "body", "@lucia moreno, ¿le llamas?")).wants(http.StatusOK, "¿le llamas?")
	b := o.asOwner()
	page := b.get("/").wants(http.StatusOK, "Te mencionaron", "Persona seller te mencionó", "¿le llamas?", "José Núñez")
	if !strings.Contains(page.body, `<span class="mention">@lucia moreno</span>`) {
		t.Error("the mention does not stand out")
	}
	b.post("/mentions/1/read", page.fields("/mentions/1/read")).wants(http.StatusOK).lacks("Te mencionaron")
	b.get("/mentions").wants(http.StatusOK, "¿le llamas?").lacks("Leída")
	seller.get("/mentions").wants(http.StatusOK, "Nadie te ha mencionado todavía")
	seller.post("/mentions/1/read", nil).wants(http.StatusNotFound)
}

func TestAReminderIsThereUntilItIsSeen(t *testing.T) {
	o := newOffice(t)
	o.activity(crm.Activity{Type: crm.ActivityTask, Subject: "Llamar a José", Starts: "2026-11-23T11:00", Reminder: crm.RemindMinutes})
	b := o.asOwner()
	b.get("/contacts").lacks("Llamar a José")
	o.Pass(8 * time.Minute)
	page := b.get("/contacts").wants(http.StatusOK, "Llamar a José", "hoy 11:00", "Enterado")
	b.part("/reminders", "reminders").wants(http.StatusOK, "Llamar a José").lacks("Mi día")
	b.headers["Referer"] = "http://acme.localhost/contacts"
	b.post("/reminders/1/seen", page.fields("/reminders/1/seen")).wants(http.StatusOK, "Contactos").lacks("Llamar a José")
}

func TestWhoAnActivityIsAboutIsFoundByName(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.contact("José", "Núñez")
	o.contact("Josefa", "Núñez")
	form := func(about string) url.Values {
		return with(b.get("/activities/new?type=task").fields("/activities"), "subject", "Cotizar", "about", about)
	}
	b.part("/activities/about?about=jos", "about-options").wants(http.StatusOK, "José Núñez", "Josefa Núñez")
	asked := b.post("/activities", form("jose")).wants(http.StatusUnprocessableEntity, "¿Quién es «jose»?", "José Núñez", "Josefa Núñez", "Dejarlo sin ligar")
	b.post("/activities", with(asked.fields("/activities"), "linkChoice", "contact:2")).wants(http.StatusOK, "Cotizar", "Josefa Núñez")
	b.post("/activities", with(form("josefa núñez"), "link", "contact:2")).wants(http.StatusOK, "Josefa Núñez")
	b.post("/activities", form("Xyzzy")).wants(http.StatusUnprocessableEntity, "No encontramos ese registro")
	b.post("/activities", with(form("x"), "link", "contact:99")).wants(http.StatusUnprocessableEntity, "No encontramos ese registro")
}

func TestAnActivityIsChangedByTwoAndDeletedWithUndo(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	c := o.contact("José", "Núñez")
	o.activity(crm.Activity{
		Type: crm.ActivityMeeting, Subject: "Visita", Starts: "2026-11-26T09:00", Ends: "2026-11-26T10:00", ContactID: c.ID,
	})
	const link = "/activities/1"
	first, second := b.get(link+"/edit").fields(link), b.get(link+"/edit").fields(link)
	saved := b.post(link, with(first, "place", "Planta 2")).wants(http.StatusOK, "Planta 2", "jueves 09:00–10:00", "José Núñez", "Deshacer")
	b.post(link, with(second, "place", "Planta 3")).wants(http.StatusConflict, "Dos versiones", "Planta 2", "Planta 3")
	b.headers["Referer"] = "http://acme.localhost" + link
	b.post("/undo", saved.fields("/undo")).wants(http.StatusOK, "Visita", "deshizo un cambio")
	if a, err := o.DB.Activity(o.owner, 1); err != nil || a.Place != "" {
		t.Errorf("after the undo: %+v, %v", a, err)
	}
	b.post(link, with(b.get(link+"/edit").fields(link), "endsTime", "08:00")).wants(http.StatusUnprocessableEntity, "Debe ser después del inicio")
	gone := b.post(link+"/delete", nil).wants(http.StatusOK, "Se eliminó «Visita»", "Deshacer")
	b.get(link).wants(http.StatusNotFound)
	b.post("/undo", gone.fields("/undo")).wants(http.StatusOK, "Visita")
}

func TestACallIsDoneOrStillToCome(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	c := o.contact("José", "Núñez")
	path := "/activities/new?type=call&contact=" + fmt.Sprint(c.ID)
	form := b.get(path).fields("/activities")
	if form.Get("startsDate") != "2026-11-23" || form.Get("startsTime") != "10:42" {
		t.Errorf("a call is proposed for %s %s", form.Get("startsDate"), form.Get("startsTime"))
	}
	b.post("/activities", with(form, "body", "Pide dos")).wants(http.StatusOK, "Lucía llamó a José Núñez")
	b.get("/tasks").lacks("José")
	b.post("/activities", with(b.get(path).fields("/activities"), "startsTime", "18:00")).wants(http.StatusOK, "Llamar a José Núñez", "hoy 18:00")
	b.get("/tasks").wants(http.StatusOK, "Llamar a José Núñez")
}

func TestTheCalendarShowsMonthAndWeek(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	seller, u := o.hire(crm.RoleSeller)
	o.activity(crm.Activity{Type: crm.ActivityMeeting, Subject: "Feria", Starts: "2026-11-25T09:00", Ends: "2026-11-27T18:00"})
	o.activity(crm.Activity{Type: crm.ActivityTask, Subject: "Cotizar", Starts: "2026-11-01"})
	o.activity(crm.Activity{Type: crm.ActivityTask, Subject: "De otra persona", Starts: "2026-11-25", OwnerID: u.ID})
	month := b.get("/calendar").wants(http.StatusOK, "Noviembre de 2026", "lunes", "Cotizar", "09:00 Feria").lacks("De otra persona")
	if n := strings.Count(month.body, ">Feria<"); n != 3 {
		t.Errorf("a meeting of three days is on %d", n)
	}
	b.get("/calendar?owner=all").wants(http.StatusOK, "De otra persona")
	b.get("/calendar?view=week").wants(http.StatusOK, "23 nov 2026 – 29 nov 2026", "Feria").lacks("Cotizar")
	b.get("/calendar?date=2026-10-15").wants(http.StatusOK, "Octubre de 2026", "Cotizar") // in its last week
	b.get("/calendar?date=garbage").wants(http.StatusOK, "Noviembre de 2026")
	b.get("/calendar?date=2026-12-31").wants(http.StatusOK, "Diciembre de 2026", "Nada en estas fechas")
	if !strings.Contains(month.body, `href="/activities/new?date=2026-11-23&amp;`) {
		t.Error("a day is no link to the form")
	}
	b.get("/activities/new?type=meeting&date=2026-11-30").wants(http.StatusOK, "Nueva reunión")
	seller.get("/calendar").wants(http.StatusOK, "De otra persona").lacks("Feria")
}

func TestACalendarAddressNeedsNoSession(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	_, u := o.hire(crm.RoleSeller)
	o.activity(crm.Activity{Type: crm.ActivityMeeting, Subject: "Visita", Starts: "2026-11-26T09:00"})
	o.activity(crm.Activity{Type: crm.ActivityTask, Subject: "De otra persona", Starts: "2026-11-25", OwnerID: u.ID})
	page := b.post("/settings/feed", nil).wants(http.StatusOK, "Copia esta dirección", "https://acme.localhost/calendar/feed/")
	_, rest, _ := strings.Cut(page.text(), "https://acme.localhost")
	address, _, _ := strings.Cut(rest, " ")
	stranger := o.browser()
	got := stranger.get(address)
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "text/calendar; charset=utf-8" ||
		!strings.Contains(got.body, "SUMMARY:Visita\r\n") || !strings.Contains(got.body, "DTSTART:20261126T160000Z\r\n") ||
		strings.Contains(got.body, "De otra persona") {
		t.Errorf("the calendar is %d %v %s", got.status, got.header, got.body)
	}
	stranger.get("/calendar/feed/guess.ics").wants(http.StatusNotFound)
	o.Grant(func(r *crm.Rights) { r.Access = "Closed" })
	stranger.get(address).wants(http.StatusServiceUnavailable)
	o.Grant(func(r *crm.Rights) { r.Access = "Open" })
	b.post("/settings/feed/revoke", nil).wants(http.StatusOK, "ya no muestra tu agenda")
	stranger.get(address).wants(http.StatusNotFound)
	for range 30 {
		got = stranger.get("/calendar/feed/guess.ics")
	}
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" {
		t.Errorf("guessing is answered %d", got.status)
	}
}

func TestAReaderSeesWorkAndChangesNone(t *testing.T) {
	o := newOffice(t)
	reader, _ := o.hire(crm.RoleReadOnly)
	c := o.contact("José", "Núñez")
	o.activity(crm.Activity{Type: crm.ActivityTask, Subject: "Cotizar", Starts: "2026-11-23", ContactID: c.ID})
	page := reader.get(fmt.Sprintf("/contacts/%d", c.ID)).wants(http.StatusOK, "Cotizar")
	if strings.Contains(page.body, `action="/activities"`) || !strings.Contains(page.body, "disabled") {
		t.Error("a reader is offered to write")
	}
	reader.get("/tasks?owner=all").wants(http.StatusOK, "Cotizar").lacks("Nueva tarea")
	reader.get("/calendar?owner=all").wants(http.StatusOK, "Cotizar").lacks("Nueva reunión")
}

func TestWorkOnADeal(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	d := &crm.Deal{Name: "Equipo contra incendio", ExpectedClose: "2026-11-25"}
	if err := o.DB.CreateDeal(o.owner, d); err != nil {
		t.Fatal(err)
	}
	link := fmt.Sprintf("/deals/%d", d.ID)
	b.get("/calendar").wants(http.StatusOK, "Cierre previsto Equipo contra incendio")
	b.get("/").lacks("Negocios sin movimiento")
	o.Pass(20 * 24 * time.Hour)
	token, _, err := o.SignIn(t.Context(), webtest.OwnerEmail, chosen)
	if err != nil {
		t.Fatal(err)
	}
	b.cookies["__Host-session"] = token
	b.get("/").wants(http.StatusOK, "Negocios sin movimiento", "Equipo contra incendio")
	part := b.postPart("/activities", "timeline", with(b.get(link).fields("/activities"), "body", "Llega el lunes"))
	part.wants(http.StatusOK, "Llega el lunes", "Se agregó")
	b.get(link+"?show=note").wants(http.StatusOK, "Llega el lunes").lacks("Lucía Moreno lo agregó")
	b.get("/").lacks("Negocios sin movimiento")
	b.get("/activities/1").wants(http.StatusOK, "Negocio", "Equipo contra incendio")
	b.part("/activities/about?about=incendio", "about-options").wants(http.StatusOK, "Equipo contra incendio")
}
