package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/csvsafe"
	"github.com/grupobizopps/salexops/crm/importing"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// actOnImport does something with an import and shows its page.
func (s *server) actOnImport(v *visit, act func(context.Context, int64) error) error {
	found, err := s.importOf(v)
	if err != nil {
		return err
	}
	err = act(v.ctx(), found.ID)
	switch {
	case errors.Is(err, importing.ErrBusy):
		s.flash(v, page.Flash{Key: "import.flash.busy", Tone: "warning"})
	case found.Active() && (errors.Is(err, crm.ErrConflict) || errors.Is(err, crm.ErrNotUndoable)):
		// A second click: it is happening.
	case err != nil:
		return err
	}
	return v.redirect(page.ImportLink(found.ID))
}

func (s *server) importContinue(v *visit) error { return s.actOnImport(v, s.Imports.Continue) }
func (s *server) importStop(v *visit) error     { return s.actOnImport(v, s.Imports.Stop) }
func (s *server) importUndo(v *visit) error     { return s.actOnImport(v, s.Imports.Undo) }

func (s *server) importAgain(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	again, err := s.Imports.Again(v.ctx(), id)
	if err != nil {
		return err
	}
	return v.redirect(page.ImportLink(again.ID))
}

func (s *server) importDiscard(v *visit) error {
	found, err := s.importOf(v)
	if err != nil {
		return err
	}
	if err := s.Imports.Discard(v.ctx(), found.ID); err != nil {
		return err
	}
	return v.redirect("/imports/new?kind=" + string(found.Kind))
}

// rejectedAtOnce is how many rejected rows are read while they are sent.
const rejectedAtOnce = 500

// importRejected sends the rows that were not imported as a table of the same
// columns, with the reason as the last, to be mended and imported again.
func (s *server) importRejected(v *visit) error {
	found, err := s.importOf(v)
	if err != nil {
		return err
	}
	fields, err := s.importFields(v, found.Kind)
	if err != nil {
		return err
	}
	_ = http.NewResponseController(v.w).SetWriteDeadline(time.Now().Add(uploadTime))
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", v.frame.T("import.rejectedFile")+".csv"))
	v.written = true
	out, err := csvsafe.NewWriter(v.w)
	if err != nil {
		return nil //nolint:nilerr // The browser has gone; there is nobody to tell.
	}
	view := page.ImportView{Import: found, Fields: fields}
	if err := out.Write(append(view.Headings(v.frame), v.frame.T("import.reason"))); err != nil {
		return nil //nolint:nilerr // as above
	}
	for after := 0; ; {
		rows, err := s.Imports.Rejected(v.ctx(), found.ID, after, rejectedAtOnce)
		if err != nil {
			s.log(v, err)
			panic(http.ErrAbortHandler) // half a file must not look like a whole one
		}
		for _, row := range rows {
			cells := make([]string, len(found.Layout.Columns))
			copy(cells, row.Cells)
			if err := out.Write(append(cells, view.Reasons(v.frame, row.Problems))); err != nil {
				return nil //nolint:nilerr // as above
			}
			after = row.Line
		}
		if len(rows) < rejectedAtOnce {
			break
		}
	}
	_ = out.Flush()
	return nil
}
