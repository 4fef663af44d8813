package simulate

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

// misfit finds the first value that doesn't fit the type of its field: a decoder
// says what is wrong with it, but not where it is.
func misfit(t reflect.Type, value any, path string) (field, says string) {
	if value == nil {
		return "", ""
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case reflect.PointerTo(t).Implements(unmarshaler):
		return leaf(t, value, path)
	case t.Kind() == reflect.Struct:
		return misfitOfStruct(t, value, path)
	case t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8:
		return misfitOfList(t, value, path)
	case t.Kind() == reflect.Map:
		return misfitOfMap(t, value, path)
	default:
		return leaf(t, value, path)
	}
}

func misfitOfStruct(t reflect.Type, value any, path string) (field, says string) {
	fields, ok := value.(map[string]any)
	if !ok {
		return path, "must have fields of its own"
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" && (f.Anonymous || strings.Contains(options, "inline")) {
			if field, says = misfit(f.Type, value, path); says != "" {
				return field, says
			}
			continue
		}
		if field, says = misfit(f.Type, fields[name], join(path, name)); says != "" {
			return field, says
		}
	}
	return "", ""
}

func misfitOfList(t reflect.Type, value any, path string) (field, says string) {
	items, ok := value.([]any)
	if !ok {
		return path, "must be a list"
	}
	for i, item := range items {
		if field, says = misfit(t.Elem(), item, fmt.Sprintf("%s[%d]", path, i)); says != "" {
			return field, says
		}
	}
	return "", ""
}

func misfitOfMap(t reflect.Type, value any, path string) (field, says string) {
	entries, ok := value.(map[string]any)
	if !ok {
		return path, "must have fields of its own"
	}
	for _, name := range sortedKeys(entries) {
		if field, says = misfit(t.Elem(), entries[name], join(path, name)); says != "" {
			return field, says
		}
	}
	return "", ""
}

// leaf tries to read a single value.
func leaf(t reflect.Type, value any, path string) (field, says string) {
	text, err := json.Marshal(value)
	if err != nil {
		return path, "can't be read"
	}
	if err := json.Unmarshal(text, reflect.New(t).Interface()); err == nil {
		return "", ""
	}
	return path, fmt.Sprintf("%s is not %s", text, wanted(t))
}

// wanted says in words what a field of the type holds.
func wanted(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[metav1.Time](), reflect.TypeFor[metav1.MicroTime]():
		return `an instant: write it as "2027-02-04T07:00:00Z"`
	case reflect.TypeFor[resource.Quantity]():
		return "a size: write one such as 512Mi"
	case reflect.TypeFor[metav1.Duration]():
		return "a length of time: write one such as 30m"
	}
	switch t.Kind() {
	case reflect.String:
		return "a text: put it in quotes"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int32, reflect.Int64:
		return "a whole number"
	default:
		return "what this field holds"
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
