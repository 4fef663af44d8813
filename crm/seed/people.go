// Package seed makes records up: companies and people as there are in Mexico,
// what is sold to them and the work that it takes, always the same for the same
// seed.
package seed

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"github.com/grupobizopps/salexops/crm"
)

// Maker makes records up, always the same ones for the same seed. Records refer
// to each other by the ids that the caller gives.
type Maker struct{ dice *rand.Rand }

// NewMaker returns a maker of the records that belong to a seed.
func NewMaker(seed uint64) *Maker {
	return &Maker{rand.New(rand.NewPCG(seed, 0x5a1e))} //nolint:gosec // believable, not secret
}

func pick[T any](m *Maker, from []T) T { return from[m.dice.IntN(len(from))] }

// Pick chooses one of several, which must not be none.
func Pick[T any](m *Maker, from []T) T { return pick(m, from) }

// chance is true in so many of a hundred cases.
func (m *Maker) chance(percent int) bool { return m.dice.IntN(100) < percent }

// Company makes the n-th company. Its domain ends in .example, which belongs to
// nobody (RFC 2606).
func (m *Maker) Company(n int) crm.Company {
	where := pick(m, places)
	short := pick(m, trades) + " " + pick(m, givenTo)
	if m.chance(40) {
		short = pick(m, trades) + " " + pick(m, familyNames)
	}
	domain := fmt.Sprintf("%s%d.example", slug(short), n)
	c := crm.Company{
		Name: short + pick(m, forms), Domain: domain, Website: "https://www." + domain,
		Phone: m.phone(where), Address: m.address(where),
	}
	if m.chance(85) {
		c.RFC = m.rfc(short)
	}
	if m.chance(20) {
		c.Tags = []string{pick(m, tags)}
	}
	return c
}

// Contact makes the n-th contact, who may work for a company; nil: for none.
func (m *Maker) Contact(n int, company *crm.Company) crm.Contact {
	where := pick(m, places)
	c := crm.Contact{
		GivenName: pick(m, givenNames), FamilyName: pick(m, familyNames) + " " + pick(m, familyNames),
		JobTitle: pick(m, jobTitles), Source: pick(m, sources), Phones: []string{m.phone(where)},
	}
	if m.chance(15) {
		c.GivenName += " " + pick(m, givenNames)
	}
	host := "correo.example"
	if company != nil {
		c.CompanyID, host = company.ID, company.Domain
	}
	if m.chance(95) {
		first, _, _ := strings.Cut(c.GivenName, " ")
		last, _, _ := strings.Cut(c.FamilyName, " ")
		c.Emails = []string{fmt.Sprintf("%s.%s%d@%s", slug(first), slug(last), n, host)}
	}
	if m.chance(30) {
		c.Phones = append(c.Phones, m.phone(where))
	}
	if m.chance(40) {
		c.Address = m.address(where)
	}
	if m.chance(35) {
		c.Birthday = time.Date(1955+m.dice.IntN(50), time.Month(1+m.dice.IntN(12)), 1+m.dice.IntN(28), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	if m.chance(15) {
		c.Tags = []string{pick(m, tags)}
	}
	return c
}

func (m *Maker) phone(where place) string {
	digits := 10 - len(where.dial)
	number := strconv.Itoa(1 + m.dice.IntN(9))
	for len(number) < digits {
		number += strconv.Itoa(m.dice.IntN(10))
	}
	return fmt.Sprintf("%s %s %s", where.dial, number[:digits-4], number[digits-4:])
}

func (m *Maker) address(where place) crm.Address {
	return crm.Address{
		Street: fmt.Sprintf("%s %d", pick(m, streets), 1+m.dice.IntN(900)), City: where.city, State: where.state,
		PostalCode: fmt.Sprintf("%s%02d", where.postal, m.dice.IntN(100)), Country: "México",
	}
}

// rfc makes a tax id of a company: three letters of its name, the day it was
// founded, and a homoclave whose check digit is right.
func (m *Maker) rfc(name string) string {
	letters := strings.ToUpper(slug(name) + "XXX")[:3]
	founded := time.Date(1970+m.dice.IntN(54), time.Month(1+m.dice.IntN(12)), 1+m.dice.IntN(28), 0, 0, 0, 0, time.UTC)
	const alphabet = "0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
	stem := letters + founded.Format("060102") + string(alphabet[m.dice.IntN(len(alphabet))]) + string(alphabet[m.dice.IntN(len(alphabet))])
	for _, digit := range "0123456789A" {
		if id := stem + string(digit); crm.ValidRFC(id) {
			return id
		}
	}
	return ""
}

// slug is a text as it stands in an address: letters without accents, in lower case.
func slug(text string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn))), text)
	if err != nil {
		return "x"
	}
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(plain))
}
