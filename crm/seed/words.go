package seed

// place is a city with its state, dialling code and the first three digits of
// its postal codes (SEPOMEX's ranges).
type place struct{ city, state, dial, postal string }

// Owner is who a made-up team belongs to.
const Owner = "Lucía Moreno"

// Sellers are the others of a made-up team; the first of them manages.
var Sellers = []string{"Ramón Bojórquez", "Daniela Encinas", "Iván Gastélum", "Paola Noriega", "Héctor Yáñez", "Ximena Robles", "Tomás Valenzuela"}

var places = []place{
	{"Hermosillo", "Sonora", "662", "830"}, {"Ciudad Obregón", "Sonora", "644", "850"}, {"Nogales", "Sonora", "631", "840"},
	{"Guaymas", "Sonora", "622", "854"}, {"Navojoa", "Sonora", "642", "858"}, {"San Luis Río Colorado", "Sonora", "653", "834"},
	{"Tijuana", "Baja California", "664", "220"}, {"Mexicali", "Baja California", "686", "210"}, {"Ensenada", "Baja California", "646", "228"},
	{"La Paz", "Baja California Sur", "612", "230"}, {"Culiacán", "Sinaloa", "667", "800"}, {"Mazatlán", "Sinaloa", "669", "820"},
	{"Los Mochis", "Sinaloa", "668", "812"}, {"Chihuahua", "Chihuahua", "614", "310"}, {"Ciudad Juárez", "Chihuahua", "656", "320"},
	{"Durango", "Durango", "618", "340"}, {"Torreón", "Coahuila", "871", "270"}, {"Saltillo", "Coahuila", "844", "250"},
	{"Monterrey", "Nuevo León", "81", "640"}, {"San Pedro Garza García", "Nuevo León", "81", "662"}, {"Guadalajara", "Jalisco", "33", "440"},
	{"Zapopan", "Jalisco", "33", "450"}, {"Tepic", "Nayarit", "311", "630"}, {"León", "Guanajuato", "477", "370"},
	{"Querétaro", "Querétaro", "442", "760"}, {"Aguascalientes", "Aguascalientes", "449", "200"}, {"San Luis Potosí", "San Luis Potosí", "444", "780"},
	{"Ciudad de México", "Ciudad de México", "55", "060"}, {"Toluca", "Estado de México", "722", "500"}, {"Puebla", "Puebla", "222", "720"},
	{"Veracruz", "Veracruz", "229", "917"}, {"Mérida", "Yucatán", "999", "970"},
}

var (
	givenNames = []string{
		"María", "José", "Guadalupe", "Juan", "Ana", "Luis", "Rosa", "Carlos", "Verónica", "Jesús", "Patricia", "Miguel", "Leticia",
		"Francisco", "Alejandra", "Ramón", "Claudia", "Martín", "Sofía", "Jorge", "Lucía", "Ricardo", "Gabriela", "Óscar", "Adriana",
		"Héctor", "Mónica", "Raúl", "Elena", "Sergio", "Rocío", "Iván", "Karla", "Efraín", "Ximena", "Rubén", "Paola", "Ángel", "Daniela",
		"Íñigo", "Fernanda", "Armando", "Noemí", "Gilberto", "Yolanda", "Emilio", "Beatriz", "Tomás", "Silvia", "Andrés", "Irma", "Joaquín",
	}
	familyNames = []string{
		"Hernández", "García", "Martínez", "López", "González", "Pérez", "Rodríguez", "Sánchez", "Ramírez", "Cruz", "Flores", "Gómez",
		"Morales", "Vázquez", "Reyes", "Jiménez", "Torres", "Díaz", "Gutiérrez", "Ruiz", "Mendoza", "Aguilar", "Ortiz", "Moreno", "Castillo",
		"Romero", "Álvarez", "Méndez", "Chávez", "Rivera", "Juárez", "Ramos", "Domínguez", "Herrera", "Medina", "Castro", "Vargas", "Guzmán",
		"Velázquez", "Rojas", "Contreras", "Salazar", "Luna", "Ortega", "Guerrero", "Estrada", "Bautista", "Cortés", "Soto", "Núñez",
		"Valenzuela", "Bojórquez", "Félix", "Noriega", "Encinas", "Robles", "Quintero", "Gastélum", "Yáñez", "Peña", "Ibáñez", "Güereña",
		"Zúñiga", "Muñoz", "Acuña", "Bórquez", "Camou", "Duarte", "Espinoza", "Figueroa", "Galaviz", "Islas", "Léyva", "Munguía", "Tapia",
	}
	trades = []string{
		"Ferretería", "Refaccionaria", "Constructora", "Comercializadora", "Distribuidora", "Mueblería", "Agrícola", "Transportes",
		"Papelería", "Imprenta", "Panificadora", "Abarrotes", "Farmacia", "Clínica Dental", "Laboratorio", "Despacho", "Inmobiliaria",
		"Materiales", "Aceros", "Maderería", "Carnes", "Mariscos", "Empacadora", "Textiles", "Uniformes", "Plásticos", "Químicos",
		"Automotriz", "Llantera", "Hotel", "Restaurante", "Cafetería", "Consultores", "Seguridad", "Logística", "Energía Solar", "Clima y Refrigeración",
	}
	givenTo = []string{
		"del Yaqui", "del Pacífico", "del Desierto", "del Norte", "del Noroeste", "San Carlos", "Santa Fe", "La Cruz", "El Pitic", "Kino",
		"Sahuaro", "Palo Verde", "Tres Ríos", "Los Álamos", "La Huerta", "Villa de Seris", "Bahía", "Nainari", "Cócorit", "El Cortijo",
		"Monte Alto", "Las Quintas", "Buenavista", "La Esperanza", "El Sol", "Nueva Era", "Real de Minas", "Cañón", "Doña Meche", "Dos Hermanos",
	}
	forms     = []string{"", "", " S.A. de C.V.", " S. de R.L. de C.V.", " S.A.P.I. de C.V.", " y Asociados"}
	jobTitles = []string{
		"Compras", "Dirección General", "Administración", "Gerencia de Ventas", "Contabilidad", "Operaciones", "Mantenimiento", "Sistemas",
		"Recursos Humanos", "Almacén", "Mercadotecnia", "Calidad", "Propietaria", "Propietario", "Producción",
	}
	sources = []string{"referencia", "feria", "sitio web", "llamada", "redes sociales", "cliente anterior", ""}
	streets = []string{"Blvd. Luis Encinas", "Calle Rosales", "Av. Reforma", "Calle Juárez", "Blvd. Morelos", "Calle Obregón", "Av. Hidalgo", "Calle Matamoros", "Periférico Norte", "Calle Yáñez", "Av. Universidad", "Calle Guerrero"}
	tags    = []string{"VIP", "mayoreo", "menudeo", "feria 2026", "crédito", "contado", "gobierno", "foráneo"}
)
