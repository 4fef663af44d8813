package runtime

import "fmt"

// Reasons of the conditions Provisioned and Ready (docs/design.md, "Conditions
// of a Tenant").
const (
	reasonProvisioned        = "Provisioned"
	reasonNotRegistered      = "NotRegistered"
	reasonNamespaceTaken     = "NamespaceTaken"
	reasonNamespaceLost      = "NamespaceLost"
	reasonHostTaken          = "HostTaken"
	reasonVolumeCannotShrink = "VolumeCannotShrink"
	reasonClusterRefused     = "ClusterRefused"
	reasonProvisioning       = "Provisioning"
	reasonStarting           = "Starting"
	reasonStopped            = "Stopped"
	reasonAnswers            = "Answers"
)

// blockedError stops provisioning until somebody mends what its message names.
type blockedError struct{ reason, message string }

func (b *blockedError) Error() string { return b.reason + ": " + b.message }

func blocked(reason, format string, args ...any) error {
	return &blockedError{reason: reason, message: fmt.Sprintf(format, args...)}
}

// waitingError stops provisioning until something that is under way arrives; a
// watch brings the tenant back then.
type waitingError struct{ message string }

func (w *waitingError) Error() string { return w.message }

func waiting(format string, args ...any) error {
	return &waitingError{message: fmt.Sprintf(format, args...)}
}
