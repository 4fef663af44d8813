package sqlite

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

var (
	benchGiven  = []string{"José", "María", "Luis", "Ana", "Núria", "Martín", "Sofía", "Ángel", "Íñigo", "Rocío", "Efraín", "Lucía"}
	benchFamily = []string{"Núñez", "Güemes", "Moreno", "López", "Hernández", "Peña", "Ibáñez", "Castro", "Ríos", "Zúñiga", "Ortiz", "Muñoz"}
)

// crowd is an office with many contacts, written by 64 writers at once.
func crowd(b *testing.B, size int) *office {
	b.Helper()
	o := newOffice(b)
	var next atomic.Int64
	var writers sync.WaitGroup
	for range 64 {
		writers.Go(func() {
			for {
				i := int(next.Add(1))
				if i > size {
					return
				}
				if err := o.CreateContact(o.owner, benchContact(i)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	writers.Wait()
	return o
}

func benchContact(i int) *crm.Contact {
	random := rand.New(rand.NewPCG(1, uint64(i)))
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	return &crm.Contact{
		GivenName: pick(benchGiven), FamilyName: fmt.Sprintf("%s %s%d", pick(benchFamily), pick(benchFamily), i%500),
		Emails: []string{fmt.Sprintf("persona%d@empresa%d.example", i, i%3000)},
		Phones: []string{fmt.Sprintf("+52 662 %07d", i)}, JobTitle: "Compras", Source: "feria",
	}
}

// BenchmarkCreateContact measures durable writes by 64 writers at once.
func BenchmarkCreateContact(b *testing.B) {
	o := newOffice(b)
	var next atomic.Int64
	b.SetParallelism(64)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := o.CreateContact(o.owner, benchContact(int(next.Add(1)))); err != nil {
				b.Error(err)
			}
		}
	})
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
	stats := o.Stats()
	b.ReportMetric(float64(stats.Writes)/float64(stats.Commits), "writes/commit")
}

func BenchmarkContacts(b *testing.B) {
	o := crowd(b, 100_000)
	for _, bench := range []struct {
		name   string
		filter crm.ContactFilter
	}{
		{"recent", crm.ContactFilter{}},
		{"name", crm.ContactFilter{Sort: crm.SortName}},
		{"filter-rare", crm.ContactFilter{Query: "persona777"}},
		{"filter-one-letter", crm.ContactFilter{Query: "m"}},
		{"filter-two-letters", crm.ContactFilter{Query: "ma", Sort: crm.SortName}},
		{"filter-everybody", crm.ContactFilter{Query: "compras"}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := o.Contacts(o.owner, bench.filter); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, typed := range []string{"m", "ma", "jose", "jose nun", "persona77777", "hernandes", "gumes martn"} {
		b.Run("search-"+typed, func(b *testing.B) {
			for b.Loop() {
				if _, err := o.Search(o.owner, typed, 10); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
