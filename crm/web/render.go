package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

// buffers hold pages while they are drawn, so that a fault half way still
// becomes a proper answer and the length is known.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// zippers are few on purpose: each takes most of a megabyte, and compressing is
// work for a processor, of which a tenant has a share of one or two.
var zippers = make(chan *gzip.Writer, 4)

// worthZipping is the smallest page that gains from compression, in bytes.
const worthZipping = 1024

// render draws a component and sends it.
func (v *visit) render(status int, c templ.Component) error {
	body, _ := buffers.Get().(*bytes.Buffer)
	defer func() { body.Reset(); buffers.Put(body) }()
	if err := c.Render(v.ctx(), body); err != nil {
		return fmt.Errorf("drawing the page: %w", err)
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding, HX-Request, Cookie")
	out := body
	if body.Len() >= worthZipping && strings.Contains(v.r.Header.Get("Accept-Encoding"), "gzip") {
		zipped, _ := buffers.Get().(*bytes.Buffer)
		defer func() { zipped.Reset(); buffers.Put(zipped) }()
		if err := zip(zipped, body.Bytes()); err != nil {
			return err
		}
		h.Set("Content-Encoding", "gzip")
		out = zipped
	}
	h.Set("Content-Length", strconv.Itoa(out.Len()))
	v.w.WriteHeader(status)
	v.written = true
	if v.r.Method != http.MethodHead {
		_, _ = out.WriteTo(v.w) // The browser has gone; there is nobody to tell.
	}
	return nil
}

func zip(to *bytes.Buffer, body []byte) error {
	var w *gzip.Writer
	select {
	case w = <-zippers:
		w.Reset(to)
	default:
		var err error
		if w, err = gzip.NewWriterLevel(to, gzip.BestSpeed); err != nil {
			return fmt.Errorf("compressing the page: %w", err)
		}
	}
	_, err := w.Write(body)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return fmt.Errorf("compressing the page: %w", err)
	}
	select {
	case zippers <- w:
	default:
	}
	return nil
}
