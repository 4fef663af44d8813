package main

import (
	"strings"
	"testing"
)

const sheet = `/* a { comment } */
:root,[data-bs-theme=light]{--tblr-a:1px;--tblr-b:var(--tblr-a);--tblr-c:2px}
.btn{width:var(--tblr-b);background:url("data:image/svg+xml,%3csvg;{}%3e")}
.btn:not(.btn-icon):hover,.badge{color:red}
.badge .btn{color:blue}
a,.btn > .icon{color:green}
@media (min-width:10px){.badge{color:red}.btn{color:black}}
@media print{.badge{color:red}}
@keyframes spin{from{width:0}to{width:1px}}
@keyframes unused{to{width:1px}}
.icon{animation:1s spin}
[data-bs-theme=dark] .btn,.icon{color:white}
@font-face{font-family:x;src:url(x.woff2)}
`

func cut(t *testing.T, text string, classes ...string) string {
	t.Helper()
	rules, err := parseCSS(text)
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for _, c := range classes {
		wanted[c] = true
	}
	var out strings.Builder
	printCSS(&out, dropUnused(withAuto(keepRules(rules, wanted)), ""))
	return out.String()
}

func TestOnlyRulesOfListedClassesStay(t *testing.T) {
	got := cut(t, sheet, "btn", "icon")
	for _, want := range []string{
		`.btn{width:var(--tblr-b);background:url("data:image/svg+xml,%3csvg;{}%3e")}`,
		".btn:not(.btn-icon):hover{color:red}", "a,.btn > .icon{color:green}",
		"@media (min-width:10px){\n.btn{color:black}\n}", "@keyframes spin{", "--tblr-a:1px;--tblr-b:var(--tblr-a)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is gone from:\n%s", want, got)
		}
	}
	for _, gone := range []string{"badge", "print", "unused", "--tblr-c", "font-face", "comment"} {
		if strings.Contains(got, gone) {
			t.Errorf("%q is still in:\n%s", gone, got)
		}
	}
}

func TestTheDarkThemeAlsoFollowsTheSystem(t *testing.T) {
	got := cut(t, sheet, "btn", "icon")
	want := "@media (prefers-color-scheme:dark){\n[data-bs-theme=auto] .btn{color:white}\n}"
	if !strings.Contains(got, want) {
		t.Errorf("%q is not in:\n%s", want, got)
	}
	if strings.Contains(got, "[data-bs-theme=auto] .btn,.icon") {
		t.Error("a rule for both themes is written under the system's preference")
	}
}

func TestABraceTooManyIsRefused(t *testing.T) {
	if _, err := parseCSS(".a{color:red}}"); err == nil {
		t.Error("the sheet was accepted")
	}
}
