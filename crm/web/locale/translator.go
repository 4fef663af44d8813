package locale

import (
	"fmt"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/message"
)

// Translator speaks one language to one reader at one moment.
type Translator struct {
	tongue *tongue
	zone   *time.Location
	now    time.Time
}

// Translator returns the words of tag (one of Tags; anything else gives the
// default) with times in zone, relative to now.
func (c *Catalogue) Translator(tag string, zone *time.Location, now time.Time) *Translator {
	speak := c.languages[tag]
	if speak == nil {
		speak = c.languages[Tags[0]]
	}
	if zone == nil {
		zone = time.UTC
	}
	return &Translator{tongue: speak(), zone: zone, now: now.In(zone)}
}

// Tag is the language as HTML's lang attribute wants it.
func (t *Translator) Tag() string { return t.tongue.tag.String() }

// Now is the moment the page is made, in the tenant's zone.
func (t *Translator) Now() time.Time { return t.now }

// T gives a message without parameters.
func (t *Translator) T(key string) string {
	if text, ok := t.tongue.plain[key]; ok {
		return text
	}
	return "[" + key + "]"
}

// F gives a message with parameters: F("home.hello", "Name", "Lucía"). Most
// messages only name their parameters, and a list has one for every row: these
// are filled in here, and those that do more by go-i18n.
func (t *Translator) F(key string, pairs ...any) string {
	if text, ok := fill(t.tongue.plain[key], pairs); ok {
		return text
	}
	return t.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: parameters(pairs)})
}

// fill writes parameters into a message whose places are all of the form
// {{.Name}}; not ok: the message is empty, or asks for more.
func fill(message string, pairs []any) (text string, ok bool) {
	if message == "" {
		return "", false
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(message, "{{")
		out.WriteString(before)
		if !found {
			return out.String(), true
		}
		place, after, closed := strings.Cut(rest, "}}")
		name, named := strings.CutPrefix(place, ".")
		if !closed || !named || strings.ContainsAny(name, " .|()") {
			return "", false
		}
		value, known := parameter(pairs, name)
		if !known {
			return "", false
		}
		out.WriteString(value)
		message = after
	}
}

// parameter is the text of one of the pairs.
func parameter(pairs []any, wanted string) (text string, ok bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if name, _ := pairs[i].(string); name == wanted {
			if text, ok := pairs[i+1].(string); ok {
				return text, true
			}
			return fmt.Sprint(pairs[i+1]), true
		}
	}
	return "", false
}

// N gives a message in the plural form of count, which it has as {{.Count}}.
func (t *Translator) N(key string, count int, pairs ...any) string {
	data := parameters(pairs)
	data["Count"] = t.Int(int64(count))
	return t.localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: count})
}

func (t *Translator) localize(c *i18n.LocalizeConfig) string {
	text, err := t.tongue.localizer().Localize(c)
	if err != nil {
		return t.T(c.MessageID) // it has nothing to fill in
	}
	return text
}

func parameters(pairs []any) map[string]any {
	data := make(map[string]any, len(pairs)/2+1)
	for i := 0; i+1 < len(pairs); i += 2 {
		if name, ok := pairs[i].(string); ok {
			data[name] = pairs[i+1]
		}
	}
	return data
}

// Int writes a whole number with the language's separators.
func (t *Translator) Int(n int64) string {
	return message.NewPrinter(t.tongue.tag).Sprintf("%d", n)
}

// Bytes writes a size in the largest unit that keeps it at one or more, with
// one decimal below ten: "7.4 GB", "512 MB". Units are powers of 1024, as
// quotas are.
func (t *Translator) Bytes(n int64) string {
	units := []string{"B", "KB", "MB", "GB", "TB"}
	size, unit := float64(n), 0
	for size >= 1024 && unit < len(units)-1 {
		size /= 1024
		unit++
	}
	format := "%.0f"
	if unit > 0 && size < 10 {
		format = "%.1f"
	}
	text := message.NewPrinter(t.tongue.tag).Sprintf(format, size)
	return strings.TrimSuffix(text, ".0") + "\u00a0" + units[unit]
}

// String helps tests and logs to say which translator it is.
func (t *Translator) String() string {
	return fmt.Sprintf("%s in %s", t.Tag(), t.zone)
}
