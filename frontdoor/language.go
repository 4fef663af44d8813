package frontdoor

import (
	"time"

	"golang.org/x/text/language"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// languages in the order of the matcher; the first is for everybody else.
var (
	languages = []*phrases{&spanish, &english}
	matcher   = language.NewMatcher([]language.Tag{language.Spanish, language.English})
)

// speak chooses the language for an Accept-Language header.
func speak(accepted string) *phrases {
	_, index := language.MatchStrings(matcher, accepted)
	return languages[index]
}

// say writes a civil date out; empty when there is none.
func (p *phrases) say(date v1alpha1.Date) string {
	d, err := time.Parse(time.DateOnly, string(date))
	if err != nil {
		return ""
	}
	return p.date(d.Year(), d.Month(), d.Day())
}
