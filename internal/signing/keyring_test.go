package signing_test

import (
	"bytes"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	testingclock "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"

	"github.com/grupobizopps/salexops/internal/signing"
)

var key = client.ObjectKey{Namespace: "salexops-system", Name: "salexops-licence-keys"}

func newKeyring(c client.Client, clock *testingclock.FakePassiveClock) *signing.Keyring {
	return &signing.Keyring{Reader: c, Writer: c, Key: key, Clock: clock}
}

func TestKeysAreMadeOnceAndSharedBetweenOperators(t *testing.T) {
	c := fake.NewClientBuilder().Build()
	clock := testingclock.NewFakePassiveClock(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	first, err := newKeyring(c, clock).TrustedKeys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second, err := newKeyring(c, clock).TrustedKeys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("a second operator made other keys")
	}
}

func TestARotationIsNoticed(t *testing.T) {
	c := fake.NewClientBuilder().Build()
	clock := testingclock.NewFakePassiveClock(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	keyring := newKeyring(c, clock)
	before, err := keyring.Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rotated, err := before.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	var secret corev1.Secret
	if err := c.Get(t.Context(), key, &secret); err != nil {
		t.Fatal(err)
	}
	if secret.Data, err = rotated.Data(); err != nil {
		t.Fatal(err)
	}
	if err := c.Update(t.Context(), &secret); err != nil {
		t.Fatal(err)
	}
	clock.SetTime(clock.Now().Add(5 * time.Minute))
	after, err := keyring.Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if after.KeyID() != rotated.KeyID() || after.PreviousKeyID() != before.KeyID() {
		t.Error("the rotated keys are not in use")
	}
}

func TestKeysThatCannotBeReadAreNotReplaced(t *testing.T) {
	broken := &corev1.Secret{Data: map[string][]byte{"signing.jwk": []byte("scribble")}}
	broken.Namespace, broken.Name = key.Namespace, key.Name
	c := fake.NewClientBuilder().WithObjects(broken).Build()
	clock := testingclock.NewFakePassiveClock(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))
	if _, err := newKeyring(c, clock).Keys(t.Context()); err == nil {
		t.Fatal("broken keys were accepted or replaced")
	}
	var secret corev1.Secret
	if err := c.Get(t.Context(), key, &secret); err != nil || string(secret.Data["signing.jwk"]) != "scribble" {
		t.Errorf("the Secret was changed: %v", err)
	}
}
