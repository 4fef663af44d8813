package standing

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/layout"
	"github.com/grupobizopps/salexops/internal/licences"
	"github.com/grupobizopps/salexops/license"
)

// licenceName names the License of a tenant on a plan. What a License is a right
// to never changes, so another plan is another License.
func licenceName(tenant, plan string) string { return tenant + "-" + plan }

// keepLicence signs a new licence when what it says, or the key, has changed.
func (r *Reconciler) keepLicence(ctx context.Context, e *evaluation) error {
	claims, entitled := claimsOf(e)
	if !entitled {
		return nil
	}
	digest, err := license.ClaimsDigest(&claims)
	if err != nil {
		return fmt.Errorf("working out the licence of Tenant %s: %w", claims.Tenant, err)
	}
	keys, err := r.Keys(ctx)
	if err != nil {
		return err
	}
	tenant := e.objects.Tenant
	known, err := licences.Of(ctx, r.Client, client.ObjectKeyFromObject(tenant))
	if err != nil {
		return err
	}
	if current(known, claims, digest, keys.KeyID()) {
		return nil
	}
	// One serial must never be signed twice with different content, so before
	// signing the licences are read live.
	found, err := r.readLicences(ctx, tenant, licenceNames(tenant.Name, claims.Plan, known, e.objects.Plans))
	if err != nil {
		return err
	}
	live := licencesOf(tenant, found)
	if current(live, claims, digest, keys.KeyID()) {
		return nil
	}
	claims.Serial = nextSerial(slices.Concat(live, known), tenant)
	claims.IssuedAt = toSecond(e.real).Time
	return r.issue(ctx, tenant, found, claims, digest, keys)
}

// current tells whether the newest licence is for the plan in force, says what
// it should and was signed with the key in use.
func current(all []v1alpha1.License, claims license.Claims, digest, keyID string) bool {
	newest := newestOf(all)
	return newest != nil &&
		newest.Name == licenceName(claims.Tenant, claims.Plan) &&
		string(newest.Status.ClaimsDigest) == digest &&
		newest.Status.KeyID == keyID
}

func newestOf(all []v1alpha1.License) *v1alpha1.License {
	var newest *v1alpha1.License
	for i := range all {
		if all[i].Status.Token != "" && (newest == nil || all[i].Status.Serial > newest.Status.Serial) {
			newest = &all[i]
		}
	}
	return newest
}

// nextSerial is above every serial of the tenant, those remembered included, and
// above what its instance has in force: somebody may have deleted a License.
func nextSerial(all []v1alpha1.License, tenant *v1alpha1.Tenant) int64 {
	var highest int64
	if tenant.Status.Instance != nil {
		highest = tenant.Status.Instance.LicenceSerial
	}
	for i := range all {
		highest = max(highest, all[i].Status.Serial)
	}
	return highest + 1
}

// issue signs the claims and saves them in the License for their plan, which is
// among those found or is made. The resource version makes sure that nobody else
// signed in the meantime.
func (r *Reconciler) issue(ctx context.Context, tenant *v1alpha1.Tenant, found []v1alpha1.License, claims license.Claims, digest string, keys *license.KeySet) error {
	signer, err := keys.Signer()
	if err != nil {
		return fmt.Errorf("preparing the licence key: %w", err)
	}
	token, err := signer.Issue(&claims)
	if err != nil {
		return fmt.Errorf("signing the licence of Tenant %s: %w", tenant.Name, err)
	}
	object, err := r.licenceObject(ctx, tenant, claims.Plan, found)
	if err != nil {
		return err
	}
	wanted := licenceStatus(object, &claims, token, digest, signer.KeyID())
	status := acv1.LicenseStatus()
	data, err := json.Marshal(wanted)
	if err != nil {
		return fmt.Errorf("encoding the status of License %s: %w", object.Name, err)
	}
	if err := json.Unmarshal(data, status); err != nil {
		return fmt.Errorf("decoding the status of License %s: %w", object.Name, err)
	}
	configuration := acv1.License(object.Name, object.Namespace).
		WithUID(object.UID).WithResourceVersion(object.ResourceVersion).WithStatus(status)
	if err := r.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.StandingFieldOwner), client.ForceOwnership); err != nil {
		return fmt.Errorf("applying the status of License %s: %w", object.Name, err)
	}
	return nil
}

func licenceStatus(object *v1alpha1.License, claims *license.Claims, token, digest, keyID string) v1alpha1.LicenseStatus {
	instant := func(t metav1.Time) *metav1.Time {
		if t.IsZero() {
			return nil
		}
		return &t
	}
	return v1alpha1.LicenseStatus{
		ObservedGeneration: object.Generation,
		ValidFrom:          instant(metav1.NewTime(claims.ValidFrom)),
		ValidUntil:         instant(metav1.NewTime(claims.ValidUntil)),
		IssuedAt:           instant(metav1.NewTime(claims.IssuedAt)),
		Seats:              int32(min(claims.Seats, 1<<31-1)), //nolint:gosec // bounded on the same line
		Serial:             claims.Serial,
		KeyID:              keyID,
		Token:              token,
		ClaimsDigest:       v1alpha1.Digest(digest),
	}
}

// licenceObject returns the License for a plan, as it was found live, and creates
// it where there is none.
func (r *Reconciler) licenceObject(ctx context.Context, tenant *v1alpha1.Tenant, plan string, found []v1alpha1.License) (*v1alpha1.License, error) {
	name := licenceName(tenant.Name, plan)
	for i := range found {
		object := &found[i]
		if object.Name != name {
			continue
		}
		if object.Spec.TenantRef.Name != tenant.Name || object.Spec.PlanRef.Name != plan {
			return nil, fmt.Errorf("the License %s is of Tenant %s on Plan %s, not of Tenant %s on Plan %s: delete it, it will be issued anew",
				client.ObjectKeyFromObject(object), object.Spec.TenantRef.Name, object.Spec.PlanRef.Name, tenant.Name, plan)
		}
		return object, nil
	}
	owner := tenant.Spec.Owner
	object := &v1alpha1.License{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: tenant.Namespace, Name: name,
			Labels: map[string]string{layout.LabelTenant: tenant.Name, layout.LabelManagedBy: layout.ManagedBy},
		},
		Spec: v1alpha1.LicenseSpec{
			TenantRef: v1alpha1.TenantReference{Name: tenant.Name},
			Holder:    v1alpha1.LicenseHolder{PersonID: owner.PersonID, Type: owner.Type, Name: owner.Name},
			PlanRef:   v1alpha1.PlanReference{Name: plan},
		},
	}
	if err := r.Client.Create(ctx, object, client.FieldOwner(v1alpha1.StandingFieldOwner)); err != nil {
		return nil, fmt.Errorf("creating License %s: %w", client.ObjectKeyFromObject(object), err)
	}
	return object, nil
}
