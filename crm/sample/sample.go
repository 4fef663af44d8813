// Package sample holds believable records to try the CRM with. Every company is
// invented, and so is every domain: .example belongs to nobody.
package sample

import (
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Set is sample data. A contact names its company, and an activity its contact,
// by their place in the lists, from 1; 0: none.
type Set struct {
	Companies  []crm.Company
	Contacts   []Contact
	Leads      []crm.Lead
	Activities []Activity
}

// Contact is a person at one of the companies.
type Contact struct {
	crm.Contact
	Company int
}

// Activity is a piece of work around one of the contacts.
type Activity struct {
	crm.Activity
	Contact int
}

// Count is how many records there are.
func (s Set) Count() int {
	return len(s.Companies) + len(s.Contacts) + len(s.Leads) + len(s.Activities)
}

// Data is the sample in the language of the reader ("en", else Spanish), with
// work due around now, which is in the tenant's zone.
func Data(locale string, now time.Time) Set {
	say := func(spanish, english string) string {
		if locale == "en" {
			return english
		}
		return spanish
	}
	return Set{Companies: companies(), Contacts: contacts(say), Leads: leads(say), Activities: activities(say, now)}
}

func at(street, city, state, code string) crm.Address {
	return crm.Address{Street: street, City: city, State: state, PostalCode: code, Country: "México"}
}

func companies() []crm.Company {
	return []crm.Company{
		{Name: "Ferretería El Tornillo Dorado", Domain: "tornillodorado.example", Phone: "662 555 0114", Address: at("Blvd. Luis Encinas 210", "Hermosillo", "Sonora", "83000")},
		{Name: "Hospital Santa Lucía", Domain: "santalucia.example", Phone: "55 5555 0140", Address: at("Av. Insurgentes Sur 1480", "Ciudad de México", "CDMX", "03920")},
		{Name: "Constructora Peñasco", Domain: "penasco.example", Phone: "81 5555 0122", Address: at("Av. Gonzalitos 655", "Monterrey", "Nuevo León", "64060")},
		{Name: "Muebles La Ceiba", Domain: "laceiba.example", Phone: "33 5555 0167", Address: at("Calz. Independencia 1022", "Guadalajara", "Jalisco", "44340")},
		{Name: "Transportes Güereña", Domain: "guerena.example", Phone: "644 555 0178", Address: at("Calle Sufragio 412", "Ciudad Obregón", "Sonora", "85000")},
		{Name: "Panificadora San Andrés", Domain: "panesanandres.example", Phone: "222 555 0103", Address: at("5 de Mayo 1408", "Puebla", "Puebla", "72000")},
		{Name: "Laboratorios Íñigo", Domain: "labinigo.example", Phone: "442 555 0191", Address: at("Av. Constituyentes 80", "Querétaro", "Querétaro", "76020")},
		{Name: "Hotel Caleta Azul", Domain: "caletaazul.example", Phone: "744 555 0136", Address: at("Costera 2100", "Acapulco", "Guerrero", "39690")},
	}
}

func contacts(say func(string, string) string) []Contact {
	buys, runs, keeps := say("Compras", "Purchasing"), say("Dirección general", "General management"), say("Mantenimiento", "Maintenance")
	books, fair, known := say("Administración", "Administration"), say("Feria", "Trade fair"), say("Referencia", "Referral")
	person := func(company int, given, family, title, email, phone, source string) Contact {
		return Contact{Company: company, Contact: crm.Contact{
			GivenName: given, FamilyName: family, JobTitle: title, Emails: []string{email}, Phones: []string{phone}, Source: source,
		}}
	}
	return []Contact{
		person(1, "Ximena", "Bórquez", buys, "ximena@tornillodorado.example", "662 555 0115", fair),
		person(1, "Raúl", "Félix Duarte", runs, "raul@tornillodorado.example", "662 555 0116", known),
		person(2, "José", "Núñez", keeps, "jose.nunez@santalucia.example", "55 5555 0141", known),
		person(2, "Úrsula", "Zúñiga", buys, "ursula.zuniga@santalucia.example", "55 5555 0142", fair),
		person(3, "Begoña", "Treviño", runs, "begona@penasco.example", "81 5555 0123", known),
		person(3, "Óscar", "Garza Muñoz", say("Obra", "Works"), "oscar@penasco.example", "81 5555 0124", fair),
		person(4, "María", "Íñiguez", books, "maria@laceiba.example", "33 5555 0168", known),
		person(5, "Germán", "Güereña", runs, "german@guerena.example", "644 555 0179", known),
		person(5, "Noé", "Yépiz", keeps, "noe@guerena.example", "644 555 0180", fair),
		person(6, "Ana Sofía", "Cuautle", buys, "anasofia@panesanandres.example", "222 555 0104", fair),
		person(7, "Iñigo", "Martínez Peña", runs, "inigo@labinigo.example", "442 555 0192", known),
		person(8, "Lourdes", "Ávila Soto", books, "lourdes@caletaazul.example", "744 555 0137", fair),
	}
}

func leads(say func(string, string) string) []crm.Lead {
	web := say("Sitio web", "Web site")
	return []crm.Lead{
		{GivenName: "Martín", FamilyName: "Castro", CompanyName: "Aceros del Bajío", Emails: []string{"martin@acerosbajio.example"}, Phones: []string{"477 555 0150"}, Source: web, Status: crm.LeadNew},
		{GivenName: "Renata", FamilyName: "Muñoz", CompanyName: "Viveros Alborada", Emails: []string{"renata@alborada.example"}, Source: web, Status: crm.LeadContacted},
		{GivenName: "Efraín", FamilyName: "Pérez", CompanyName: "Clínica Dental Brisa", Phones: []string{"999 555 0127"}, Source: say("Llamada", "Phone call"), Status: crm.LeadQualified},
	}
}

func activities(say func(string, string) string, now time.Time) []Activity {
	day := func(days int) crm.Moment { return crm.DayOf(now.AddDate(0, 0, days)) }
	hour := func(days, hour int) crm.Moment {
		d := now.AddDate(0, 0, days)
		return crm.MomentOf(time.Date(d.Year(), d.Month(), d.Day(), hour, 0, 0, 0, d.Location()))
	}
	return []Activity{
		{Contact: 3, Activity: crm.Activity{Type: crm.ActivityTask, Subject: say("Mandar la ficha técnica", "Send the data sheet"), Starts: day(-1)}},
		{Contact: 1, Activity: crm.Activity{Type: crm.ActivityTask, Subject: say("Confirmar existencias con almacén", "Check the stock"), Starts: day(0)}},
		{Contact: 5, Activity: crm.Activity{Type: crm.ActivityCall, Subject: say("Llamar por la segunda etapa", "Call about the second phase"), Starts: hour(1, 11)}},
		{Contact: 8, Activity: crm.Activity{Type: crm.ActivityMeeting, Subject: say("Visita a los patios", "Visit to the yards"), Starts: hour(3, 10), Ends: hour(3, 12), Place: "Ciudad Obregón"}},
		{Contact: 4, Activity: crm.Activity{Type: crm.ActivityNote, Body: say("Prefiere que le escriban por correo. Compra dos veces al año, en marzo y en septiembre.", "Prefers e-mail. Buys twice a year, in March and September.")}},
		{Contact: 11, Activity: crm.Activity{Type: crm.ActivityNote, Body: say("Quiere ver una muestra antes de pedir.", "Wants to see a sample before ordering.")}},
	}
}
