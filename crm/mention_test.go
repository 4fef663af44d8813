package crm

import (
	"slices"
	"testing"
	"time"
	"unicode/utf8"
)

var team = []*User{
	{ID: 1, Name: "Lucía Moreno"},
	{ID: 2, Name: "Javier Peña Ibarra"},
	{ID: 3, Name: "Javier Ruelas"},
	{ID: 4, Name: "Noé"},
	{ID: 5, Name: "Úrsula Núñez", DisabledAt: time.Unix(1, 0)},
}

func TestWhoIsMentioned(t *testing.T) {
	for text, want := range map[string][]int64{
		"":                                       nil,
		"nadie":                                  nil,
		"@Lucía, ¿lo ves?":                       {1},
		"@lucia moreno lo sabe":                  {1},
		"ver @LUCI\u0301A":                       {1},
		"@Javier":                                nil, // two are called so
		"@javier pena":                           {2},
		"@Javier Peña Ibarra y @Javier Ruelas":   {2, 3},
		"(@Noé)":                                 {4},
		"@Noelia no es Noé":                      nil,
		"escribe a ventas@noe.example":           nil,
		"@@noe":                                  {4},
		"@noe@lucia":                             {4},
		"@Úrsula Núñez ya no entra":              nil,
		"@ noe":                                  nil,
		"@lucia\nMoreno":                         {1},
		"avisa a @lucia y a @lucia otra vez @no": {1, 1},
	} {
		var got []int64
		for _, span := range FindMentions(text, team) {
			got = append(got, span.UserID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q mentions %v, want %v", text, got, want)
		}
	}
	span := FindMentions("y @Javier  Peña: @javier peña ibarra.", team)
	if len(span) != 1 || "y @Javier  Peña: @javier peña ibarra."[span[0].Start:span[0].End] != "@javier peña ibarra" {
		t.Errorf("the longest name is not meant: %v", span)
	}
}

func FuzzFindMentions(f *testing.F) {
	for _, seed := range []string{"@lucia", "@Javier Peña Ibarra", "@\u0301noe", "a@b @noe\u0301x", "\xff@lucia\xff", "@Ñ"} {
		f.Add(seed, "Lucía Moreno")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		users := append(slices.Clone(team), &User{ID: 9, Name: name})
		last := 0
		for _, span := range FindMentions(text, users) {
			if span.Start < last || span.End <= span.Start+1 || span.End > len(text) || text[span.Start] != '@' {
				t.Fatalf("span %+v in %q", span, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[span.Start:span.End]) {
				t.Fatalf("span %+v cuts a character of %q", span, text)
			}
			if span.UserID == 5 {
				t.Fatalf("%q mentions somebody who may not sign in", text)
			}
			last = span.End
		}
	})
}
