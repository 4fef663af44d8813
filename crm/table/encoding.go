package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is how characters are written as bytes.
type Encoding string

// Encodings that are told apart.
const (
	UTF8        Encoding = "UTF-8"
	Windows1252 Encoding = "Windows-1252"
	UTF16LE     Encoding = "UTF-16LE"
	UTF16BE     Encoding = "UTF-16BE"
)

// marks are what some programs write at the beginning of a file.
var marks = []struct {
	bytes    string
	encoding Encoding
}{
	{"\xef\xbb\xbf", UTF8}, {"\xff\xfe", UTF16LE}, {"\xfe\xff", UTF16BE},
}

// detect reads the whole file: an accent may come late. Without a mark a file
// is UTF-8 when its bytes are; a few that are not, among many that are, are
// damage. All others come from Windows, whose encoding gives every byte a
// meaning.
func detect(r io.Reader) (Encoding, error) {
	buffer := make([]byte, 64<<10)
	kept, first := 0, true
	proper, broken := 0, 0 // sequences of several bytes; bytes that belong to none
	for {
		n, err := io.ReadFull(r, buffer[kept:])
		chunk := buffer[:kept+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return "", fmt.Errorf("read the file: %w", err)
		}
		if first {
			for _, m := range marks {
				if bytes.HasPrefix(chunk, []byte(m.bytes)) {
					return m.encoding, nil
				}
			}
			first = false
		}
		if bytes.IndexByte(chunk, 0) >= 0 {
			return "", ErrNotTable
		}
		good, bad, rest := count(chunk, last)
		proper, broken = proper+good, broken+bad
		kept = copy(buffer, rest)
		if last {
			break
		}
	}
	if broken > 0 && broken >= proper {
		return Windows1252, nil
	}
	return UTF8, nil
}

// count tells the sequences of several bytes that are UTF-8 from the bytes that
// are not. rest is a sequence that the chunk cuts off.
func count(chunk []byte, last bool) (good, bad int, rest []byte) {
	for len(chunk) > 0 {
		if chunk[0] < utf8.RuneSelf {
			chunk = chunk[1:]
			continue
		}
		if !last && !utf8.FullRune(chunk) {
			return good, bad, chunk
		}
		r, size := utf8.DecodeRune(chunk)
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		chunk = chunk[size:]
	}
	return good, bad, nil
}

// decode reads text as UTF-8, without a mark at its beginning.
func (e Encoding) decode(r io.Reader) (io.Reader, error) {
	switch e {
	case UTF8:
		return transform.NewReader(r, unicode.BOMOverride(transform.Nop)), nil
	case Windows1252:
		return transform.NewReader(r, charmap.Windows1252.NewDecoder()), nil
	case UTF16LE:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	case UTF16BE:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()), nil
	}
	return nil, fmt.Errorf("unknown encoding %q", e)
}
