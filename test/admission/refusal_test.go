package admission

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// refusedBy reports whether the error is the word of that admission policy.
func refusedBy(err error, policy string) bool {
	return err != nil && strings.Contains(err.Error(), "ValidatingAdmissionPolicy '"+policy+"'")
}

// expectRefusal fails the test unless the API server has refused what it was
// asked for, with the given words, and said it so that a person understands.
func expectRefusal(t *testing.T, err error, words ...string) {
	t.Helper()
	g := NewWithT(t)
	g.Expect(err).To(HaveOccurred(), "the API server accepted it")
	g.Expect(apierrors.IsInvalid(err) || apierrors.IsForbidden(err)).To(BeTrue(), "refused for another reason: %v", err)
	for _, word := range words {
		g.Expect(err.Error()).To(ContainSubstring(word))
	}
	for _, jargon := range []string{"should match '", "failed rule", "failed expression", "no such key", "map[", "rule compilation", "evaluating rule"} {
		g.Expect(err.Error()).NotTo(ContainSubstring(jargon), "a person should understand: %v", err)
	}
	t.Log(err)
}
