package web

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm/web/page"
)

// data is where everything can be taken along, and sample data come and go.
func (s *server) data(v *visit) error {
	sample, err := s.Services.Sample.SampleAction(v.ctx())
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.data")
	return v.render(http.StatusOK, page.DataPage(v.frame, sample))
}

// exportAll sends everything as one ZIP, while it is read.
func (s *server) exportAll(v *visit) error {
	name := v.rights.Tenant
	if name == "" {
		name = "crm"
	}
	name += "-" + v.frame.L.Now().Format(time.DateOnly) + ".zip"
	out := &download{w: v.w, control: http.NewResponseController(v.w), header: func() {
		h := v.w.Header()
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		v.written = true
	}}
	err := s.Services.Exports.Export(v.ctx(), out, s.Version)
	if err == nil || !out.begun {
		return err
	}
	// Half of an archive must not look like one: the connection breaks off, and
	// the browser says that the download failed.
	s.log(v, fmt.Errorf("the export broke off: %w", err))
	panic(http.ErrAbortHandler)
}

// writePatience is how long one piece of a download may take on its way. The
// download as a whole may take as long as it takes.
const writePatience = time.Minute

// download is an answer that is longer than an answer's time.
type download struct {
	w       io.Writer
	control *http.ResponseController
	header  func()
	begun   bool
}

func (d *download) Write(p []byte) (int, error) {
	if !d.begun {
		d.header()
		d.begun = true
	}
	// A server that knows no deadlines has none to move.
	_ = d.control.SetWriteDeadline(time.Now().Add(writePatience))
	return d.w.Write(p)
}
