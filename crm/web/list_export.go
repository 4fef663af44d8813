package web

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/csvsafe"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// sheet is a file of rows that is written as they are read.
type sheet interface {
	head(labels []string) error
	row(title string, columns []crm.ListField, cells []crm.Cell) error
	// end finishes the file.
	end() error
}

// export sends what the list shows as a file: its columns, all of its rows. It
// streams: a long list takes no more memory than a short one.
func (l *recordList) export(s *server, v *visit) error {
	q := v.r.URL.Query()
	view, _, err := l.read(s, v, q)
	if err != nil {
		return err
	}
	if len(view.Faults) > 0 {
		return l.show(s, v)
	}
	ask := query(view)
	ask.Limit = 200
	// The first page is read before anything is sent: a fault is still a page.
	found, err := s.Services.Lists.Rows(v.ctx(), l.texts.Kind, ask)
	if err != nil {
		return err
	}
	out, err := l.begin(v, q.Get("format"))
	if err != nil {
		return err
	}
	if err := out.head(l.labels(v, view)); err != nil {
		return err
	}
	for {
		for _, r := range found.Items {
			if err := out.row(r.Title, view.Columns, inWords(v, view.Columns, r.Cells)); err != nil {
				return gone(err)
			}
		}
		if ask.After = found.Next; ask.After == "" {
			return gone(out.end())
		}
		if found, err = s.Services.Lists.Rows(v.ctx(), l.texts.Kind, ask); err != nil {
			// Half a file must not look like a whole one: the connection breaks.
			s.log(v, err)
			panic(http.ErrAbortHandler)
		}
	}
}

// inWords writes statuses as people call them.
func inWords(v *visit, columns []crm.ListField, cells []crm.Cell) []crm.Cell {
	for i, c := range columns {
		if c.Type == crm.FieldStatus {
			cells[i].Text = page.OptionText(v.frame, c, cells[i].Text)
		}
	}
	return cells
}

// gone breaks the connection when a file cannot be finished.
func gone(err error) error {
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

func (l *recordList) labels(v *visit, view page.RecordView) []string {
	labels := []string{v.frame.T("field.name")}
	for _, c := range view.Columns {
		labels = append(labels, page.ListLabel(v.frame, c))
	}
	return labels
}

// begin sends the headers of a file and opens its writer.
func (l *recordList) begin(v *visit, format string) (sheet, error) {
	list, _, _ := strings.Cut(l.texts.Path[1:], "/")
	name := fmt.Sprintf("%s-%s", list, v.frame.L.Now().Format(time.DateOnly))
	h := v.w.Header()
	h.Set("X-Accel-Buffering", "no")
	if format == "xlsx" {
		h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		h.Set("Content-Disposition", `attachment; filename="`+name+`.xlsx"`)
		return newXLSX(v.w, v.frame)
	}
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	w, err := csvsafe.NewWriter(v.w)
	return &csvSheet{w: w, zone: v.frame.L.Now().Location()}, err
}

// csvSheet writes canonical texts: what the import reads.
type csvSheet struct {
	w     *csvsafe.Writer
	zone  *time.Location
	cells []string
}

func (c *csvSheet) head(labels []string) error { return c.w.Write(labels) }

func (c *csvSheet) row(title string, columns []crm.ListField, cells []crm.Cell) error {
	c.cells = append(c.cells[:0], title)
	for i, cell := range cells {
		c.cells = append(c.cells, cellText(columns[i].Type, cell, c.zone))
	}
	return c.w.Write(c.cells)
}

func (c *csvSheet) end() error { return c.w.Flush() }

func cellText(of crm.FieldType, cell crm.Cell, zone *time.Location) string {
	if of == crm.FieldInstant && !cell.At.IsZero() {
		return cell.At.In(zone).Format("2006-01-02 15:04")
	}
	return cell.Text
}

// xlsxSheet writes numbers as numbers and days as days. excelize keeps what it
// streams in a file of its own, so memory stays flat. Texts are stored as
// texts: none of them is a formula.
type xlsxSheet struct {
	to      io.Writer
	f       *page.Frame
	book    *excelize.File
	stream  *excelize.StreamWriter
	day     int
	instant int
	line    int
}

func newXLSX(to io.Writer, f *page.Frame) (*xlsxSheet, error) {
	x := &xlsxSheet{to: to, f: f, book: excelize.NewFile()}
	var err error
	format := func(code string) (id int) {
		if err == nil {
			id, err = x.book.NewStyle(&excelize.Style{CustomNumFmt: &code})
		}
		return id
	}
	x.day, x.instant = format("yyyy-mm-dd"), format("yyyy-mm-dd hh:mm")
	if err == nil {
		x.stream, err = x.book.NewStreamWriter("Sheet1")
	}
	if err != nil {
		return nil, fmt.Errorf("begin a workbook: %w", err)
	}
	return x, nil
}

func (x *xlsxSheet) write(cells []any) error {
	x.line++
	at, err := excelize.CoordinatesToCellName(1, x.line)
	if err == nil {
		err = x.stream.SetRow(at, cells)
	}
	if err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

func (x *xlsxSheet) head(labels []string) error {
	cells := make([]any, len(labels))
	for i, label := range labels {
		cells[i] = label
	}
	return x.write(cells)
}

func (x *xlsxSheet) row(title string, columns []crm.ListField, cells []crm.Cell) error {
	values := []any{title}
	for i, cell := range cells {
		values = append(values, x.value(columns[i].Type, cell))
	}
	return x.write(values)
}

func (x *xlsxSheet) value(of crm.FieldType, cell crm.Cell) any {
	if of == crm.FieldInstant && !cell.At.IsZero() {
		local := cell.At.In(x.f.L.Now().Location())
		wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC)
		return excelize.Cell{StyleID: x.instant, Value: wall}
	}
	if cell.Text == "" {
		return nil
	}
	switch of {
	case crm.FieldNumber:
		if n, ok := crm.NumberValue(cell.Text); ok {
			return n
		}
	case crm.FieldMoney:
		if m, ok := crm.MoneyValue(cell.Text); ok && m.Currency == crm.MXN {
			return float64(m.Minor) / 100
		}
	case crm.FieldDate, crm.FieldDue:
		if at, err := time.Parse(time.DateOnly, cell.Text); err == nil {
			return excelize.Cell{StyleID: x.day, Value: at}
		}
	case crm.FieldCheck:
		return x.f.T("custom.yes")
	}
	return cell.Text
}

func (x *xlsxSheet) end() error {
	if err := x.stream.Flush(); err != nil {
		return fmt.Errorf("finish a workbook: %w", err)
	}
	if _, err := x.book.WriteTo(x.to); err != nil {
		return fmt.Errorf("send a workbook: %w", err)
	}
	return x.book.Close()
}
