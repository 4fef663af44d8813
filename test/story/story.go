// Package story tells a tenant's life to an operator under test, as the
// registrar, the billing system and a platform engineer would: by writing to the
// API server, on the contract's test clock.
package story

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	_ "time/tzdata" // The contract's zone, whatever the machine has.

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// Accounts is the namespace of the ledger.
const Accounts = "salexops-accounts"

// World is the API server, seen with the rights to write everything that the
// three of them write.
type World struct {
	Client client.Client
}

// At reads a wall-clock time in Hermosillo, such as "2027-02-04 00:00", or a
// date that stands for its first instant.
func At(text string) time.Time {
	zone, err := time.LoadLocation("America/Hermosillo")
	if err != nil {
		panic(err)
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at.UTC()
		}
	}
	panic(text + " is not a time of a story")
}

// Travel sets the contract's clock. What billing has told stays as it was.
func (w World) Travel(ctx context.Context, to string) error {
	return w.patchPolicy(ctx, "", fmt.Sprintf(`{"spec":{"testClock":{"now":%q}}}`, At(to).Format(time.RFC3339)))
}

// Tell says, as the billing system does, that everything up to an instant is
// told.
func (w World) Tell(ctx context.Context, upTo string) error {
	return w.patchPolicy(ctx, "status", fmt.Sprintf(`{"status":{"billingFeed":{"asOf":%q}}}`, At(upTo).Format(time.RFC3339)))
}

// Live is Travel, and billing telling everything up to then.
func (w World) Live(ctx context.Context, to string) error {
	if err := w.Travel(ctx, to); err != nil {
		return err
	}
	return w.Tell(ctx, to)
}

// Policy merges a patch into the platform's policy.
func (w World) Policy(ctx context.Context, patch string) error { return w.patchPolicy(ctx, "", patch) }

func (w World) patchPolicy(ctx context.Context, subresource, patch string) error {
	policy := &v1alpha1.PlatformPolicy{ObjectMeta: metav1.ObjectMeta{Name: v1alpha1.PlatformPolicyName}}
	return w.merge(ctx, policy, subresource, patch)
}

func (w World) merge(ctx context.Context, object client.Object, subresource, patch string) error {
	raw := client.RawPatch(types.MergePatchType, []byte(patch))
	var err error
	if subresource == "" {
		err = w.Client.Patch(ctx, object, raw)
	} else {
		err = w.Client.SubResource(subresource).Patch(ctx, object, raw)
	}
	if err != nil {
		return fmt.Errorf("patching %T %s with %s: %w", object, object.GetName(), patch, err)
	}
	return nil
}

// Tenant merges a patch into a Tenant.
func (w World) Tenant(ctx context.Context, name, patch string) error {
	return w.merge(ctx, &v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{Namespace: Accounts, Name: name}}, "", patch)
}

// Pay records a payment, as the billing system does: received at an instant, for
// the dates from and to.
func (w World) Pay(ctx context.Context, tenant, id, received, from, to string) error {
	value, err := json.Marshal(map[string]string{
		"id": id, "receivedAt": At(received).Format(time.RFC3339),
		"amount": "499.00", "currency": "MXN", "amountUSD": "27.10", "periodFrom": from, "periodTo": to,
	})
	if err != nil {
		return fmt.Errorf("encoding payment %s: %w", id, err)
	}
	return w.bill(ctx, tenant, fmt.Sprintf(`[{"op":"add","path":"/status/billing/payments/-","value":%s}]`, value))
}

// Reverse records that the payment at a place in the list was taken back.
func (w World) Reverse(ctx context.Context, tenant string, place int, at string) error {
	return w.bill(ctx, tenant, fmt.Sprintf(`[{"op":"add","path":"/status/billing/payments/%d/reversedAt","value":%q}]`,
		place, At(at).Format(time.RFC3339)))
}

func (w World) bill(ctx context.Context, tenant, patch string) error {
	subscription := &v1alpha1.Subscription{ObjectMeta: metav1.ObjectMeta{Namespace: Accounts, Name: tenant}}
	if err := w.Client.Status().Patch(ctx, subscription, client.RawPatch(types.JSONPatchType, []byte(patch))); err != nil {
		return fmt.Errorf("telling of the payments of %s: %w", tenant, err)
	}
	return nil
}

// Bounce records, as the mail gateway does, that the latest message of a Notice
// came back.
func (w World) Bounce(ctx context.Context, notice, at string) error {
	var n v1alpha1.Notice
	if err := w.Client.Get(ctx, client.ObjectKey{Namespace: Accounts, Name: notice}, &n); err != nil {
		return fmt.Errorf("reading Notice %s: %w", notice, err)
	}
	if len(n.Status.Attempts) == 0 {
		return fmt.Errorf("notice %s was never sent", notice)
	}
	patch := fmt.Sprintf(`[{"op":"add","path":"/status/reports/-","value":{"messageID":%q,"kind":"Bounced","at":%q,"diagnostic":"550 5.1.1 no such user"}}]`,
		n.Status.Attempts[len(n.Status.Attempts)-1].MessageID, At(at).Format(time.RFC3339))
	if err := w.Client.Status().Patch(ctx, &n, client.RawPatch(types.JSONPatchType, []byte(patch))); err != nil {
		return fmt.Errorf("reporting that Notice %s came back: %w", notice, err)
	}
	return nil
}

// Delete asks for the end of a tenant, and confirms it.
func (w World) Delete(ctx context.Context, name string) error {
	for _, object := range []client.Object{
		&v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{Namespace: Accounts, Name: name}},
		&v1alpha1.Subscription{ObjectMeta: metav1.ObjectMeta{Namespace: Accounts, Name: name}},
	} {
		confirm := fmt.Sprintf(`{"metadata":{"annotations":{%q:%q}}}`, v1alpha1.ConfirmDeletionAnnotation, name)
		if err := w.merge(ctx, object, "", confirm); err != nil {
			return err
		}
		if err := w.Client.Delete(ctx, object); client.IgnoreNotFound(err) != nil {
			return fmt.Errorf("deleting %T %s: %w", object, name, err)
		}
	}
	return nil
}
