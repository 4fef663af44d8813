package seed

import (
	"fmt"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

var monday = time.Date(2026, 3, 2, 11, 0, 0, 0, time.UTC)

// unchanged fails where a record is not stored as it was made.
func unchanged[R any](t *testing.T, made R, tidy func(*R), validate func(*R) error) {
	t.Helper()
	stored := made
	tidy(&stored)
	if err := validate(&stored); err != nil || fmt.Sprint(stored) != fmt.Sprint(made) {
		t.Fatalf("%+v: %v", made, err)
	}
}

func TestDealsProductsAndLeadsAreValid(t *testing.T) {
	m := NewMaker(1)
	var catalogue []crm.Product
	for n := range 2 * len(goods) {
		p := m.Product(n)
		unchanged(t, p, (*crm.Product).Normalize, (*crm.Product).Validate)
		p.ID = int64(n + 1)
		catalogue = append(catalogue, p)
	}
	dollars, withItems := 0, 0
	for n := range 1000 {
		company := m.Company(n)
		company.ID = 7
		contact := m.Contact(n, &company)
		d := m.Deal(monday, &contact, &company, catalogue)
		unchanged(t, d, (*crm.Deal).Normalize, (*crm.Deal).Validate)
		if d.CompanyID != 7 || d.Value.Minor <= 0 {
			t.Fatalf("%+v", d)
		}
		if d.Value.Currency == crm.USD {
			dollars++
		}
		if len(d.Items) > 0 {
			withItems++
		}
		unchanged(t, m.Lead(n), (*crm.Lead).Normalize, (*crm.Lead).Validate)
	}
	if dollars < 50 || dollars > 250 || withItems < 150 {
		t.Errorf("of 1000 deals %d are in dollars, %d have items", dollars, withItems)
	}
}

func TestCoursesGoOnInTimeAndEndInEveryWay(t *testing.T) {
	m := NewMaker(1)
	ends, reasons := map[crm.DealStatus]int{}, map[int]int{}
	for range 2000 {
		way, before, stage := m.Course(monday, 4), monday, 0
		end := crm.StageOpen
		for i, step := range way {
			if !step.At.After(before) || (step.Ends == "" && (step.Stage <= stage || step.Stage > 3)) {
				t.Fatalf("step %d of %+v", i, way)
			}
			if step.Ends != "" {
				end = step.Ends
				if i != len(way)-1 {
					t.Fatalf("goes on after its end: %+v", way)
				}
			}
			if step.Ends == crm.StageLost {
				reasons[step.Why]++
			}
			before, stage = step.At, step.Stage
		}
		ends[end]++
	}
	if ends[crm.StageWon] < 300 || ends[crm.StageLost] < 500 || ends[crm.StageOpen] < 200 || len(reasons) != len(lostShares) {
		t.Errorf("ends %v, reasons %v", ends, reasons)
	}
}
