package simulate

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// object is one object of a file.
type object struct {
	at   source
	kind string
	// raw is the object as it was written, value what it was read as: a pointer
	// to one of the kinds.
	raw   map[string]any
	value metav1.Object
}

// label is kind and name, as errors name an object.
func (o *object) label() string { return strings.TrimSpace(o.kind + " " + o.value.GetName()) }

// kinds are those that a simulation reads (contract.md 13).
var kinds = map[string]func() metav1.Object{
	"PlatformPolicy": func() metav1.Object { return &v1alpha1.PlatformPolicy{} },
	"Plan":           func() metav1.Object { return &v1alpha1.Plan{} },
	"Tenant":         func() metav1.Object { return &v1alpha1.Tenant{} },
	"Subscription":   func() metav1.Object { return &v1alpha1.Subscription{} },
	"Suspension":     func() metav1.Object { return &v1alpha1.Suspension{} },
	"Cancellation":   func() metav1.Object { return &v1alpha1.Cancellation{} },
	"TermsRevision":  func() metav1.Object { return &v1alpha1.TermsRevision{} },
}

// decode reads the objects of a document: one, or those of a List as kubectl
// writes it.
func decode(d document) ([]object, []problem) {
	text, err := yaml.YAMLToJSONStrict(d.text)
	if err != nil {
		return nil, []problem{{at: d.source, says: yamlError(err)}}
	}
	var raw any
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, []problem{{at: d.source, says: err.Error()}}
	}
	fields, ok := raw.(map[string]any)
	if !ok {
		return nil, []problem{{at: d.source, says: "is no object: it has no fields such as apiVersion and kind"}}
	}
	if fields["apiVersion"] == "v1" && fields["kind"] == "List" {
		return decodeList(d.source, fields["items"])
	}
	return decodeObject(d.source, fields)
}

func decodeList(at source, list any) (objects []object, problems []problem) {
	items, ok := list.([]any)
	if !ok {
		return nil, []problem{{at: at, object: "List", field: "items", says: "must be a list"}}
	}
	for i, item := range items {
		at.item = fmt.Sprintf("items[%d]", i)
		fields, ok := item.(map[string]any)
		if !ok {
			problems = append(problems, problem{at: at, says: "is no object"})
			continue
		}
		o, p := decodeObject(at, fields)
		objects, problems = append(objects, o...), append(problems, p...)
	}
	return objects, problems
}

func decodeObject(at source, fields map[string]any) ([]object, []problem) {
	kind, _ := fields["kind"].(string)
	name := kind
	if metadata, ok := fields["metadata"].(map[string]any); ok {
		name = strings.TrimSpace(fmt.Sprintf("%s %v", kind, metadata["name"]))
	}
	fail := func(field, says string) ([]object, []problem) {
		return nil, []problem{{at: at, object: name, field: field, says: says}}
	}
	create, known := kinds[kind]
	switch version, _ := fields["apiVersion"].(string); {
	case kind == "":
		return fail("kind", "is missing: write one of "+kindNames())
	case !known:
		return fail("kind", fmt.Sprintf("%q is not a kind that can be simulated: write one of %s", kind, kindNames()))
	case version == "":
		return fail("apiVersion", "is missing: write "+v1alpha1.GroupVersion.String())
	case version != v1alpha1.GroupVersion.String():
		return fail("apiVersion", fmt.Sprintf("%q is not %s", version, v1alpha1.GroupVersion))
	}
	value := create()
	if field, says := misfit(reflect.TypeOf(value), fields, ""); says != "" {
		return fail(field, says)
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return fail("", err.Error())
	}
	strict, err := kjson.UnmarshalStrict(text, value)
	if err != nil {
		return fail("", err.Error())
	}
	var problems []problem
	for _, err := range strict {
		field, says := unknownField(err)
		problems = append(problems, problem{at: at, object: name, field: field, says: says})
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return []object{{at: at, kind: kind, raw: fields, value: value}}, nil
}

func kindNames() string { return strings.Join(sortedKeys(kinds), ", ") }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

var (
	strictError  = regexp.MustCompile(`^(unknown|duplicate) field "(.*)"$`)
	duplicateKey = regexp.MustCompile(`line (\d+): key "(.*)" already set in map`)
)

// unknownField takes the field out of a decoder's error.
func unknownField(err error) (field, says string) {
	parts := strictError.FindStringSubmatch(err.Error())
	if parts == nil {
		return "", err.Error()
	}
	return parts[2], "there is no such field"
}

// yamlError says what a parser didn't understand, without its own preamble.
func yamlError(err error) string {
	text := err.Error()
	if parts := duplicateKey.FindStringSubmatch(text); parts != nil {
		return fmt.Sprintf("%s: is written twice (line %s)", parts[2], parts[1])
	}
	for _, preamble := range []string{"error converting YAML to JSON: ", "yaml: ", "unmarshal errors:"} {
		text = strings.TrimPrefix(strings.TrimSpace(text), preamble)
	}
	return "is not YAML: " + strings.Join(strings.Fields(text), " ")
}
