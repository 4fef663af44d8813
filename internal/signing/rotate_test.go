package signing_test

import (
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	testingclock "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"

	"github.com/grupobizopps/salexops/internal/signing"
)

func TestARotationThatWasAskedForHappensOnce(t *testing.T) {
	c := fake.NewClientBuilder().Build()
	clock := testingclock.NewFakePassiveClock(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	keyring := newKeyring(c, clock)
	before, err := keyring.Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ask(t, c, "2027-01-01")

	clock.SetTime(clock.Now().Add(5 * time.Minute))
	after, err := keyring.Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if after.KeyID() == before.KeyID() || after.PreviousKeyID() != before.KeyID() {
		t.Error("there is no new key, or the old one is no longer accepted")
	}

	again, err := newKeyring(c, clock).Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again.KeyID() != after.KeyID() {
		t.Error("the same word rotated twice")
	}

	ask(t, c, "2027-02-01")
	third, err := newKeyring(c, clock).Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if third.PreviousKeyID() != after.KeyID() {
		t.Error("another word did not rotate again")
	}
}

// ask annotates the Secret as a platform engineer does.
func ask(t *testing.T, c client.Client, word string) {
	t.Helper()
	var secret corev1.Secret
	if err := c.Get(t.Context(), key, &secret); err != nil {
		t.Fatal(err)
	}
	if secret.Annotations == nil {
		secret.Annotations = map[string]string{}
	}
	secret.Annotations[signing.RotateAnnotation] = word
	if err := c.Update(t.Context(), &secret); err != nil {
		t.Fatal(err)
	}
}
