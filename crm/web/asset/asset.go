// Package asset serves the style sheet, the script and the typeface out of the
// binary, under URLs that hold a hash of the content: a browser keeps them for
// ever and never asks again, and a new version of the CRM has new URLs.
package asset

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed css/*.css js/*.js img/* vendor/*.css vendor/*.js vendor/*.woff2
var files embed.FS

// Prefix is where assets live.
const Prefix = "/assets/"

// scripts and styles are bundled in this order. The policy for trusted types
// must be there before htmx first needs it.
var (
	scripts = []string{
		"js/trusted-types.js", "vendor/htmx.min.js", "js/theme.js", "js/palette.js",
		"js/combobox.js", "js/rows.js", "js/form-guard.js", "js/toast.js", "js/list.js", "js/bulk.js", "js/keys.js", "js/password.js",
		"js/passkey.js", "js/board.js", "js/items.js", "js/work.js", "js/mention.js", "js/tabs.js",
	}
	styles = []string{
		"css/tokens.css", "css/base.css", "css/shell.css", "css/phone.css", "css/buttons.css", "css/forms.css",
		"css/list.css", "css/record.css", "css/custom.css", "css/views.css", "css/people.css", "css/timeline.css",
		"css/work.css", "css/calendar.css", "css/search.css", "css/notice.css",
		"css/settings.css", "css/import.css", "css/log.css", "css/contract.css", "css/security.css", "css/plain.css", "css/narrow.css",
		"css/board.css", "css/deal.css", "css/quote.css",
		"css/dashboard.css",
	}
	fonts = []string{"vendor/inter-latin.woff2", "vendor/inter-latin-ext.woff2"}
)

// item is one served file. Its content stays in the binary: browsers ask for it
// once and take it compressed.
type item struct {
	kind   string
	body   func() []byte
	zipped func() []byte // nil when compressing does not pay
}

// Set is every asset by URL.
type Set struct {
	items                     map[string]item
	Style, Script, Icon, Font string // URLs
}

// Load finds out the URLs of the embedded files, once for all who ask.
var Load = sync.OnceValues(load)

func load() (*Set, error) {
	s := &Set{items: map[string]item{}}
	var faces strings.Builder
	for i, name := range fonts {
		url, err := s.add(path.Base(name), "font/woff2", func() ([]byte, error) { return files.ReadFile(name) }, false)
		if err != nil {
			return nil, fmt.Errorf("reading the typeface: %w", err)
		}
		if i == 0 {
			s.Font = url
		}
		faces.WriteString(fontFace(url, ranges[i]))
	}
	var err error
	if s.Style, err = s.add("app.css", "text/css; charset=utf-8", func() ([]byte, error) { return styleSheet(faces.String()) }, true); err != nil {
		return nil, err
	}
	if s.Script, err = s.add("app.js", "text/javascript; charset=utf-8", func() ([]byte, error) {
		var js bytes.Buffer
		err := concat(&js, scripts)
		return js.Bytes(), err
	}, true); err != nil {
		return nil, err
	}
	if s.Icon, err = s.add("mark.svg", "image/svg+xml", func() ([]byte, error) { return files.ReadFile("img/mark.svg") }, true); err != nil {
		return nil, fmt.Errorf("reading the mark: %w", err)
	}
	return s, nil
}

// styleSheet begins with the typeface. Tabler comes as a layer of its own, so
// that any rule of ours wins over it without a fight of specificity.
func styleSheet(faces string) ([]byte, error) {
	var css bytes.Buffer
	css.WriteString(faces)
	tabler, err := files.ReadFile("vendor/tabler.css")
	if err != nil {
		return nil, fmt.Errorf("reading Tabler: %w", err)
	}
	css.WriteString("@layer tabler{\n")
	css.Write(tabler)
	css.WriteString("}\n")
	err = concat(&css, styles)
	return css.Bytes(), err
}

func concat(out *bytes.Buffer, names []string) error {
	for _, name := range names {
		body, err := files.ReadFile(name)
		if err != nil {
			return fmt.Errorf("bundling %s: %w", name, err)
		}
		out.Write(body)
		out.WriteByte('\n')
	}
	return nil
}

// add registers what read gives, always the same, under a URL made of its name
// and hash.
func (s *Set) add(name, kind string, read func() ([]byte, error), compress bool) (string, error) {
	content, err := read()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	url := Prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	it := item{kind: kind, body: func() []byte {
		content, _ := read() // it has been read before
		return content
	}}
	if compress {
		it.zipped = sync.OnceValue(func() []byte { return zip(it.body()) })
	}
	s.items[url] = it
	return url, nil
}

// zip compresses once, when the first browser asks, so that starting costs nothing.
func zip(body []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return body // Unreachable: the level is a constant of the package.
	}
	_, _ = w.Write(body) // A bytes.Buffer takes everything.
	_ = w.Close()
	return out.Bytes()
}

// ServeHTTP answers with an asset. An unknown one is 404 and is not kept: a
// browser with an old page during an update asks again.
func (s *Set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	it, ok := s.items[r.URL.Path]
	if !ok {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "404", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", it.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	read := it.body
	if it.zipped != nil {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			read = it.zipped
		}
	}
	body := read()
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // The browser has gone; there is nobody to tell.
	}
}
