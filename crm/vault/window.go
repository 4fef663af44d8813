package vault

import (
	"errors"
	"io"
	"sync"
)

// windowSize is how much is decrypted at once for small reads, in bytes: a few
// of age's chunks of 64 KiB.
const windowSize = 256 << 10

// window reads ahead, since decrypting costs as much for one byte as for a
// whole chunk. Reads as large as itself pass by.
type window struct {
	of io.ReaderAt

	mu   sync.Mutex
	at   int64 // of data, a multiple of windowSize
	data []byte
}

// ReadAt reads across the edges of windows as io.ReaderAt demands.
func (w *window) ReadAt(p []byte, at int64) (n int, err error) {
	if len(p) >= windowSize || at < 0 {
		return w.of.ReadAt(p, at) //nolint:wrapcheck // readers compare io.EOF
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for n < len(p) {
		from := at + int64(n)
		if err := w.move(from - from%windowSize); err != nil {
			return n, err
		}
		got := 0
		if skip := from - w.at; skip < int64(len(w.data)) {
			got = copy(p[n:], w.data[skip:])
		}
		if got == 0 {
			return n, io.EOF
		}
		n += got
	}
	return n, nil
}

// move decrypts the window that begins there.
func (w *window) move(to int64) error {
	if w.data != nil && w.at == to {
		return nil
	}
	if w.data == nil {
		w.data = make([]byte, windowSize)
	}
	n, err := w.of.ReadAt(w.data[:windowSize], to)
	if err != nil && !errors.Is(err, io.EOF) {
		w.data = nil
		return err //nolint:wrapcheck // the volume's own, or ErrChanged
	}
	w.at, w.data = to, w.data[:n]
	return nil
}
