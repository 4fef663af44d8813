package ledger

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/grupobizopps/salexops/internal/plugin"
)

// problem says why something could not be done in the cluster, and what to do
// about it. doing completes "… failed", such as "reading the tenants".
func problem(doing string, err error) error {
	var request *url.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return plugin.Failedf("%s: interrupted", doing)
	case NotInstalled(err):
		return plugin.Failedf("SaleXops is not installed in this cluster, or not this version of it: the API server doesn't know %s. Is this the right one (--context, --kubeconfig)?",
			kindOf(err))
	case apierrors.IsUnauthorized(err):
		return plugin.Failedf("%s: the cluster doesn't accept these credentials: sign in again, or choose others with --context or --user", doing)
	case apierrors.IsForbidden(err):
		return plugin.Failedf("%s: %w\nReading takes the ClusterRole salexops-viewer", doing, err)
	case errors.As(err, &request) && unreachable(err):
		return plugin.Failedf("no cluster answers at %s: %w. Is it up, and is this the right one (--context, --kubeconfig)?", hostOf(request), request.Err)
	case errors.As(err, &request):
		return plugin.Failedf("%s: asking the cluster at %s: %w", doing, hostOf(request), request.Err)
	default:
		return plugin.Failedf("%s: %w", doing, err)
	}
}

// unreachable reports whether nobody answered, as opposed to somebody unwelcome.
func unreachable(err error) bool {
	var operation *net.OpError
	var timeout net.Error
	return errors.As(err, &operation) || errors.As(err, &timeout) && timeout.Timeout()
}

// NotInstalled reports whether the API server doesn't serve the kind that was
// asked for, as opposed to not having the object.
func NotInstalled(err error) bool {
	return apierrors.IsNotFound(err) && apierrors.HasStatusCause(err, metav1.CauseTypeUnexpectedServerResponse)
}

func kindOf(err error) string {
	var status apierrors.APIStatus
	if errors.As(err, &status) && status.Status().Details != nil && status.Status().Details.Kind != "" {
		return status.Status().Details.Kind + ".crm.salexops.com"
	}
	return "crm.salexops.com"
}

func hostOf(err *url.Error) string {
	address, parseErr := url.Parse(err.URL)
	if parseErr != nil {
		return err.URL
	}
	return address.Scheme + "://" + address.Host
}

// noCluster says why there is no cluster to ask.
func noCluster(err error) error {
	if clientcmd.IsEmptyConfig(err) {
		return plugin.Failedf("there is no cluster to ask: set KUBECONFIG, or say --kubeconfig or --context")
	}
	return plugin.Failedf("there is no cluster to ask: %w", err)
}

// Refused says why a write was refused. takes names the right that it takes, and
// the role that has it.
func Refused(doing, takes string, err error) error {
	if apierrors.IsForbidden(err) {
		return plugin.Failedf("%s was refused: %s\n%s", doing, reasonOf(err), takes)
	}
	if apierrors.IsInvalid(err) || apierrors.IsConflict(err) {
		return plugin.Failedf("%s was refused: %s", doing, reasonOf(err))
	}
	return problem(doing, err)
}

// reasonOf is the API server's own words, without the object that the sentence
// around them names already.
func reasonOf(err error) string {
	text := err.Error()
	var status apierrors.APIStatus
	if errors.As(err, &status) && status.Status().Message != "" {
		text = status.Status().Message
	}
	if _, denied, found := strings.Cut(text, "denied request: "); found {
		return denied
	}
	return text
}

// unknown says that there is no such tenant, and which are named alike.
func unknown(name, namespace string, names []string) error {
	hint := fmt.Sprintf("kubectl get tenants -n %s lists them", namespace)
	if len(names) == 0 {
		hint = "there are no tenants at all in that namespace (-n chooses another)"
	}
	return plugin.Usagef("there is no tenant %q in namespace %s: %s", name, namespace, orNear(hint, name, names))
}

// unknownPayer says that no subscription refers to such a tenant.
func unknownPayer(name, namespace string, names []string) error {
	hint := fmt.Sprintf("kubectl get subscriptions -n %s lists them", namespace)
	if len(names) == 0 {
		hint = "there are no subscriptions at all in that namespace (-n chooses another)"
	}
	return plugin.Usagef("no subscription in namespace %s is tenant %q's: %s", namespace, name, orNear(hint, name, names))
}

// orNear is the hint, unless there are names like the one that was typed.
func orNear(hint, name string, names []string) string {
	if near := Near(name, names); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return hint
}
