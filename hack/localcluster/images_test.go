package main

import (
	"reflect"
	"testing"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/image"
)

func TestImagesAreDescribedByFlagsOrPairs(t *testing.T) {
	for name, tc := range map[string]struct {
		flags imageFlags
		args  []string
		want  map[string]image.Spec
	}{
		"pairs": {
			args: []string{"a/b:dev=bin/b", "c=bin/c"},
			want: map[string]image.Spec{
				"a/b:dev": {Binaries: []string{"bin/b"}, Files: map[string]string{}},
				"c":       {Binaries: []string{"bin/c"}, Files: map[string]string{}},
			},
		},
		"flags": {
			flags: imageFlags{name: "a", binaries: []string{"x", "y"}, files: []string{"LICENSE:/etc/LICENSE"}, entrypoint: []string{"/y"}, caCerts: true},
			want: map[string]image.Spec{"a": {
				Binaries: []string{"x", "y"}, Entrypoint: []string{"/y"},
				Files: map[string]string{"/etc/LICENSE": "LICENSE", certificates: certificates},
			}},
		},
		"nothing":           {},
		"no binary in pair": {args: []string{"a"}},
		"no name":           {flags: imageFlags{binaries: []string{"x"}}},
		"file to nowhere":   {flags: imageFlags{name: "a", files: []string{"LICENSE"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tc.flags.specs(tc.args)
			if (err != nil) != (tc.want == nil) {
				t.Fatalf("specs says %v", err)
			}
			if tc.want != nil && !reflect.DeepEqual(got, tc.want) {
				t.Errorf("%+v, want %+v", got, tc.want)
			}
		})
	}
}

func TestEveryCommandIsDescribed(t *testing.T) {
	names := map[string]bool{}
	for _, cmd := range newCommand().Commands() {
		names[cmd.Name()] = true
		if cmd.Short == "" {
			t.Errorf("%s is not described", cmd.Name())
		}
	}
	for _, want := range []string{"build", "up", "down", "status", "env", "assets", "load-image", "publish"} {
		if !names[want] {
			t.Errorf("there is no %s", want)
		}
	}
}
