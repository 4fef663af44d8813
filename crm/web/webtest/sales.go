package webtest

import (
	"context"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Sell gives the office a year of deals and activities of these people, for a
// dashboard with something to tell. The clock stands at its end afterwards.
func (f *Office) Sell(people []context.Context) error {
	pipelines, err := f.DB.Pipelines(people[0])
	if err != nil {
		return fmt.Errorf("reading the pipelines: %w", err)
	}
	stages := pipelines[0].Stages
	for i := range 60 {
		f.Pass(2*24*time.Hour + 5*time.Hour)
		acting := people[i*7%5%len(people)] // not all sell the same
		d := crm.Deal{
			Name:  fmt.Sprintf("%s %d", []string{"Renovación de bodega", "Póliza anual", "Equipo de riego", "Tablero eléctrico", "Mantenimiento"}[i%5], i+1),
			Value: crm.Money{Minor: int64(1_200_000 + (i*7_919_113)%48_000_000), Currency: crm.MXN}, StageID: stages[0].ID,
		}
		if i%6 == 4 {
			d.Value = crm.Money{Minor: d.Value.Minor / 18, Currency: crm.USD}
		}
		if i%8 != 7 {
			d.ExpectedClose = f.Now().AddDate(0, 0, 20+i*37%160).Format(time.DateOnly)
		}
		if err := f.DB.CreateDeal(acting, &d); err != nil {
			return fmt.Errorf("adding a deal: %w", err)
		}
		for step := 1; step < 1+(i*5+i/4)%6; step++ {
			f.Pass(time.Duration(4+i%9*step) * 3 * time.Hour)
			stage := stages[min(step, 3)].ID
			switch {
			case step == 4:
				stage = stages[4].ID
			case step == 5, step == 3 && i%7 == 2:
				stage = stages[5].ID
			}
			if _, _, err := f.DB.MoveDeal(acting, crm.Move{DealID: d.ID, StageID: stage}); err != nil {
				return fmt.Errorf("moving a deal: %w", err)
			}
		}
		if err := f.work(acting, i); err != nil {
			return err
		}
	}
	return nil
}

// work adds what somebody does in a week.
func (f *Office) work(acting context.Context, week int) error {
	for n := range 2 + week%5 {
		a := crm.Activity{Type: crm.ActivityTypes[(n+week)%4], Subject: "Seguimiento", Body: "Quedamos en hablar la próxima semana."}
		switch a.Type {
		case crm.ActivityTask:
			a.DoneAt = f.Now()
		case crm.ActivityCall:
			a.Starts, a.DoneAt = crm.DayOf(f.Now()), f.Now()
		case crm.ActivityMeeting:
			a.Starts = crm.DayOf(f.Now()) + "T09:00"
		}
		if err := f.DB.CreateActivity(acting, &a); err != nil {
			return fmt.Errorf("adding an activity: %w", err)
		}
	}
	return nil
}
