// Package drift tells whether an object in the cluster already is what
// server-side apply would make of it, so that a reconcile that finds nothing
// to do makes no request.
package drift

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/client-go/applyconfigurations"
)

// Detector compares live objects with what is wanted of them. It knows, from
// the same schema that the API server merges by, which lists are keyed and
// which are replaced whole. It is safe for concurrent use.
type Detector struct {
	scheme    *runtime.Scheme
	converter managedfields.TypeConverter
}

// NewDetector returns a Detector for the built-in kinds of scheme.
func NewDetector(scheme *runtime.Scheme) *Detector {
	return &Detector{scheme: scheme, converter: applyconfigurations.NewTypeConverter(scheme)}
}

// Satisfied tells whether applying desired to live would change nothing.
//
// Fields that desired doesn't mention may hold anything: defaults, and what
// other field owners put there. A wanted zero (false, 0, an empty list) equals
// an absent field, and quantities are equal when their amounts are.
func (d *Detector) Satisfied(live runtime.Object, desired runtime.ApplyConfiguration) (bool, error) {
	kinds, _, err := d.scheme.ObjectKinds(live)
	if err != nil {
		return false, fmt.Errorf("finding the kind of %T: %w", live, err)
	}
	kind := kinds[0]
	// An object from a typed client carries no kind, and the schema is looked
	// up by kind; the copy keeps the cache's object as it was.
	current := live.DeepCopyObject()
	current.GetObjectKind().SetGroupVersionKind(kind)

	merged, err := d.merge(kind, current, desired)
	if err != nil {
		return false, fmt.Errorf("comparing a %s with what is wanted: %w", kind.Kind, err)
	}
	return equality.Semantic.DeepEqual(current, merged), nil
}

// merge returns what current becomes when desired is applied by an owner that
// wins every conflict. Going back through the Go type levels out how zeros and
// quantities are written.
func (d *Detector) merge(kind schema.GroupVersionKind, current runtime.Object, desired runtime.ApplyConfiguration) (runtime.Object, error) {
	wanted, err := toUnstructured(kind, desired)
	if err != nil {
		return nil, err
	}
	have, err := d.converter.ObjectToTyped(current)
	if err != nil {
		return nil, fmt.Errorf("reading the live object by its schema: %w", err)
	}
	want, err := d.converter.ObjectToTyped(wanted)
	if err != nil {
		return nil, fmt.Errorf("reading the wanted object by its schema: %w", err)
	}
	result, err := have.Merge(want)
	if err != nil {
		return nil, fmt.Errorf("merging: %w", err)
	}
	fields, err := d.converter.TypedToObject(result)
	if err != nil {
		return nil, fmt.Errorf("reading the merged object: %w", err)
	}
	merged, err := d.scheme.New(kind)
	if err != nil {
		return nil, fmt.Errorf("making an empty object: %w", err)
	}
	if err := transcode(fields, merged); err != nil {
		return nil, err
	}
	return merged, nil
}

func toUnstructured(kind schema.GroupVersionKind, desired runtime.ApplyConfiguration) (*unstructured.Unstructured, error) {
	var fields map[string]any
	if err := transcode(desired, &fields); err != nil {
		return nil, err
	}
	object := &unstructured.Unstructured{Object: fields}
	object.SetGroupVersionKind(kind)
	return object, nil
}

func transcode(from, to any) error {
	data, err := json.Marshal(from)
	if err != nil {
		return fmt.Errorf("encoding %T: %w", from, err)
	}
	if err := json.Unmarshal(data, to); err != nil {
		return fmt.Errorf("decoding %T: %w", to, err)
	}
	return nil
}
