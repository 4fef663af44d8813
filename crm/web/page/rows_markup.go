package page

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/locale"
)

// tableRows are the rows of a list. Somebody who turns pages waits for nothing
// else: fifty rows of seven cells are written in one go, since a component for
// each costs more than the query behind the page.
func tableRows(f *Frame, v RecordView, rows []*crm.Row, selects bool) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		m, _ := markups.Get().(*markup)
		defer func() { m.Reset(); markups.Put(m) }()
		t := rowWriter{markup: m, ctx: ctx, f: f, v: v, selects: selects, avatar: v.avatarClass()}
		for i := range v.Columns {
			t.classes = append(t.classes, columnClass(v, i))
		}
		for _, r := range rows {
			if err := t.row(r); err != nil {
				return err
			}
		}
		_, err := w.Write(m.Bytes())
		return err //nolint:wrapcheck // the writer's own, as templ's components give it
	})
}

// markup is HTML while it is written.
type markup struct{ bytes.Buffer }

var markups = sync.Pool{New: func() any { return &markup{} }}

// raw writes HTML from the code.
func (m *markup) raw(parts ...string) {
	for _, part := range parts {
		m.WriteString(part)
	}
}

// text writes what people typed.
func (m *markup) text(s string) {
	if strings.ContainsAny(s, `<>&'"`) {
		s = html.EscapeString(s)
	}
	m.WriteString(s)
}

// attr writes an attribute with any value.
func (m *markup) attr(name, value string) {
	m.raw(" ", name, `="`)
	m.text(value)
	m.WriteByte('"')
}

// span writes text with a class, or with none.
func (m *markup) span(class, text string) {
	m.raw("<span")
	if class != "" {
		m.attr("class", class)
	}
	m.WriteByte('>')
	m.text(text)
	m.raw("</span>")
}

// link writes a link to an address that is safe by itself.
func (m *markup) link(class string, to templ.SafeURL, text string) {
	m.raw("<a")
	m.attr("class", class)
	m.attr("href", string(to))
	m.WriteByte('>')
	m.text(text)
	m.raw("</a>")
}

// rowWriter writes the rows of one page of a list.
type rowWriter struct {
	*markup
	ctx     context.Context //nolint:containedctx // of one drawing, for the components in it
	f       *Frame
	v       RecordView
	selects bool
	avatar  string
	classes []string // of the columns
}

func (t *rowWriter) row(r *crm.Row) error {
	t.raw("<tr>")
	if t.selects {
		t.raw(`<td class="pick"><label class="pick-box"><input class="form-check-input" type="checkbox" name="ids"`)
		t.attr("value", formatID(r.ID))
		t.attr("aria-label", t.f.F("bulk.one", "Name", r.Title))
		t.raw("></label></td>")
	}
	t.raw(`<td class="name"><div class="who">`)
	if !t.v.Bare {
		t.raw("<span")
		t.attr("class", t.avatar+" "+hue(r.ID))
		t.attr("data-initials", initials(r.Title))
		t.raw(` aria-hidden="true"></span>`)
	}
	t.raw(`<div class="who-text">`)
	t.link("row-link", templ.SafeURL(HitLink(crm.Hit{Kind: t.v.Kind, ID: r.ID})), r.Title)
	if err := t.below(r); err != nil {
		return err
	}
	t.raw("</div></div></td>")
	for i, c := range t.v.Columns {
		t.raw("<td")
		t.attr("class", t.classes[i])
		t.raw(">")
		if err := t.cell(c, r, r.Cells[i]); err != nil {
			return err
		}
		t.raw("</td>")
	}
	t.raw("</tr>")
	return nil
}

// below is the line under a record's name.
func (t *rowWriter) below(r *crm.Row) error {
	t.raw(`<span class="sub">`)
	if r.Deal != nil {
		t.raw(`<span class="narrow-only">`)
		if err := t.component(dealTime(t.f, r.Deal)); err != nil {
			return err
		}
		t.raw("</span>")
	}
	t.span("", r.Subtitle)
	t.span("narrow-only", where(r))
	for _, tag := range r.Tags {
		t.span("tag", tag)
	}
	t.raw("</span>")
	return nil
}

// cell is one value in a list, with the link that it has.
func (t *rowWriter) cell(d crm.ListField, r *crm.Row, c crm.Cell) error {
	switch {
	case d.Type == crm.FieldInstant:
		if !c.At.IsZero() {
			t.raw(`<time class="when"`)
			t.attr("datetime", locale.Machine(c.At))
			t.attr("title", t.f.L.Exact(c.At))
			t.raw(">")
			t.text(t.f.L.Ago(c.At))
			t.raw("</time>")
		}
		return nil
	case d.Type == crm.FieldDue && r.Deal != nil:
		return t.component(dealTime(t.f, r.Deal))
	case c.Text == "":
		return nil
	}
	switch d.Type {
	case crm.FieldStatus:
		t.span("status status-"+c.Text, OptionText(t.f, d, c.Text))
	case crm.FieldContact:
		t.link("quiet-link", templ.SafeURL(ContactLink(c.ID)), c.Text)
	case crm.FieldCompany:
		t.link("quiet-link", templ.SafeURL(CompanyLink(c.ID)), c.Text)
	case crm.FieldEmail:
		t.link("quiet-link", mailto(c.Text), c.Text)
	case crm.FieldPhone:
		t.link("quiet-link", telephone(c.Text), crm.FriendlyPhone(c.Text))
	case crm.FieldLink:
		return t.component(customValue(t.f, d.Type, c.Text))
	default:
		t.text(CellText(t.f, d.Type, c))
	}
	return nil
}

// component writes what other pages show as a component of its own.
func (t *rowWriter) component(c templ.Component) error {
	if err := c.Render(t.ctx, t); err != nil {
		return fmt.Errorf("in a list: %w", err)
	}
	return nil
}
