package mail

import (
	"fmt"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/datewords"
)

// spanishDate writes a date out, such as 3 de marzo de 2027.
func spanishDate(d contract.Date) string { return datewords.Spanish(d.Civil()) }

// spanishPlace is the place that a zone is named after, as one writes it.
func spanishPlace(zone string) string {
	accented := map[string]string{
		"America/Mexico_City": "la Ciudad de México", "America/Cancun": "Cancún", "America/Mazatlan": "Mazatlán",
		"America/Merida": "Mérida", "America/Ciudad_Juarez": "Ciudad Juárez", "America/Bahia_Banderas": "Bahía de Banderas", "America/Bogota": "Bogotá",
	}
	if name, ok := accented[zone]; ok {
		return name
	}
	return placeOf(zone)
}

func spanishReminder(t *told) content {
	c := content{
		Subject:  fmt.Sprintf("Falta el pago del CRM de %s", t.company),
		Title:    "Todavía no recibimos tu pago",
		Greeting: fmt.Sprintf("Hola, %s:", t.name),
		Lead:     spanishOwed(t),
		Facts:    spanishFacts(t),
		Closing:  spanishClosing(t),
		Footer:   "Este aviso es parte del contrato del servicio, y por eso llega a quien es titular de la cuenta.",
	}
	c.Action, c.Link = t.action("Pagar ahora", "Abrir el CRM")
	on := spanishDate(t.disableOn)
	if t.disabled() {
		c.Preview = "Según el contrato, el acceso queda en pausa desde el " + on + ". Los datos no se tocan."
		c.Facts = append(c.Facts, fact{"Acceso en pausa", "desde el " + on})
		c.Sections = []section{
			{"Qué pasa ahora", "Según el contrato, el acceso queda en pausa para todos los usuarios desde el " + on + ", a las 00:00 (hora de " + t.place + "). Los datos no se tocan, y el acceso vuelve solo en cuanto llegue el pago."},
			{"Soporte", "El soporte técnico vuelve también con el pago. Las dudas sobre pagos las atendemos siempre."},
		}
		return c
	}
	c.Preview = "Todo sigue funcionando, menos el soporte técnico. El acceso queda en pausa el " + on + "."
	c.Facts = append(c.Facts, fact{"Acceso en pausa", "el " + on + ", a las 00:00"})
	c.Sections = []section{
		{"Qué pasa ahora", "Todo sigue funcionando como siempre, menos el soporte técnico, que vuelve en cuanto llegue el pago. Las dudas sobre pagos las atendemos siempre."},
		{"Qué sigue", "Si el pago no llega antes, el " + on + ", a las 00:00 (hora de " + t.place + "), el acceso queda en pausa para todos los usuarios. Los datos no se tocan, y el acceso vuelve solo en cuanto llegue el pago."},
	}
	return c
}

func spanishPurge(t *told) content {
	on := spanishDate(t.named)
	c := content{
		Subject:  fmt.Sprintf("Los documentos del CRM de %s se borrarán el %s", t.company, on),
		Preview:  "Un pago antes de esa fecha lo evita. Los contactos y los demás registros se conservan.",
		Title:    "Los documentos se borrarán el " + on,
		Greeting: fmt.Sprintf("Hola, %s:", t.name),
		Lead: spanishOwed(t) + " Si no llega antes, los documentos se borrarán el " + on +
			", a las 00:00 (hora de " + t.place + "), y ya no se podrán recuperar.",
		Facts: append(spanishFacts(t), fact{"Se borran", "el " + on + ", a las 00:00"}),
		Sections: []section{
			{"Qué se borra", "Los documentos: los archivos que tu equipo guardó en el CRM."},
			{"Qué se conserva, pase lo que pase", "Los registros del CRM: contactos, empresas, negocios y todo lo demás que tu equipo anotó."},
			{"Cómo evitarlo", "Paga antes del " + on + ". En cuanto el pago ponga la cuenta al corriente, el acceso vuelve solo, no se borra nada y este aviso queda sin efecto."},
		},
		Closing: spanishClosing(t),
		Footer:  "Este aviso es parte del contrato del servicio, y por eso llega a quien es titular de la cuenta.",
	}
	c.Action, c.Link = t.action("Pagar ahora", "Ver la cuenta")
	return c
}

// spanishOwed says up to when the account is paid and what is missing.
func spanishOwed(t *told) string {
	if t.paidThrough.IsZero() {
		return fmt.Sprintf("El pago del CRM de %s vencía el %s y todavía no lo recibimos.", t.company, spanishDate(t.due))
	}
	return fmt.Sprintf("El CRM de %s está pagado hasta el %s. El pago siguiente vencía el %s y todavía no lo recibimos.",
		t.company, spanishDate(t.paidThrough), spanishDate(t.due))
}

func spanishFacts(t *told) []fact {
	var facts []fact
	if t.url != "" {
		facts = append(facts, fact{"Dirección", t.url})
	}
	if !t.paidThrough.IsZero() {
		facts = append(facts, fact{"Pagado hasta", "el " + spanishDate(t.paidThrough)})
	}
	return append(facts, fact{"Vencía", "el " + spanishDate(t.due)})
}

func spanishClosing(t *told) []string {
	ask := "¿Dudas sobre el pago? Responde a este correo."
	if t.pay.Email != "" {
		ask = "¿Dudas sobre el pago? Escríbenos a " + t.pay.Email + "."
	}
	return []string{"Si ya pagaste, no tienes que hacer nada: el aviso del banco puede tardar un poco.", ask}
}
