package frontdoor

import (
	"crypto/sha256"
	_ "embed" // the style and its font
	"encoding/base64"
	"html/template"
	"strings"
)

//go:embed page/page.css
var pageStyle string

// pageFont is Inter (SIL Open Font License, page/inter.LICENSE) cut down to
// Spanish and English and the weights in use, a third of its size, so that a
// page stands alone. From the latin file of @fontsource-variable/inter, with
// fonttools:
//
//	fonttools varLib.instancer inter-latin.woff2 wght=400:700 -o inter.ttf
//	pyftsubset inter.ttf --flavor=woff2 --no-hinting --layout-features=kern,tnum,cv11,ccmp
//	  --unicodes=U+20-7E,U+A1,U+A9,U+AB,U+BB,U+BF,U+C1,U+C9,U+CD,U+D1,U+D3,U+DA,U+DC,U+E1,U+E9,U+ED,U+F1,U+F3,U+FA,U+FC,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2026
//
//go:embed page/inter.woff2
var pageFont []byte

// style returns the style sheet of every page, and the policy that lets the
// browser use it and nothing else: the sheet is known by its hash, so there is
// nothing here for injected markup to do.
func style() (sheet template.CSS, policy string) {
	text := `@font-face{font-family:"Inter Variable";font-weight:400 700;src:url(data:font/woff2;base64,` +
		base64.StdEncoding.EncodeToString(pageFont) + `) format("woff2")}` + strings.ReplaceAll(pageStyle, "\n", "")
	sum := sha256.Sum256([]byte(text))
	//nolint:gosec // G203: constants of this package
	return template.CSS(text), "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
