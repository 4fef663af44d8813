package table

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	isoDate     = "yyyy-mm-dd"
	isoDateTime = "yyyy-mm-dd hh:mm"
)

// isoDates makes every date of a workbook be written in the one order that
// cannot be misread: 03/04 is April in Mexico and March in the United States.
func isoDates(book *excelize.File) {
	if book.Styles == nil {
		return
	}
	if book.Styles.NumFmts != nil {
		for _, format := range book.Styles.NumFmts.NumFmt {
			date, clock := dateCode(format.FormatCode)
			if !date {
				continue
			}
			format.FormatCode, format.FormatCode16 = isoDate, ""
			if clock {
				format.FormatCode = isoDateTime
			}
		}
	}
	if book.Styles.CellXfs == nil {
		return
	}
	short := shortDate
	for i, style := range book.Styles.CellXfs.Xf {
		if style.NumFmtID != nil && builtInDate(*style.NumFmtID) {
			book.Styles.CellXfs.Xf[i].NumFmtID = &short
		}
	}
}

// shortDate is the built-in number format that is written as the option
// ShortDatePattern says.
const shortDate = 14

// builtInDate is true of the other built-in formats of dates without a time.
func builtInDate(id int) bool {
	return (id >= 15 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)
}

// dateCode says whether a number format shows a date, and a time of day. Words
// in quotation marks and colours in brackets are no part of it.
func dateCode(code string) (date, clock bool) {
	code, _, _ = strings.Cut(code, ";")
	var bare strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false, false
			}
			i += end + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false, false
			}
			i += end
		case '\\', '_', '*':
			i++
		default:
			bare.WriteByte(code[i])
		}
	}
	lower := strings.ToLower(bare.String())
	if strings.Contains(lower, "general") {
		return false, false
	}
	return strings.ContainsAny(lower, "yd"), strings.ContainsAny(lower, "hs")
}
