package sqlite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// threeWay takes the step from before to after back out of current: what is as
// the step left it returns to what it was, what was changed since stays. Of
// lists, only the entries that the step added go, and those it dropped return.
// Values are those of encoding/json.
func threeWay(before, after, current any) any {
	switch {
	case reflect.DeepEqual(current, after):
		return before
	case reflect.DeepEqual(before, after):
		return current
	}
	if was, left, is, ok := allOf[map[string]any](before, after, current); ok {
		return threeWayFields(was, left, is)
	}
	if was, left, is, ok := allOf[[]any](before, after, current); ok {
		return threeWayEntries(was, left, is)
	}
	return current
}

// allOf says whether three values have one type, where null has any.
func allOf[T any](a, b, c any) (x, y, z T, ok bool) {
	ok = true
	for _, one := range []struct {
		value any
		to    *T
	}{{a, &x}, {b, &y}, {c, &z}} {
		if one.value == nil {
			continue
		}
		var fits bool
		*one.to, fits = one.value.(T)
		ok = ok && fits
	}
	return x, y, z, ok
}

func threeWayFields(before, after, current map[string]any) map[string]any {
	result := map[string]any{}
	for _, fields := range []map[string]any{before, after, current} {
		for name := range maps.Keys(fields) {
			if value := threeWay(before[name], after[name], current[name]); value != nil {
				result[name] = value
			}
		}
	}
	return result
}

func threeWayEntries(before, after, current []any) []any {
	has := func(entries []any, entry any) bool {
		return slices.ContainsFunc(entries, func(other any) bool { return reflect.DeepEqual(other, entry) })
	}
	var result []any
	for _, entry := range current {
		if has(before, entry) || !has(after, entry) {
			result = append(result, entry)
		}
	}
	for _, entry := range before {
		if !has(after, entry) && !has(result, entry) {
			result = append(result, entry)
		}
	}
	return result
}

// threeWayRecord does so with records: their JSON, in which undo keeps them.
func threeWayRecord[R any](before, after, current *R) (*R, error) {
	var values [3]any
	for i, record := range []*R{before, after, current} {
		raw, err := json.Marshal(record)
		if err != nil {
			return nil, fmt.Errorf("write a state for undo: %w", err)
		}
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber() // an id is no floating point number
		if err := decoder.Decode(&values[i]); err != nil {
			return nil, fmt.Errorf("read a state for undo: %w", err)
		}
	}
	raw, err := json.Marshal(threeWay(values[0], values[1], values[2]))
	if err != nil {
		return nil, fmt.Errorf("write a state for undo: %w", err)
	}
	result := new(R)
	if err := json.Unmarshal(raw, result); err != nil {
		return nil, fmt.Errorf("read a state for undo: %w", err)
	}
	return result, nil
}
