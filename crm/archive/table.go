package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm/csvsafe"
)

// Type says how the values of a column are written.
type Type int

// Types of columns.
const (
	Plain   Type = iota // as it is: a text, a whole number, nothing
	Instant             // microseconds since 1970, written in UTC; 0: never
	JSON                // a text that is JSON
)

// Column is one column of a table.
type Column struct {
	Name string
	Type Type
}

// Rows gives the rows of a table, one after the other, to each. It is asked
// twice and gives the same rows both times. The values of a row are read before
// each returns.
type Rows func(each func(values []any) error) error

// Table adds a table as CSV and as JSON.
func (a *Writer) Table(name string, columns []Column, rows Rows) error {
	entry := Table{Name: name}
	for _, c := range columns {
		entry.Columns = append(entry.Columns, c.Name)
	}
	err := a.add("csv/"+name+".csv", func(w io.Writer) (int64, error) { return writeCSV(w, columns, rows, &entry.Rows) })
	if err != nil {
		return err
	}
	err = a.add("json/"+name+".json", func(w io.Writer) (int64, error) { return writeJSON(w, columns, rows) })
	if err != nil {
		return err
	}
	a.manifest.Tables = append(a.manifest.Tables, entry)
	return nil
}

func writeCSV(w io.Writer, columns []Column, rows Rows, count *int64) (int64, error) {
	out, err := csvsafe.NewWriter(w)
	if err != nil {
		return 0, err
	}
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = c.Name
	}
	if err := out.Write(cells); err != nil {
		return 0, err
	}
	err = rows(func(values []any) error {
		*count++
		for i, c := range columns {
			cells[i] = cell(c.Type, values[i])
		}
		return out.Write(cells)
	})
	if err != nil {
		return *count, err
	}
	return *count, out.Flush()
}

// cell is a value as people read it in a spreadsheet.
func cell(t Type, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case int64:
		if t == Instant {
			return instant(v)
		}
		return strconv.FormatInt(v, 10)
	case string:
		if t == JSON {
			return flat(v)
		}
		return v
	}
	return fmt.Sprint(value)
}

// flat writes a list of texts in one line, an empty list or object as nothing
// and everything else as the JSON that it is.
func flat(text string) string {
	if text == "[]" || text == "{}" {
		return ""
	}
	var list []string
	if strings.HasPrefix(text, "[") && json.Unmarshal([]byte(text), &list) == nil {
		return strings.Join(list, "; ")
	}
	return text
}

func instant(micros int64) string {
	if micros == 0 {
		return ""
	}
	return time.UnixMicro(micros).UTC().Format(time.RFC3339Nano)
}

func writeJSON(w io.Writer, columns []Column, rows Rows) (int64, error) {
	names := make([][]byte, len(columns))
	for i, c := range columns {
		name, err := json.Marshal(c.Name)
		if err != nil {
			return 0, err
		}
		names[i] = append(name, ':', ' ')
	}
	count := int64(0)
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if _, err := io.WriteString(w, "["); err != nil {
		return 0, err
	}
	err := rows(func(values []any) error {
		line.Reset()
		if count > 0 {
			line.WriteByte(',')
		}
		count++
		line.WriteString("\n{")
		for i, c := range columns {
			if i > 0 {
				line.WriteString(", ")
			}
			line.Write(names[i])
			if err := encoder.Encode(jsonValue(c.Type, values[i])); err != nil {
				return err
			}
			line.Truncate(line.Len() - 1) // the encoder ends each value with a line
		}
		line.WriteByte('}')
		_, err := w.Write(line.Bytes())
		return err
	})
	if err != nil {
		return count, err
	}
	_, err = io.WriteString(w, "\n]\n")
	return count, err
}

func jsonValue(t Type, value any) any {
	switch v := value.(type) {
	case int64:
		if t == Instant {
			if v == 0 {
				return nil
			}
			return instant(v)
		}
	case string:
		if t == JSON && json.Valid([]byte(v)) {
			return json.RawMessage(v)
		}
	}
	return value
}
