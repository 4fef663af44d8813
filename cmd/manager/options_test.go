package main

import (
	"strings"
	"testing"
)

func TestFlags(t *testing.T) {
	if _, err := parse(nil); err != nil {
		t.Errorf("the defaults are refused: %v", err)
	}
	for argument, word := range map[string]string{
		"--url-template=https://x": "{host}",
		"--domain=":                "--domain",
		"--deadline-jitter=-1s":    "never early",
		"--concurrency=0":          "--concurrency",
		"--exchange-interval=1ms":  "--exchange-interval",
		"--notice-concurrency=0":   "--notice-concurrency",
		"--smtp-server=smtp":       "--smtp-",
		"stray":                    "stray",
	} {
		if _, err := parse([]string{argument}); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%s: got %v, want a word about %q", argument, err, word)
		}
	}
	o, err := parse([]string{"--allow-test-clock", "--crm-image=a/crm:1"})
	if err != nil || !o.AllowTestClock || o.CRMImage != "a/crm:1" {
		t.Errorf("got %+v, %v", o, err)
	}
}

func TestNoMailServerIsAChoice(t *testing.T) {
	o, err := parse(nil)
	if err != nil || o.Transport != nil {
		t.Errorf("%v, %v", o.Transport, err)
	}
	o, err = parse([]string{"--smtp-server=smtp.example.com:587", "--smtp-from=SaleXops <avisos@salexops.example>"})
	if err != nil || o.Transport == nil || o.MailDomain != "salexops.example" {
		t.Errorf("%+v, %v", o, err)
	}
}
