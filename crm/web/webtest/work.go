package webtest

import (
	"context"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Work gives the one who acts something to do: late, today and later, around a
// contact and a company; a colleague mentions them.
func (f *Office) Work(acting context.Context, contact, company int64) error {
	now := crm.MomentOf(f.Now().In(zoneOf(f.Rights())))
	today := now.Day()
	at := func(days int, clock string) crm.Moment { return today.AddDays(days) + crm.Moment("T"+clock) }
	for _, a := range []crm.Activity{
		{Type: crm.ActivityTask, Subject: "Confirmar existencias de extintores", Starts: today.AddDays(-2), ContactID: contact, Body: "Son 40 piezas de 6 kg, en dos entregas.\nAvisar a @Javier Peña cuando lleguen."},
		{Type: crm.ActivityTask, Subject: "Mandar la ficha técnica", Starts: today.AddDays(-1), CompanyID: company},
		{Type: crm.ActivityTask, Subject: "Preparar la cotización del comité", Starts: today, ContactID: contact},
		{Type: crm.ActivityCall, Starts: at(0, "23:30"), ContactID: contact},
		{Type: crm.ActivityMeeting, Subject: "Visita con el comité", Starts: at(0, "23:00"), Ends: at(0, "23:45"), Place: "Hospital San José, sala 2", CompanyID: company},
		{Type: crm.ActivityMeeting, Subject: "Feria industrial", Starts: at(3, "09:00"), Ends: at(5, "18:00"), Place: "Expo Hermosillo"},
		{Type: crm.ActivityTask, Subject: "Renovar el contrato de mantenimiento", Starts: today.AddDays(1), CompanyID: company, Reminder: crm.RemindHour},
		{Type: crm.ActivityTask, Subject: "Pedir referencias", ContactID: contact},
		{Type: crm.ActivityTask, Subject: "Llamar al almacén", Starts: now, Reminder: crm.RemindMinutes},
		{Type: crm.ActivityNote, ContactID: contact, Body: "Visita a planta: piden factura a nombre de Servicios Hospitalarios del Noroeste. @Andrea Ruelas, ¿la haces tú?"},
		{Type: crm.ActivityCall, Starts: at(-3, "10:42"), DoneAt: f.Now(), ContactID: contact, Body: "Pide cotización con entrega en dos partes. Confirmar existencias de extintores de 6 kg."},
	} {
		if err := f.DB.CreateActivity(acting, &a); err != nil {
			return fmt.Errorf("adding the activity %q: %w", a.Title(), err)
		}
	}
	users, err := f.DB.Users(acting)
	if err != nil {
		return fmt.Errorf("reading the team: %w", err)
	}
	for _, u := range users {
		if u.Role != crm.RoleSeller {
			continue
		}
		seller := *u
		seller.MustChangePassword = false
		note := crm.Activity{Type: crm.ActivityNote, CompanyID: company, Body: "@Lucía Moreno, el director pregunta si le mejoramos el precio a partir de 60 piezas."}
		if err := f.DB.CreateActivity(crm.WithActor(acting, crm.Actor{User: &seller}), &note); err != nil {
			return fmt.Errorf("mentioning the owner: %w", err)
		}
	}
	return nil
}

func zoneOf(r crm.Rights) *time.Location {
	zone, err := time.LoadLocation(r.TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}
