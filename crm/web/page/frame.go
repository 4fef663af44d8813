// Package page draws the CRM's pages: templ components that get what they show
// and know nothing of requests or storage.
package page

import (
	"crypto/rand"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/asset"
	"github.com/grupobizopps/salexops/crm/web/locale"
)

// Section is where in the navigation a page belongs.
type Section string

// Sections of the navigation.
const (
	SectionHome      Section = "home"
	SectionContacts  Section = "contacts"
	SectionCompanies Section = "companies"
	SectionLeads     Section = "leads"
	SectionDeals     Section = "deals"
	SectionSettings  Section = "settings"
)

// Frame is what every page needs besides its own content.
type Frame struct {
	L         *locale.Translator
	Assets    *asset.Set
	Rights    crm.Rights
	User      *crm.User // nil: nobody signed in
	Section   Section
	Title     string // of the page; the tenant's name follows it
	Flash     *Flash // what the page before did; nil: nothing
	Query     string // what the search box holds
	RequestID string
	Custom    []*crm.CustomField // of the kind of record on the page
	Aside     []templ.Component  // cards beside the record on the page
}

// Flash tells what the last request did, on the page after it.
type Flash struct {
	Key    string `json:"k"`           // message with {{.Name}}
	Name   string `json:"n,omitempty"` // of the record
	UndoID int64  `json:"u,omitempty"` // the action that Undo takes back; 0: none
	Tone   string `json:"t,omitempty"` // "success" (default) or "warning"
	Detail string `json:"d,omitempty"` // what else the message says, as {{.Detail}}
	Back   string `json:"b,omitempty"` // where Undo goes; empty: to the record
}

// T gives a message without parameters.
func (f *Frame) T(key string) string { return f.L.T(key) }

// F gives a message with parameters.
func (f *Frame) F(key string, pairs ...any) string { return f.L.F(key, pairs...) }

// CanWrite says whether the reader may change records now.
func (f *Frame) CanWrite() bool {
	return f.User != nil && f.User.Role.CanWrite() && f.Rights.Access == "Open"
}

// CanManage says whether the reader may see and invite the team.
func (f *Frame) CanManage() bool { return f.User != nil && f.User.Role.CanManage() }

// CanOwn says whether the reader decides on the account.
func (f *Frame) CanOwn() bool { return f.User != nil && f.User.Role.CanOwn() }

func (f *Frame) theme() string {
	if f.User != nil && (f.User.Theme == "light" || f.User.Theme == "dark") {
		return f.User.Theme
	}
	return "auto"
}

func (f *Frame) documentTitle() string {
	if f.Rights.Name == "" {
		return f.Title + " · SaleXops"
	}
	return f.Title + " · " + f.Rights.Name
}

func (f *Frame) flashText() string {
	return f.F(f.Flash.Key, "Name", f.Flash.Name, "Detail", f.Flash.Detail)
}

// current is the aria-current of a link of the navigation.
func (f *Frame) current(s Section) string {
	if f.Section == s {
		return "page"
	}
	return "false"
}

// bannerText is a banner in the reader's language, or in any there is.
func (f *Frame) bannerText(b crm.Banner) string {
	if text := b.Text[f.L.Tag()]; text != "" {
		return text
	}
	if text := b.Text["es-MX"]; text != "" {
		return text
	}
	for _, text := range b.Text {
		return text
	}
	return ""
}

func bannerLevel(level string) string {
	switch level {
	case "danger", "warning":
		return level
	}
	return "info"
}

// initials are at most two letters that stand for a name.
func initials(name string) string {
	var letters []rune
	for _, word := range strings.Fields(name) {
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = append(letters, unicode.ToUpper(r))
		}
	}
	switch len(letters) {
	case 0:
		return "·"
	case 1:
		return string(letters)
	}
	return string([]rune{letters[0], letters[1]})
}

// hues is how many avatar colours the style sheet has.
const hues = 8

// hue chooses an avatar's colour: always the same for the same record.
func hue(id int64) string {
	return "av-" + string(rune('0'+uint64(id)%hues)) //nolint:gosec // an id is positive, and any digit will do
}

// firstName is how a greeting calls somebody.
func firstName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

// greeting is the message that fits the hour.
func greeting(now time.Time) string {
	switch hour := now.Hour(); {
	case hour >= 5 && hour < 12:
		return "home.morning"
	case hour >= 12 && hour < 19:
		return "home.afternoon"
	}
	return "home.evening"
}

// formToken names one filled-in form, so that sending it twice does its work once.
func formToken() string { return rand.Text() }
