package notices

import (
	"context"
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/api/equality"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
)

// save applies our part of a status, when it differs from what is there, and
// tells of what changed. It refuses, with a conflict, when somebody wrote the
// notice since it was looked at.
func (r *Reconciler) save(ctx context.Context, s *scene, after *v1alpha1.NoticeStatus) error {
	wanted := ownPart(after)
	if equality.Semantic.DeepEqual(ownPart(&s.notice.Status), wanted) {
		return nil
	}
	status := acv1.NoticeStatus()
	data, err := json.Marshal(wanted)
	if err != nil {
		return fmt.Errorf("encoding the status of Notice %s: %w", s.notice.Name, err)
	}
	if err := json.Unmarshal(data, status); err != nil {
		return fmt.Errorf("decoding the status of Notice %s: %w", s.notice.Name, err)
	}
	configuration := acv1.Notice(s.notice.Name, s.notice.Namespace).
		WithUID(s.notice.UID).WithResourceVersion(s.notice.ResourceVersion).WithStatus(status)
	if err := r.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.NoticesFieldOwner), client.ForceOwnership); err != nil {
		return fmt.Errorf("applying the status of Notice %s: %w", s.notice.Name, err)
	}
	r.tell(s, after)
	return nil
}
