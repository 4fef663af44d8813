package sqlite

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

// BenchmarkImport imports 100,000 rows with three texts that are looked for
// among the records, into a database that is empty; its figures are seconds an
// import and the most that the heap grew to. The budget is 20 seconds.
func BenchmarkImport(b *testing.B) {
	const rows = 100_000
	var content strings.Builder
	content.WriteString("Nombre;Correo;Teléfono;Empresa;Puesto;Ciudad;Estado\n")
	for i := range rows {
		c := benchContact(i)
		fmt.Fprintf(&content, "%s;%s;%s;Empresa %d SA de CV;%s;Hermosillo;Sonora\n", c.Title(), c.Emails[0], c.Phones[0], i%3000, c.JobTitle)
	}
	for b.Loop() {
		b.StopTimer()
		o := newOffice(b)
		found := o.upload(o.owner, crm.KindContact, content.String())
		stop, peak := make(chan struct{}), make(chan uint64)
		go watchHeap(stop, peak)
		b.StartTimer()
		done := o.imports(o.owner, found, importing.Merge)
		b.StopTimer()
		close(stop)
		b.ReportMetric(float64(<-peak>>20), "MiB-heap")
		if done.Done != rows || done.Rejected > 0 {
			b.Fatalf("got %+v", countsOf(done))
		}
		o.close()
		b.StartTimer()
	}
}

func watchHeap(stop <-chan struct{}, peak chan<- uint64) {
	most := uint64(0)
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
		case <-stop:
			peak <- most
			return
		}
	}
}
