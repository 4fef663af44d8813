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
	languages map[string]func() *tongue // each is read when somebody first speaks it
	matcher   language.Matcher
}

// tongue is one language: its messages as they are, since most have no
// parameter and a page shows fifty of them, and go-i18n for those that have
// plural forms.
type tongue struct {
	tag       language.Tag
	plain     map[string]string
	localizer func() *i18n.Localizer // made when it is first needed: a start does not need it
	dates     dateWords
}

// Load reads the embedded messages of the default language, once for all who
// ask; the others are part of the binary as it is, so a fault in one is a fault
// of the build, which the first test finds.
var Load = sync.OnceValues(readMessages)

func readMessages() (*Catalogue, error) {
	c := &Catalogue{languages: map[string]func() *tongue{}}
	var tags []language.Tag
	for _, name := range Tags {
		c.languages[name] = sync.OnceValue(func() *tongue {
			t, err := readTongue(name)
			if err != nil {
				panic(fmt.Errorf("reading the messages of %s: %w", name, err))
			}
			return t
		})
		tags = append(tags, language.MustParse(name))
	}
	first, err := readTongue(Tags[0])
	if err != nil {
		return nil, fmt.Errorf("reading the messages of %s: %w", Tags[0], err)
	}
	c.languages[Tags[0]] = func() *tongue { return first }
	c.matcher = language.NewMatcher(tags)
	return c, nil
}

// messageOf is a message as a file has it: a text, or one for each plural form.
func messageOf(key string, written any) *i18n.Message {
	switch m := written.(type) {
	case string:
		return &i18n.Message{ID: key, Other: m}
	case map[string]any:
		form := func(name string) string { text, _ := m[name].(string); return text }
		return &i18n.Message{ID: key, One: form("one"), Many: form("many"), Other: form("other")}
	}
	return &i18n.Message{ID: key}
}

// readTongue reads the files of one language.
func readTongue(name string) (*tongue, error) {
	areas, err := files.ReadDir(name)
	if err != nil {
		return nil, err
	}
	t := &tongue{tag: language.MustParse(name), plain: make(map[string]string, mostMessages)}
	var counted []*i18n.Message
	for _, area := range areas {
		text, err := files.ReadFile(name + "/" + area.Name())
		if err != nil {
			return nil, err
		}
		var messages map[string]any
		if err := json.Unmarshal(text, &messages); err != nil {
			return nil, fmt.Errorf("%s: %w", area.Name(), err)
		}
		for key, written := range messages {
			if _, twice := t.plain[key]; twice {
				return nil, fmt.Errorf("%s: %q is in another file, too", area.Name(), key)
			}
			if text, ok := written.(string); ok && !strings.Contains(text, "{{") {
				t.plain[key] = text
				continue // nothing to fill in
			}
			m := messageOf(key, written)
			if m.Other == "" {
				return nil, fmt.Errorf("%s: %q is no message", area.Name(), key)
			}
			t.plain[key] = m.Other
			counted = append(counted, m)
		}
	}
	t.localizer = sync.OnceValue(func() *i18n.Localizer {
		bundle := i18n.NewBundle(t.tag)
		if err := bundle.AddMessages(t.tag, counted...); err != nil {
			panic(fmt.Errorf("the plural forms of %s: %w", name, err)) // part of the binary: a test finds it
		}
		return i18n.NewLocalizer(bundle, name)
	})
	t.dates, err = newDateWords(t.plain)
	return t, err
}

// mostMessages is about how many there are.
const mostMessages = 1500

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
	_, ok := c.languages[Tags[0]]().plain[key]
	return ok
}

// Keys lists the messages of a language, for tests.
func (c *Catalogue) Keys(tag string) map[string]string {
	return c.languages[tag]().plain
}
