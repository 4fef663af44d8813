package seed

// ware is something that companies sell, with its price in pesos.
type ware struct {
	name  string
	price int64
}

var goods = []ware{
	{"Panel solar 550 W", 3150}, {"Inversor híbrido 5 kW", 18900}, {"Minisplit 1.5 toneladas", 9800}, {"Servicio de mantenimiento", 2400},
	{"Póliza anual de servicio", 14500}, {"Uniformes bordados", 420}, {"Tarimas de madera", 260}, {"Varilla de 3/8", 185},
	{"Cemento gris 50 kg", 248}, {"Pintura vinílica 19 L", 1290}, {"Impermeabilizante 12 años", 2150}, {"Llantas rin 17", 2680},
	{"Sistema de riego por goteo", 7600}, {"Báscula digital 500 kg", 8900}, {"Cámaras de seguridad", 1750}, {"Licencias de software", 3900},
	{"Capacitación al personal", 6500}, {"Instalación eléctrica", 11200}, {"Renta de montacargas", 8300}, {"Flete a frontera", 12400},
	{"Mobiliario de oficina", 4700}, {"Anaqueles industriales", 3350}, {"Bomba sumergible", 5900}, {"Diseño de etiquetas", 2800},
}

var (
	lostNotes = []string{
		"Les dieron 12 % menos y pago a 60 días", "Pidieron volver a llamar el próximo año", "El dueño decidió no invertir por ahora",
		"Ya no contestaron después de la segunda cotización", "Se quedaron con su proveedor de siempre", "Querían entrega en tres días",
	}
	leadNotes = []string{
		"Pidió informes por la página.", "Nos visitó en la feria y dejó su tarjeta.", "Busca proveedor para todo el año.", "Quiere precio de mayoreo.",
	}
	callSubjects = []string{
		"Seguimiento de la cotización", "Primera llamada", "Confirmar la visita", "Dudas sobre la factura", "Preguntar por la orden de compra",
		"Negociar el plazo de pago", "Presentarnos con compras", "Avisar de la entrega",
	}
	taskSubjects = []string{
		"Enviar cotización", "Mandar ficha técnica", "Pedir constancia de situación fiscal", "Preparar muestra", "Revisar existencias en almacén",
		"Corregir la factura", "Agendar la visita", "Mandar el contrato para firma", "Preguntar si llegó el pedido", "Actualizar lista de precios",
	}
	meetingSubjects = []string{
		"Visita a la planta", "Demostración", "Levantamiento de medidas", "Revisión del contrato", "Desayuno con el cliente", "Junta de arranque", "Presentación de la propuesta",
	}
	meetingPlaces = []string{"Sus oficinas", "Nuestra sala de juntas", "Videollamada", "Obra", "Café Combate", "Planta", ""}
	heard         = []string{
		"Le interesa, pero lo tiene que ver con su socio.", "Pide descuento por volumen.", "Está comparando con otros dos proveedores.",
		"Quedó contenta con la última entrega.", "Se quejó de que la factura llegó tarde.", "Van a abrir otra sucursal en marzo.",
		"Su presupuesto se libera el próximo mes.", "Quieren probar con un pedido chico primero.", "Ya autorizó la dirección general.",
		"No estaba; dejé recado con su asistente.", "Preguntó por garantía y refacciones.", "Necesita que el flete vaya incluido.",
		"Le urge para antes de la temporada de calor.", "Trabaja con crédito a 30 días.", "Nos recomendó con su compadre de Obregón.",
		"Cambió la persona de compras; hay que volver a presentarnos.", "El precio le pareció bien.", "Quiere ver una instalación funcionando.",
	}
	agreed = []string{
		"Le mando la cotización hoy mismo.", "Quedamos en hablar el lunes.", "Mandará la orden de compra esta semana.", "Vamos a visitarlos con una muestra.",
		"Le envío la ficha técnica por correo.", "Haremos el levantamiento el jueves.", "Firmamos si sostenemos el precio hasta fin de mes.",
		"Nos avisa después de su junta.", "Hay que ajustar las cantidades y volver a cotizar.", "Se entrega en dos partidas.", "Pagará anticipo del 50 %.",
		"Falta la constancia de situación fiscal.",
	}
	besides = []string{
		"Prefiere WhatsApp que correo.", "Llamar después de las 4.", "Es muy puntual.", "Ojo: pide factura global.", "Habla también con Contabilidad.", "Le gusta el béisbol; es naranjero.",
	}
)
