package mail

import (
	"bytes"
	_ "embed" // the layouts
	"fmt"
	htmltemplate "html/template"
	texttemplate "text/template"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

//go:embed layout/notice.gohtml
var htmlSource string

//go:embed layout/notice.gotxt
var textSource string

var (
	htmlLayout = htmltemplate.Must(htmltemplate.New("notice").Parse(htmlSource))
	textLayout = texttemplate.Must(texttemplate.New("notice").Parse(textSource))
	speakers   = map[v1alpha1.Locale]speaker{
		v1alpha1.LocaleSpanish: {reminder: spanishReminder, purge: spanishPurge, place: spanishPlace},
		v1alpha1.LocaleEnglish: {reminder: englishReminder, purge: englishPurge, place: placeOf},
	}
)

// Payment is how an owner pays and asks about it, as the platform has it; both
// may be empty.
type Payment struct {
	// URL is the page where one pays.
	URL string
	// Email is for questions. Empty: an answer to the message itself.
	Email string
}

// Render writes a notice as it is to be told today, a date in zone. named is the
// date that the message names (see NamedDate). The error names the field of the
// Notice that can't be written about; its spec never changes, so trying again is
// of no use.
func Render(notice *v1alpha1.Notice, today contract.Date, zone contract.Zone, pay Payment) (message Message, named contract.Date, err error) {
	if named, err = NamedDate(notice, today); err != nil {
		return Message{}, contract.Date{}, err
	}
	language := notice.Spec.Recipient.Locale
	speaks, known := speakers[language]
	if !known {
		language = v1alpha1.LocaleSpanish
		speaks = speakers[language]
	}
	facts, err := factsOf(notice, today)
	if err != nil {
		return Message{}, contract.Date{}, err
	}
	facts.named, facts.place, facts.pay = named, speaks.place(zone.String()), pay

	write := speaks.reminder
	if notice.Spec.Purpose == v1alpha1.NoticePurge {
		write = speaks.purge
	}
	says := write(facts)
	says.Language = string(language)
	message = Message{ToName: facts.name, Language: says.Language, Subject: says.Subject}
	if message.Text, message.HTML, err = says.layOut(); err != nil {
		return Message{}, contract.Date{}, fmt.Errorf("writing Notice %s: laying out the message: %w", notice.Name, err)
	}
	return message, named, nil
}

// factsOf reads what the words need from a notice that has a lapse.
func factsOf(notice *v1alpha1.Notice, today contract.Date) (*told, error) {
	recipient, lapse := &notice.Spec.Recipient, notice.Spec.Lapse
	facts := &told{
		name: oneLine(recipient.Name), company: oneLine(recipient.Company), url: oneLine(recipient.URL), today: today,
	}
	var err error
	if lapse.PaidThrough != "" {
		if facts.paidThrough, err = date(notice, "spec.lapse.paidThrough", lapse.PaidThrough); err != nil {
			return nil, err
		}
	}
	if facts.due, err = date(notice, "spec.lapse.dueDate", lapse.DueDate); err != nil {
		return nil, err
	}
	if facts.disableOn, err = date(notice, "spec.lapse.disableOn", lapse.DisableOn); err != nil {
		return nil, err
	}
	return facts, nil
}

// layOut makes text and HTML of the words.
func (c *content) layOut() (text, html string, err error) {
	var plain, rich bytes.Buffer
	if err := textLayout.Execute(&plain, c); err != nil {
		return "", "", err
	}
	if err := htmlLayout.Execute(&rich, c); err != nil {
		return "", "", err
	}
	return plain.String(), rich.String(), nil
}
