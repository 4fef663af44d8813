package webtest

import (
	"context"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

var companies = []crm.Company{
	{Name: "Ferretería Ñandú", Domain: "nandu.example", Phone: "662 555 0101", Address: crm.Address{Street: "Blvd. Kino 120", City: "Hermosillo", State: "Sonora", PostalCode: "83010", Country: "México"}},
	{Name: "Hospital San José", Domain: "sanjose.example", Phone: "662 555 0132", Website: "https://sanjose.example", Address: crm.Address{Street: "Av. Morelos 45", City: "Hermosillo", State: "Sonora", PostalCode: "83120", Country: "México"}},
	{Name: "Constructora Güemes", Domain: "guemes.example", Phone: "644 555 0110", Address: crm.Address{City: "Ciudad Obregón"}},
	{Name: "Frutas del Mayo", Domain: "frutasdelmayo.example", Address: crm.Address{City: "Navojoa"}},
	{Name: "Aceros del Desierto", Domain: "aceros.example", Phone: "653 555 0177", Address: crm.Address{City: "San Luis Río Colorado"}},
	{Name: "Grupo Yaqui", Domain: "grupoyaqui.example", Phone: "644 555 0163", Address: crm.Address{City: "Ciudad Obregón"}},
	{Name: "Transportes Núñez", Domain: "tnunez.example", Phone: "622 555 0148", Address: crm.Address{City: "Guaymas"}},
	{Name: "Puerto Guaymas", Address: crm.Address{City: "Guaymas"}},
	{Name: "Minera San Javier", Domain: "sanjavier.example", Phone: "662 555 0199", Address: crm.Address{City: "San Javier"}},
	{Name: "Clínica Íñiguez", Domain: "iniguez.example", Phone: "667 555 0120", Address: crm.Address{City: "Culiacán"}},
}

var (
	given  = []string{"José", "María", "Iñigo", "Ana Sofía", "Martín", "Begoña", "Óscar", "Ximena", "Raúl", "Úrsula", "Germán", "Noé"}
	family = []string{"Núñez", "Peña Ibarra", "Güereña", "Castro", "Ávila Soto", "Muñoz", "Yépiz", "Íñiguez", "Bórquez", "Zúñiga", "Félix"}
	titles = []string{"Compras", "Gerente de planta", "Dirección general", "Administración", "Mantenimiento", "Obra", "", "Almacén"}
)

// Furnish puts companies and contacts in an office, the latest changed last;
// acting says who adds them. It returns a contact whose history has something
// to tell and the company it belongs to.
func (f *Office) Furnish(acting context.Context, contacts int) (contact, company int64, err error) {
	ids := make([]int64, 0, len(companies))
	for _, c := range companies {
		f.Pass(7 * time.Hour)
		if err := f.DB.CreateCompany(acting, &c); err != nil {
			return 0, 0, fmt.Errorf("adding %s: %w", c.Name, err)
		}
		ids = append(ids, c.ID)
	}
	for i := range contacts {
		c := crm.Contact{
			GivenName: given[i%len(given)], FamilyName: family[(i*5+i/len(given))%len(family)],
			JobTitle: titles[i%len(titles)], CompanyID: ids[(i*3)%len(ids)],
		}
		if i%7 != 3 {
			c.Emails = []string{fmt.Sprintf("contacto%02d@%s", i, domainOf(i))}
		}
		if i%5 != 4 {
			c.Phones = []string{fmt.Sprintf("662 555 %04d", 200+i*13)}
		}
		f.Pass(90 * time.Minute)
		if err := f.DB.CreateContact(acting, &c); err != nil {
			return 0, 0, fmt.Errorf("adding a contact: %w", err)
		}
	}
	contact, err = f.story(acting, ids[1])
	return contact, ids[1], err
}

func domainOf(i int) string {
	if d := companies[(i*3)%len(companies)].Domain; d != "" {
		return d
	}
	return "correo.example"
}

// story is one contact to whom several things happened.
func (f *Office) story(acting context.Context, company int64) (int64, error) {
	c := crm.Contact{GivenName: "José", FamilyName: "Núñez", CompanyID: company, Emails: []string{"jose@sanjose.example"}}
	f.Pass(time.Hour)
	if err := f.DB.CreateContact(acting, &c); err != nil {
		return 0, fmt.Errorf("adding the contact of the story: %w", err)
	}
	steps := []func(*crm.Contact){
		func(c *crm.Contact) { c.JobTitle, c.Source = "Jefe de mantenimiento", "Referencia" },
		func(c *crm.Contact) {
			c.Phones, c.Birthday = []string{"662 555 0132", "662 555 0199"}, "1984-03-09"
			c.Address = crm.Address{Street: "Av. Morelos 45", City: "Hermosillo", State: "Sonora", PostalCode: "83120", Country: "México"}
		},
		func(c *crm.Contact) { c.Emails = []string{"jose.nunez@sanjose.example", "jose@sanjose.example"} },
	}
	for _, change := range steps {
		f.Pass(26 * time.Hour)
		now, err := f.DB.Contact(acting, c.ID)
		if err != nil {
			return 0, fmt.Errorf("reading the contact of the story: %w", err)
		}
		change(now)
		if err := f.DB.UpdateContact(acting, now); err != nil {
			return 0, fmt.Errorf("changing the contact of the story: %w", err)
		}
	}
	f.Pass(4 * time.Minute)
	return c.ID, nil
}
