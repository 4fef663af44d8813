package sqlite

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestAStepIsTakenOutOfWhatFollowedIt(t *testing.T) {
	for name, c := range map[string]struct{ before, after, current, want string }{
		"as it was left":           {`{"a":"1"}`, `{"a":"2"}`, `{"a":"2"}`, `{"a":"1"}`},
		"not part of the step":     {`{"a":"1","b":"x"}`, `{"a":"2","b":"x"}`, `{"a":"2","b":"y"}`, `{"a":"1","b":"y"}`},
		"changed since":            {`{"a":"1"}`, `{"a":"2"}`, `{"a":"3"}`, `{"a":"3"}`},
		"emptied since":            {`{"a":"1"}`, `{"a":"2"}`, `{"a":""}`, `{"a":""}`},
		"entries of a list":        {`["a","b"]`, `["a","c"]`, `["d","a","c"]`, `["d","a","b"]`},
		"a list out of nothing":    {`null`, `["a"]`, `["a","b"]`, `["b"]`},
		"a list emptied since":     {`["a"]`, `["a","b"]`, `null`, `null`},
		"fields within":            {`{"x":{"a":"1","b":"1"}}`, `{"x":{"a":"2","b":"1"}}`, `{"x":{"a":"2","b":"5"}}`, `{"x":{"a":"1","b":"5"}}`},
		"a key that the step made": {`{"x":{"k":"1"}}`, `{"x":{"k":"1","l":"2"}}`, `{"x":{"k":"3","l":"2"}}`, `{"x":{"k":"3"}}`},
	} {
		var values [4]any
		for i, text := range []string{c.before, c.after, c.current, c.want} {
			if err := json.Unmarshal([]byte(text), &values[i]); err != nil {
				t.Fatal(err)
			}
		}
		got := threeWay(values[0], values[1], values[2])
		if list, ok := got.([]any); ok && len(list) == 0 {
			got = nil
		}
		if !reflect.DeepEqual(got, values[3]) {
			t.Errorf("%s: %v, want %v", name, got, values[3])
		}
	}
}
