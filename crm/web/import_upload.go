package web

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
	"github.com/grupobizopps/salexops/crm/table"
	"github.com/grupobizopps/salexops/crm/web/page"
)

const (
	// largestUpload is a file as large as may be, with the form around it.
	largestUpload = table.MaxBytes + 64<<10
	// uploadTime is how long a browser may take to send one, and uploadThink how
	// long reading a large workbook may take after that.
	uploadTime, uploadThink = 15 * time.Minute, 3 * time.Minute
)

// limitOf is how large the body of a request may be, in bytes.
func limitOf(r *http.Request) int64 {
	if r.Method == http.MethodPost && r.URL.Path == "/imports" {
		return largestUpload
	}
	return largestForm
}

// importKind is the kind of records that a page of imports is about.
func importKind(text string) crm.Kind {
	if crm.Kind(text) == crm.KindCompany {
		return crm.KindCompany
	}
	return crm.KindContact
}

func (s *server) importNew(v *visit) error {
	return s.uploadForm(v, http.StatusOK, importKind(v.r.URL.Query().Get("kind")), "")
}

func (s *server) uploadForm(v *visit, status int, kind crm.Kind, fault string) error {
	v.frame.Section, v.frame.Title = page.ImportSection(kind), v.frame.T(page.ImportTitle(kind))
	return v.render(status, page.ImportUpload(v.frame, kind, fault))
}

// importUpload takes the file as it comes, without keeping it in memory.
func (s *server) importUpload(v *visit) error {
	// A server's limits of time are for forms; not every ResponseWriter has them.
	control := http.NewResponseController(v.w)
	_ = control.SetReadDeadline(time.Now().Add(uploadTime))
	_ = control.SetWriteDeadline(time.Now().Add(uploadTime + uploadThink))
	parts, err := v.r.MultipartReader()
	if err != nil {
		return s.uploadForm(v, http.StatusUnprocessableEntity, crm.KindContact, "import.upload.missing")
	}
	kind, token, file, err := uploaded(parts)
	if err != nil {
		return s.refuseUpload(v, kind, err)
	}
	to, err := s.once.do(v.ctx(), v.session.ID, token, func() (string, error) {
		found, err := s.Imports.Upload(v.ctx(), kind, file.FileName(), file)
		if err != nil {
			return "", err
		}
		return page.ImportLink(found.ID), nil
	})
	if err != nil {
		return s.refuseUpload(v, kind, err)
	}
	return v.redirect(to)
}

var errNoFile = errors.New("the form has no file")

// uploaded reads the form up to its file, which comes last.
func uploaded(parts *multipart.Reader) (kind crm.Kind, token string, file *multipart.Part, err error) {
	kind = crm.KindContact
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return kind, token, nil, errNoFile
		}
		if err != nil {
			return kind, token, nil, fmt.Errorf("%w: %w", errBadForm, err)
		}
		if part.FormName() == "file" {
			if part.FileName() == "" {
				return kind, token, nil, errNoFile
			}
			return kind, token, part, nil
		}
		text, err := io.ReadAll(io.LimitReader(part, 1<<10))
		if err != nil {
			return kind, token, nil, fmt.Errorf("%w: %w", errBadForm, err)
		}
		switch part.FormName() {
		case "kind":
			kind = importKind(string(text))
		case "formToken":
			token = string(text)
		}
	}
}

// uploadFaults are the words for a file that cannot be imported.
var uploadFaults = []struct {
	err error
	key string
}{
	{errNoFile, "import.upload.missing"},
	{table.ErrEmpty, "import.upload.empty"},
	{table.ErrNotTable, "import.upload.notTable"},
	{table.ErrOldWorkbook, "import.upload.oldWorkbook"},
	{table.ErrTooLarge, "import.upload.tooLarge"},
	{table.ErrTooManyRows, "import.upload.tooManyRows"},
	{table.ErrTooWide, "import.upload.tooWide"},
	{crm.ErrVolumeFull, "form.full"},
	{crm.ErrReadOnly, "form.readOnly"},
}

// refuseUpload says on the form what is wrong with a file.
func (s *server) refuseUpload(v *visit, kind crm.Kind, err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = table.ErrTooLarge
	}
	for _, known := range uploadFaults {
		if errors.Is(err, known.err) {
			return s.uploadForm(v, http.StatusUnprocessableEntity, kind, known.key)
		}
	}
	return err
}

func (s *server) importList(v *visit) error {
	found, err := s.Imports.Imports(v.ctx(), crm.Cursor(v.r.URL.Query().Get("after")), 0)
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionContacts, v.frame.T("import.list")
	return v.render(http.StatusOK, page.ImportList(v.frame, found))
}

// importOf reads the import in the address.
func (s *server) importOf(v *visit) (*importing.Import, error) {
	id, err := v.id()
	if err != nil {
		return nil, err
	}
	return s.Imports.Import(v.ctx(), id)
}
