// Package locale gives pages their words, numbers and times in the reader's
// language and the tenant's zone. Every word a page shows is in es-MX/ and en/,
// one file an area, the same files in both; tests fail on a word that is missing
// or that nobody uses.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Tags are the languages the CRM speaks; the first is the default.
var Tags = []string{"es-MX", "en"}

//go:embed es-MX/*.json en/*.json
var files embed.FS

// Catalogue holds the messages of every language. It does not change after
// Load and is safe for concurrent use.
type Catalogue struct {
	languages map[string]*tongue
	matcher   language.Matcher
}

// tongue is one language: its plain messages as they are, since most messages
// have no parameter and a page shows fifty of them, and go-i18n for the rest.
type tongue struct {
	tag       language.Tag
	plain     map[string]string
	localizer *i18n.Localizer
	dates     dateWords
}

// Load reads the embedded messages, once for all who ask.
var Load = sync.OnceValues(readMessages)

func readMessages() (*Catalogue, error) {
	bundle := i18n.NewBundle(language.MustParse(Tags[0]))
	c := &Catalogue{languages: map[string]*tongue{}}
	var tags []language.Tag
	for _, name := range Tags {
		if err := c.add(bundle, name); err != nil {
			return nil, fmt.Errorf("reading the messages of %s: %w", name, err)
		}
		tags = append(tags, language.MustParse(name))
	}
	c.matcher = language.NewMatcher(tags)
	return c, nil
}

// add reads the files of one language.
func (c *Catalogue) add(bundle *i18n.Bundle, name string) error {
	areas, err := files.ReadDir(name)
	if err != nil {
		return err
	}
	t := &tongue{tag: language.MustParse(name), plain: map[string]string{}}
	for _, area := range areas {
		text, err := files.ReadFile(name + "/" + area.Name())
		if err != nil {
			return err
		}
		parsed, err := i18n.ParseMessageFileBytes(text, area.Name()+"."+name+".json", map[string]i18n.UnmarshalFunc{"json": json.Unmarshal})
		if err != nil {
			return fmt.Errorf("%s: %w", area.Name(), err)
		}
		for _, m := range parsed.Messages {
			if _, twice := t.plain[m.ID]; twice {
				return fmt.Errorf("%s: %q is in another file, too", area.Name(), m.ID)
			}
			t.plain[m.ID] = m.Other
			if m.One == "" && m.Many == "" && !strings.Contains(m.Other, "{{") {
				continue // nothing to fill in, and no template to keep for it
			}
			if err := bundle.AddMessages(t.tag, m); err != nil {
				return fmt.Errorf("%s: %q: %w", area.Name(), m.ID, err)
			}
		}
	}
	t.localizer = i18n.NewLocalizer(bundle, name)
	if t.dates, err = newDateWords(t.plain); err != nil {
		return err
	}
	c.languages[name] = t
	return nil
}

// Match chooses among Tags by what a browser says it prefers (the value of
// Accept-Language); fallback serves when it says nothing that is spoken here.
func (c *Catalogue) Match(accepted, fallback string) string {
	wanted, _, err := language.ParseAcceptLanguage(accepted)
	if err == nil && len(wanted) > 0 {
		if _, i, confidence := c.matcher.Match(wanted...); confidence > language.No {
			return Tags[i]
		}
	}
	if c.languages[fallback] != nil {
		return fallback
	}
	return Tags[0]
}

// Has says whether there is a message of this key.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.languages[Tags[0]].plain[key]
	return ok
}

// Keys lists the messages of a language, for tests.
func (c *Catalogue) Keys(tag string) map[string]string {
	return c.languages[tag].plain
}
