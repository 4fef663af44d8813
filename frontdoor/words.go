package frontdoor

import (
	"time"

	"github.com/grupobizopps/salexops/internal/datewords"
)

// words is what one page says in one language. Names in braces are filled in:
// {name} the company, {host} the address asked for, {date} the last paid date.
type words struct {
	title, lead string
	rest        []string
	steps       []string // what to do, one after the other
	action      string   // label of the button
}

// phrases are what several pages say in one language.
type phrases struct {
	lang      string
	someone   string // {name} when nobody is known
	howTo     string // heading over steps
	wait      string // the page looks again by itself
	lost      string // a form was sent and not taken
	resend    string // and sending it again soon may work
	id        string // before the request's id
	questions string // before the address for questions about payment
	pages     [pageKinds]words
	undated   string // lead of the payment page when no date is known
	date      func(year int, month time.Month, day int) string
}

//nolint:misspell // these words are Spanish
var spanish = phrases{
	lang:      "es",
	someone:   "tu empresa",
	howTo:     "Qué hacer",
	wait:      "Esta página se actualiza sola.",
	lost:      "Lo que acabas de enviar no se guardó.",
	resend:    "Regresa a la página anterior y vuelve a enviarlo en un momento.",
	id:        "Código de esta visita:",
	questions: "¿Dudas? Escríbenos a",
	undated:   "El periodo pagado terminó y todavía no recibimos el pago siguiente.",
	date:      datewords.Spanish,
	pages: [pageKinds]words{
		PageUnknownHost: {
			title: "Aquí no hay ningún CRM",
			lead:  "La dirección {host} no pertenece a ninguna cuenta.",
			rest:  []string{"Revisa que esté bien escrita, o pídele la dirección correcta a quien administra el CRM en tu empresa."},
		},
		PagePending: {
			title:  "El CRM de {name} todavía no está abierto",
			lead:   "Se abre en cuanto el registro esté completo: el correo del titular confirmado, los documentos aceptados y, si el plan es de pago, el primer pago recibido.",
			rest:   []string{"Si ya está todo listo, vuelve a intentarlo en unos minutos: el aviso del banco puede tardar un poco."},
			action: "Volver a intentar",
		},
		PageSettingUp: {
			title: "Estamos preparando el CRM de {name}",
			lead:  "La primera vez toma unos segundos. En cuanto esté listo, entras directo.",
		},
		PageStarting: {
			title: "El CRM de {name} está arrancando",
			lead:  "Toma unos segundos. Tus datos están donde los dejaste.",
		},
		PagePayment: {
			title: "El CRM de {name} está en pausa por falta de pago",
			lead:  "Está pagado hasta el {date} y todavía no recibimos el pago siguiente.",
			rest:  []string{"Los datos siguen guardados. En cuanto llegue el pago, el acceso vuelve solo."},
			steps: []string{
				"Haz el pago con los datos del aviso que enviamos por correo al titular de la cuenta.",
				"Si ya pagaste, espera unos minutos y vuelve a entrar: el aviso del banco puede tardar un poco.",
			},
			action: "Pagar ahora",
		},
		PagePaymentNotice: {
			title: "El CRM de {name} está en pausa por falta de pago",
			lead:  "Está pagado hasta el {date} y todavía no recibimos el pago siguiente.",
			rest: []string{"Los datos siguen guardados. En cuanto llegue el pago, el acceso vuelve solo.",
				"Ya hay una fecha para borrar los documentos: está en el aviso que enviamos por correo al titular. Un pago antes de esa fecha lo evita; los contactos y demás registros se conservan en todo caso."},
			steps: []string{
				"Haz el pago con los datos del aviso que enviamos por correo al titular de la cuenta.",
				"Si ya pagaste, espera unos minutos y vuelve a entrar: el aviso del banco puede tardar un poco.",
			},
			action: "Pagar ahora",
		},
		PagePaymentPurged: {
			title: "El CRM de {name} está en pausa por falta de pago",
			lead:  "Está pagado hasta el {date} y todavía no recibimos el pago siguiente.",
			rest: []string{"Los contactos, las empresas y los demás registros siguen guardados y vuelven en cuanto llegue el pago. " +
				"Los documentos se borraron, como avisamos por correo al titular, y ya no se pueden recuperar."},
			steps: []string{
				"Haz el pago con los datos del aviso que enviamos por correo al titular de la cuenta.",
				"Si ya pagaste, espera unos minutos y vuelve a entrar: el aviso del banco puede tardar un poco.",
			},
			action: "Pagar ahora",
		},
		PageSuspended: {
			title: "La cuenta de {name} está suspendida",
			lead:  "No es por un pago: se suspendió conforme a los términos del servicio.",
			rest:  []string{"El motivo, y lo que hace falta para resolverlo, está en el aviso que enviamos por correo al titular de la cuenta."},
		},
		PageEnded: {
			title: "El contrato de {name} terminó",
			lead:  "Este CRM ya no está disponible.",
			rest:  []string{"Los datos se eliminan al terminar el contrato, como dicen los términos del servicio, y no se pueden recuperar."},
		},
		PageUnreachable: {
			title:  "No pudimos llegar al CRM de {name}",
			lead:   "La falla es nuestra y quedó registrada. Casi siempre se resuelve en un momento.",
			rest:   []string{"Si sigue igual, escríbenos con el código que está al pie de esta página."},
			action: "Volver a intentar",
		},
	},
}

var english = phrases{
	lang:      "en",
	someone:   "your company",
	howTo:     "What to do",
	wait:      "This page refreshes by itself.",
	lost:      "What you just sent was not saved.",
	resend:    "Go back to the page before and send it again in a moment.",
	id:        "Code of this visit:",
	questions: "Questions? Write to",
	undated:   "The paid period is over and the next payment hasn’t reached us yet.",
	date:      datewords.English,
	pages: [pageKinds]words{
		PageUnknownHost: {
			title: "There is no CRM here",
			lead:  "The address {host} doesn’t belong to any account.",
			rest:  []string{"Check the spelling, or ask whoever runs the CRM in your company for the right address."},
		},
		PagePending: {
			title:  "The CRM of {name} isn’t open yet",
			lead:   "It opens as soon as the registration is complete: the owner’s email confirmed, the documents accepted and, on a paid plan, the first payment received.",
			rest:   []string{"If all of that is done, try again in a few minutes: the bank’s word can take a while."},
			action: "Try again",
		},
		PageSettingUp: {
			title: "We’re setting up the CRM of {name}",
			lead:  "The first time takes a few seconds. You’ll be let in as soon as it’s ready.",
		},
		PageStarting: {
			title: "The CRM of {name} is starting",
			lead:  "It takes a few seconds. Your data is where you left it.",
		},
		PagePayment: {
			title: "The CRM of {name} is paused for lack of payment",
			lead:  "It’s paid through {date} and the next payment hasn’t reached us yet.",
			rest:  []string{"The data is kept. Access comes back by itself as soon as the payment arrives."},
			steps: []string{
				"Pay with the details in the notice that we emailed to the owner of the account.",
				"If you have paid already, wait a few minutes and come back: the bank’s word can take a while.",
			},
			action: "Pay now",
		},
		PagePaymentNotice: {
			title: "The CRM of {name} is paused for lack of payment",
			lead:  "It’s paid through {date} and the next payment hasn’t reached us yet.",
			rest: []string{"The data is kept. Access comes back by itself as soon as the payment arrives.",
				"There is a date on which the documents will be deleted: it’s in the notice that we emailed to the owner. A payment before that date prevents it; contacts and all other records are kept in any case."},
			steps: []string{
				"Pay with the details in the notice that we emailed to the owner of the account.",
				"If you have paid already, wait a few minutes and come back: the bank’s word can take a while.",
			},
			action: "Pay now",
		},
		PagePaymentPurged: {
			title: "The CRM of {name} is paused for lack of payment",
			lead:  "It’s paid through {date} and the next payment hasn’t reached us yet.",
			rest: []string{"Contacts, companies and all other records are kept and come back as soon as the payment arrives. " +
				"The documents were deleted, as we told the owner by email, and can’t be recovered."},
			steps: []string{
				"Pay with the details in the notice that we emailed to the owner of the account.",
				"If you have paid already, wait a few minutes and come back: the bank’s word can take a while.",
			},
			action: "Pay now",
		},
		PageSuspended: {
			title: "The account of {name} is suspended",
			lead:  "This isn’t about a payment: it was suspended under the terms of service.",
			rest:  []string{"The reason, and what it takes to resolve it, is in the notice that we emailed to the owner of the account."},
		},
		PageEnded: {
			title: "The contract of {name} has ended",
			lead:  "This CRM is no longer available.",
			rest:  []string{"Data is deleted when a contract ends, as the terms of service say, and can’t be recovered."},
		},
		PageUnreachable: {
			title:  "We couldn’t reach the CRM of {name}",
			lead:   "The fault is ours and was recorded. It’s nearly always over in a moment.",
			rest:   []string{"If it stays like this, write to us with the code at the foot of this page."},
			action: "Try again",
		},
	},
}
