package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
	"github.com/grupobizopps/salexops/crm/web/page"
)

const (
	// previewed is how many rows show what would become of them, and
	// rejectedShown how many rejected ones a page lists.
	previewed, rejectedShown = 6, 50
)

// importShow is the page of an import: the plan before it runs, how far it is
// while it does, and what came of it.
func (s *server) importShow(v *visit) error {
	found, err := s.importOf(v)
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.ImportSection(found.Kind), found.FileName
	switch {
	case found.State == importing.Ready:
		return s.planForm(v, http.StatusOK, found, nil)
	case found.Active() && v.htmx("import"):
		return v.render(http.StatusOK, page.ImportProgress(v.frame, found))
	case found.Active():
		return v.render(http.StatusOK, page.ImportRunning(v.frame, found))
	case v.htmx("import"):
		s.flash(v, flashOf(found))
		return v.redirect(page.ImportLink(found.ID))
	}
	after, err := strconv.Atoi(v.r.URL.Query().Get("after"))
	if err != nil {
		after = 0
	}
	rejected, err := s.Imports.Rejected(v.ctx(), found.ID, after, rejectedShown+1)
	if err != nil {
		return err
	}
	fields, err := s.importFields(v, found.Kind)
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, page.ImportResult(v.frame, page.ImportView{
		Import: found, Fields: fields, Rejected: rejected[:min(len(rejected), rejectedShown)], More: len(rejected) > rejectedShown,
	}))
}

// flashOf tells on the page after the last look at the progress what came of it.
func flashOf(found *importing.Import) page.Flash {
	switch {
	case found.State == importing.Undone:
		return page.Flash{Key: "import.flash.undone", Name: found.FileName}
	case found.State == importing.Done && page.ImportHasRecords(found):
		return page.Flash{Key: "import.flash.done", Name: found.FileName, UndoID: found.ActionID}
	case found.State == importing.Done:
		return page.Flash{Key: "import.flash.nothing", Name: found.FileName, Tone: "warning"}
	}
	return page.Flash{Key: "import.flash.stopped", Name: found.FileName, Tone: "warning"}
}

// importFields are what the columns can be, with the team's own fields.
func (s *server) importFields(v *visit, kind crm.Kind) ([]page.ImportField, error) {
	custom, err := s.Services.Fields.CustomFields(v.ctx(), kind)
	if err != nil {
		return nil, err
	}
	return page.ImportFields(v.frame, kind, custom), nil
}

// planForm shows how the columns would be imported and what would become of the
// first rows.
func (s *server) planForm(v *visit, status int, found *importing.Import, fault error) error {
	view := page.ImportView{Import: found}
	if fault != nil && !errors.As(fault, &view.Faults) {
		return fault
	}
	var err error
	if view.Fields, err = s.importFields(v, found.Kind); err != nil {
		return err
	}
	if view.Previews, err = s.Imports.Preview(v.ctx(), found.ID, found.Plan, previewed); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.ImportSection(found.Kind), found.FileName
	if v.htmx("import-preview") {
		return v.render(status, page.ImportPreview(v.frame, view))
	}
	return v.render(status, page.ImportPlan(v.frame, view))
}

// typedPlan reads the plan in the form.
func typedPlan(v *visit, found *importing.Import) importing.Plan {
	plan := importing.Plan{
		Kind: found.Kind, Columns: make([]importing.Field, len(found.Layout.Columns)),
		Duplicates: importing.Duplicates(v.text("duplicates")), MonthFirst: v.text("dates") == "month", Tag: v.text("tag"),
	}
	for i := range plan.Columns {
		plan.Columns[i] = importing.Field(v.text(page.ImportColumn(i)))
	}
	return plan
}

func (s *server) importPreview(v *visit) error {
	found, err := s.importOf(v)
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	if found.State != importing.Ready {
		return v.redirect(page.ImportLink(found.ID))
	}
	found.Plan = typedPlan(v, found)
	return s.planForm(v, http.StatusOK, found, nil)
}

func (s *server) importStart(v *visit) error {
	found, err := s.importOf(v)
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	if found.State != importing.Ready { // a second click
		return v.redirect(page.ImportLink(found.ID))
	}
	found.Plan = typedPlan(v, found)
	err = s.Imports.Start(v.ctx(), found.ID, found.Plan)
	var invalid crm.Invalid
	switch {
	case errors.As(err, &invalid):
		return s.planForm(v, http.StatusUnprocessableEntity, found, invalid)
	case errors.Is(err, importing.ErrBusy):
		return s.planForm(v, http.StatusConflict, found, crm.Invalid{"busy": "import.busy"})
	case err != nil && !errors.Is(err, crm.ErrConflict):
		return err
	}
	return v.redirect(page.ImportLink(found.ID))
}
