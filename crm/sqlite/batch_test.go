package sqlite

import (
	"errors"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestABatchIsStoredAsAWhole(t *testing.T) {
	o := newOffice(t)
	fill := func(name string) func(*Batch) error {
		return func(b *Batch) error {
			company := crm.Company{Name: "Acme"}
			if err := b.CreateCompany(&company); err != nil {
				return err
			}
			return b.CreateContact(&crm.Contact{GivenName: name, CompanyID: company.ID})
		}
	}
	var invalid crm.Invalid
	if err := o.InBatch(o.owner, fill("")); !errors.As(err, &invalid) {
		t.Fatalf("an invalid record: %v", err)
	}
	if page, err := o.Companies(o.owner, crm.CompanyFilter{}); err != nil || len(page.Items) != 0 {
		t.Errorf("half a batch was stored: %v, %v", page.Items, err)
	}
	if err := o.InBatch(o.owner, fill("Ana")); err != nil {
		t.Fatal(err)
	}
	if hits, err := o.Search(o.owner, "ana", 5); err != nil || len(hits) != 1 || hits[0].Subtitle != "Acme" {
		t.Errorf("found %v, %v", hits, err)
	}
	reader, _, _ := o.hire(crm.RoleReadOnly, "reader@acme.example")
	if err := o.InBatch(reader, fill("Eva")); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a reader: %v", err)
	}
}
