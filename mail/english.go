package mail

import (
	"fmt"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/datewords"
)

// englishDate writes a date out, such as 3 March 2027.
func englishDate(d contract.Date) string { return datewords.English(d.Civil()) }

func englishReminder(t *told) content {
	c := content{
		Subject:  fmt.Sprintf("The payment for the CRM of %s is due", t.company),
		Title:    "Your payment hasn’t reached us yet",
		Greeting: fmt.Sprintf("Hello %s,", t.name),
		Lead:     englishOwed(t),
		Facts:    englishFacts(t),
		Closing:  englishClosing(t),
		Footer:   "This notice is part of the contract of the service, which is why it goes to the owner of the account.",
	}
	c.Action, c.Link = t.action("Pay now", "Open the CRM")
	on := englishDate(t.disableOn)
	if t.disabled() {
		c.Preview = "Under the contract, access is paused from " + on + ". The data isn’t touched."
		c.Facts = append(c.Facts, fact{"Access paused", "from " + on})
		c.Sections = []section{
			{"What happens now", "Under the contract, access is paused for all users from " + on + ", 00:00 (" + t.place + " time). The data isn’t touched, and access comes back by itself as soon as the payment arrives."},
			{"Support", "Technical support comes back with the payment, too. We always answer questions about payments."},
		}
		return c
	}
	c.Preview = "Everything still works, except technical support. Access is paused on " + on + "."
	c.Facts = append(c.Facts, fact{"Access paused", on + ", 00:00"})
	c.Sections = []section{
		{"What happens now", "Everything works as ever, except technical support, which comes back as soon as the payment arrives. We always answer questions about payments."},
		{"What comes next", "If the payment doesn’t arrive before, access is paused for all users on " + on + ", 00:00 (" + t.place + " time). The data isn’t touched, and access comes back by itself as soon as the payment arrives."},
	}
	return c
}

func englishPurge(t *told) content {
	on := englishDate(t.named)
	c := content{
		Subject:  fmt.Sprintf("The documents in the CRM of %s will be deleted on %s", t.company, on),
		Preview:  "A payment before that date prevents it. Contacts and all other records are kept.",
		Title:    "The documents will be deleted on " + on,
		Greeting: fmt.Sprintf("Hello %s,", t.name),
		Lead: englishOwed(t) + " If it doesn’t arrive before, the documents will be deleted on " + on +
			", 00:00 (" + t.place + " time), and can’t be recovered.",
		Facts: append(englishFacts(t), fact{"Deleted", on + ", 00:00"}),
		Sections: []section{
			{"What is deleted", "The documents: the files that your team stored in the CRM."},
			{"What is kept, whatever happens", "The records of the CRM: contacts, companies, deals and everything else that your team wrote down."},
			{"How to prevent it", "Pay before " + on + ". As soon as the payment brings the account up to date, access comes back by itself, nothing is deleted and this notice is void."},
		},
		Closing: englishClosing(t),
		Footer:  "This notice is part of the contract of the service, which is why it goes to the owner of the account.",
	}
	c.Action, c.Link = t.action("Pay now", "See the account")
	return c
}

// englishOwed says up to when the account is paid and what is missing.
func englishOwed(t *told) string {
	if t.paidThrough.IsZero() {
		return fmt.Sprintf("The payment for the CRM of %s was due on %s and hasn’t reached us yet.", t.company, englishDate(t.due))
	}
	return fmt.Sprintf("The CRM of %s is paid through %s. The next payment was due on %s and hasn’t reached us yet.",
		t.company, englishDate(t.paidThrough), englishDate(t.due))
}

func englishFacts(t *told) []fact {
	var facts []fact
	if t.url != "" {
		facts = append(facts, fact{"Address", t.url})
	}
	if !t.paidThrough.IsZero() {
		facts = append(facts, fact{"Paid through", englishDate(t.paidThrough)})
	}
	return append(facts, fact{"Due", englishDate(t.due)})
}

func englishClosing(t *told) []string {
	ask := "Questions about the payment? Reply to this message."
	if t.pay.Email != "" {
		ask = "Questions about the payment? Write to " + t.pay.Email + "."
	}
	return []string{"If you have paid already, there is nothing to do: the bank’s word can take a while.", ask}
}
