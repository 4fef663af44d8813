package sqlite

import (
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestShrinkForgetsAndReadsAgain(t *testing.T) {
	o := newOffice(t)
	o.manyCompanies(300)
	for range 2 {
		page, err := o.Companies(o.owner, crm.CompanyFilter{})
		if err != nil || len(page.Items) == 0 {
			t.Fatalf("%d companies, %v", len(page.Items), err)
		}
		if err := o.Shrink(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	o.contact("Ana", "López") // the writer goes on, too
}
