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
