package simulate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// checker looks at the fields of one object as admission would, as far as a
// simulation depends on them.
type checker struct {
	object   *object
	problems []problem
}

func (c *checker) fail(field, format string, arguments ...any) {
	c.problems = append(c.problems, problem{
		at: c.object.at, object: c.object.label(), field: field, says: fmt.Sprintf(format, arguments...),
	})
}

// required reports whether a text is there.
func (c *checker) required(field, text string) bool {
	if text == "" {
		c.fail(field, "is missing")
	}
	return text != ""
}

// oneOf looks at a text that may be left out.
func oneOf[T ~string](c *checker, field string, value T, allowed ...T) {
	if value == "" || slices.Contains(allowed, value) {
		return
	}
	var names []string
	for _, a := range allowed {
		names = append(names, string(a))
	}
	c.fail(field, "%q is none of %s", value, strings.Join(names, ", "))
}

func (c *checker) date(field string, text v1alpha1.Date) contract.Date {
	if !c.required(field, string(text)) {
		return contract.Date{}
	}
	d, err := contract.ParseDate(string(text))
	if err != nil {
		c.fail(field, "%v", err)
	}
	return d
}

func (c *checker) amount(field string, text v1alpha1.Decimal) {
	if !c.required(field, string(text)) {
		return
	}
	if _, err := contract.ParseAmount(string(text)); err != nil {
		c.fail(field, "%v", err)
	}
}

// between looks at a number as it was written: in the object, zero can't be told
// from one that was left out.
func (c *checker) between(field string, low, high float64) {
	var value any = c.object.raw
	for name := range strings.SplitSeq(field, ".") {
		fields, ok := value.(map[string]any)
		if !ok {
			return
		}
		value = fields[name]
	}
	if number, ok := value.(float64); ok && (number < low || number > high) {
		c.fail(field, "%v does not lie between %v and %v", number, low, high)
	}
}

// check looks at an object by itself.
func check(o *object) []problem {
	c := &checker{object: o}
	if c.required("metadata.name", o.value.GetName()) {
		switch value := o.value.(type) {
		case *v1alpha1.PlatformPolicy:
			c.policy(value)
		case *v1alpha1.Plan:
			c.plan(value)
		case *v1alpha1.Tenant:
			c.tenant(value)
		case *v1alpha1.Subscription:
			c.subscription(value)
		case *v1alpha1.Suspension:
			c.suspension(value)
		case *v1alpha1.Cancellation:
			c.cancellation(value)
		case *v1alpha1.TermsRevision:
			c.revision(value)
		}
	}
	return c.problems
}
