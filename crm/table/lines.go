package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// line is one line of a file, without its end.
type line struct {
	number int
	text   string
	cut    bool // it was longer than a row may be; the rest was passed over
}

// lines reads line by line. A line ends as on Windows, on Unix or on an old Mac.
type lines struct {
	from   *bufio.Reader
	number int
	back   []line // given back, to be read again
	buffer []byte
}

func newLines(r io.Reader) *lines {
	return &lines{from: bufio.NewReaderSize(r, 64<<10)}
}

// next is the next line, or io.EOF.
func (l *lines) next() (line, error) {
	if len(l.back) > 0 {
		first := l.back[0]
		l.back = l.back[1:]
		return first, nil
	}
	l.buffer = l.buffer[:0]
	cut, any := false, false
	for {
		chunk, err := l.chunk()
		any = any || len(chunk) > 0
		ended := false
		if n := len(chunk); n > 0 && (chunk[n-1] == '\n' || chunk[n-1] == '\r') {
			ended, chunk = true, chunk[:n-1]
		}
		if room := maxRow - len(l.buffer); len(chunk) > room {
			cut, chunk = true, chunk[:room]
		}
		l.buffer = append(l.buffer, chunk...)
		switch {
		case errors.Is(err, io.EOF) && !any:
			return line{}, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return line{}, fmt.Errorf("read the file: %w", err)
		}
		if ended || err != nil {
			break
		}
	}
	l.number++
	return line{l.number, l.text(cut), cut}, nil //nolint:nilerr // the end of the file ends its last line
}

// text is the line as valid text; what is no character becomes U+FFFD.
func (l *lines) text(cut bool) string {
	raw := l.buffer
	for i := 0; cut && i < utf8.UTFMax && len(raw) > 0 && !utf8.Valid(raw[max(0, len(raw)-utf8.UTFMax):]); i++ {
		raw = raw[:len(raw)-1] // the character that the limit cut in two
	}
	return strings.ToValidUTF8(string(raw), "\uFFFD")
}

// chunk is what there is up to the end of a line, with one character for it,
// or up to the end of the buffer. It is valid until the next read.
func (l *lines) chunk() ([]byte, error) {
	if _, err := l.from.Peek(1); err != nil {
		return nil, err
	}
	there, _ := l.from.Peek(l.from.Buffered())
	for i, b := range there {
		if b != '\n' && b != '\r' {
			continue
		}
		chunk := there[:i+1]
		if _, err := l.from.Discard(i + 1); err != nil {
			return nil, err
		}
		if b == '\r' {
			// Peek may move the buffer: the line is safe only as a copy.
			chunk = append([]byte(nil), chunk...)
			if next, err := l.from.Peek(1); err == nil && next[0] == '\n' {
				_, err = l.from.Discard(1)
				return chunk, err
			}
		}
		return chunk, nil
	}
	_, err := l.from.Discard(len(there))
	return there, err
}

// unread gives lines back, in the order in which they were read.
func (l *lines) unread(again []line) { l.back = append(again, l.back...) }
