package asset

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func loaded(t *testing.T) *Set {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func get(t *testing.T, s *Set, method, url, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, url, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func TestAnAssetIsTheSameCompressedAndNot(t *testing.T) {
	s := loaded(t)
	for _, url := range []string{s.Style, s.Script, s.Icon} {
		plain, zipped := get(t, s, "GET", url, ""), get(t, s, "GET", url, "br, gzip")
		defer func() { _ = plain.Body.Close(); _ = zipped.Body.Close() }()
		want, err := io.ReadAll(plain.Body)
		if err != nil || len(want) == 0 {
			t.Fatalf("%s: %d bytes, %v", url, len(want), err)
		}
		if zipped.Header.Get("Content-Encoding") != "gzip" || zipped.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: encoding %q, vary %q", url, zipped.Header.Get("Content-Encoding"), zipped.Header.Get("Vary"))
		}
		r, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || string(got) != string(want) {
			t.Errorf("%s differs once compressed, %v", url, err)
		}
	}
}

func TestAssetsAreKeptForEverAndStrangersAreNot(t *testing.T) {
	s := loaded(t)
	known := get(t, s, "HEAD", s.Font, "gzip")
	_ = known.Body.Close()
	if known.StatusCode != http.StatusOK || !strings.Contains(known.Header.Get("Cache-Control"), "immutable") || known.Header.Get("Content-Encoding") != "" {
		t.Errorf("the typeface answers %d with %v", known.StatusCode, known.Header)
	}
	strange := get(t, s, "GET", Prefix+"app.000000000000.css", "")
	_ = strange.Body.Close()
	if strange.StatusCode != http.StatusNotFound || strange.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("a stranger answers %d with %v", strange.StatusCode, strange.Header)
	}
}

func TestTheStyleSheetNamesOnlyFilesThatAreServed(t *testing.T) {
	s := loaded(t)
	sheet := string(s.items[s.Style].body())
	for _, part := range strings.Split(sheet, "url(")[1:] {
		target, _, _ := strings.Cut(strings.Trim(part, `"'`), ")")
		target = strings.Trim(target, `"'`)
		if strings.HasPrefix(target, "data:image/") {
			continue
		}
		if _, ok := s.items[target]; !ok {
			t.Errorf("the style sheet wants %.80q", target)
		}
	}
}

func TestTheScriptUsesNothingThatThePolicyForbids(t *testing.T) {
	for _, name := range scripts {
		if strings.HasPrefix(name, "vendor/") {
			continue
		}
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, forbidden := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "new Function", "document.write", `setAttribute("style"`} {
			if strings.Contains(string(text), forbidden) {
				t.Errorf("%s uses %s", name, forbidden)
			}
		}
	}
}
