package sqlite

import (
	"fmt"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// BenchmarkBoard reads the first page of a board of ten thousand deals, of
// which four thousand are open.
func BenchmarkBoard(b *testing.B) {
	o := newOffice(b)
	const deals = 10_000
	for from := 0; from < deals; from += 500 {
		err := o.InBatch(o.owner, func(batch *Batch) error {
			for i := from; i < from+500; i++ {
				d := crm.Deal{
					Name: fmt.Sprintf("Negocio %05d", i), StageID: int64(1 + i%10), Value: pesos(int64(i)),
					ExpectedClose: fmt.Sprintf("2027-%02d-%02d", 1+i%12, 1+i%28),
				}
				if d.StageID > 6 {
					d.StageID = 5 + int64(i%2)
				}
				if err := batch.CreateDeal(&d); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	filter := crm.BoardFilter{WonSince: o.clock.Now().Add(-crm.WonShown), MonthFrom: "2027-01-01", MonthTo: "2027-01-31", Limit: 20}
	for b.Loop() {
		if _, err := o.Board(o.owner, filter); err != nil {
			b.Fatal(err)
		}
	}
}
