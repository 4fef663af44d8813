// Command provision measures, on the cluster of KUBECONFIG with the operator
// installed and the images present, how long a customer waits: from applying a
// Tenant and a paid Subscription to the first page of their CRM through the
// front door on loopback. One customer at a time, each removed afterwards.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/config"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/bench/figure"
)

const (
	accounts = "salexops-accounts"
	patience = 2 * time.Minute
	interval = 20 * time.Millisecond // between two looks; small against the aim of 8 s
)

func main() {
	runs := flag.Int("runs", 10, "how many customers")
	port := flag.String("port", "8080", "where the front door is published on 127.0.0.1")
	plan := flag.String("plan", "team", "a paid plan that exists")
	flag.Parse()
	if err := run(context.Background(), *runs, *port, *plan); err != nil {
		fmt.Fprintln(os.Stderr, "provision:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, runs int, port, plan string) error {
	cluster, err := config.GetConfig()
	if err != nil {
		return fmt.Errorf("finding the cluster: %w", err)
	}
	if err := v1alpha1.AddToScheme(scheme.Scheme); err != nil {
		return fmt.Errorf("registering the API: %w", err)
	}
	c, err := client.New(cluster, client.Options{Scheme: scheme.Scheme})
	if err != nil {
		return fmt.Errorf("connecting to the cluster: %w", err)
	}
	var samples []time.Duration
	for i := range runs {
		name := fmt.Sprintf("bench-%02d", i)
		took, err := once(ctx, c, name, port, plan)
		if err != nil {
			return fmt.Errorf("customer %s: %w", name, err)
		}
		fmt.Fprintf(os.Stderr, "  %s: %.2f s\n", name, took.Seconds())
		samples = append(samples, took)
	}
	for _, f := range []figure.Figure{
		figure.AtMost("operator/apply-to-first-page-median", figure.Quantile(samples, 0.5).Seconds(), "s", 8),
		figure.Noted("operator/apply-to-first-page-p95", figure.Quantile(samples, 0.95).Seconds(), "s"),
	} {
		if err := f.Print(os.Stdout); err != nil {
			return err
		}
	}
	return nil
}

// once provisions one customer, waits for the first page and removes it again.
func once(ctx context.Context, c client.Client, name, port, plan string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	now := time.Now()
	today := now.UTC().Add(-7 * time.Hour) // the contract's zone
	seen := metav1.NewTime(now.Truncate(time.Second))
	tenant := customer(name, seen)
	subscription := &v1alpha1.Subscription{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: accounts},
		Spec: v1alpha1.SubscriptionSpec{
			TenantRef: v1alpha1.TenantReference{Name: name}, PlanRef: v1alpha1.PlanReference{Name: plan},
			Interval: "Monthly", AnchorDate: v1alpha1.Date(today.Format(time.DateOnly)),
		},
	}
	if err := c.Create(ctx, tenant); err != nil {
		return 0, fmt.Errorf("creating the Tenant: %w", err)
	}
	if err := c.Create(ctx, subscription); err != nil {
		return 0, fmt.Errorf("creating the Subscription: %w", err)
	}
	before := subscription.DeepCopy()
	subscription.Status.Billing.Payments = []v1alpha1.Payment{{
		ID: "pay-0001", ReceivedAt: seen, Amount: "499.00", Currency: "MXN", AmountUSD: "27.10",
		PeriodFrom: v1alpha1.Date(today.Format(time.DateOnly)), PeriodTo: v1alpha1.Date(today.AddDate(0, 0, 27).Format(time.DateOnly)),
	}}
	if err := c.Status().Patch(ctx, subscription, client.MergeFrom(before)); err != nil {
		return 0, fmt.Errorf("recording the payment: %w", err)
	}
	if err := firstPage(ctx, name, port); err != nil {
		return 0, err
	}
	took := time.Since(now)
	return took, remove(ctx, c, tenant, subscription)
}

func customer(name string, seen metav1.Time) *v1alpha1.Tenant {
	digest := v1alpha1.Digest("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
	return &v1alpha1.Tenant{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: accounts},
		Spec: v1alpha1.TenantSpec{
			DisplayName: "Medición " + name, Host: name + ".localhost", Locale: v1alpha1.LocaleSpanish,
			Owner: v1alpha1.Owner{
				PersonID: "person-" + name, Type: v1alpha1.OwnerPerson, Name: "Medición", Email: v1alpha1.Email("owner@" + name + ".example"),
				EmailConfirmedAt: &seen, AdultDeclaredAt: &seen,
				HumanVerification: &v1alpha1.HumanVerification{Method: "altcha", Reference: "bench", VerifiedAt: &seen},
			},
			AcceptedDocuments: []v1alpha1.AcceptedDocument{
				{Kind: "TermsOfService", Version: "2026-01", Digest: digest, AcceptedAt: seen},
				{Kind: "PrivacyPolicy", Version: "2026-01", Digest: digest, AcceptedAt: seen},
			},
		},
	}
}

// firstPage asks the front door until the CRM's own sign-in page comes.
func firstPage(ctx context.Context, name, port string) error {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1:"+port+"/sign-in", http.NoBody)
		if err != nil {
			return fmt.Errorf("asking for the page: %w", err)
		}
		request.Host = name + ".localhost:" + port
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
			err = errors.New(response.Status)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for the first page (last answer: %w)", err)
		case <-tick.C:
		}
	}
}

// remove deletes the customer for good and waits until nothing is left, so
// that the next one finds the cluster as the first one did.
func remove(ctx context.Context, c client.Client, tenant *v1alpha1.Tenant, subscription *v1alpha1.Subscription) error {
	for _, object := range []client.Object{tenant, subscription} {
		patch := client.RawPatch("application/merge-patch+json",
			fmt.Appendf(nil, `{"metadata":{"annotations":{%q:%q}}}`, v1alpha1.ConfirmDeletionAnnotation, object.GetName()))
		if err := c.Patch(ctx, object, patch); err != nil {
			return fmt.Errorf("confirming the deletion: %w", err)
		}
	}
	if err := c.Delete(ctx, tenant); err != nil {
		return fmt.Errorf("deleting the Tenant: %w", err)
	}
	tick := time.NewTicker(10 * interval)
	defer tick.Stop()
	for c.Get(ctx, client.ObjectKeyFromObject(tenant), &v1alpha1.Tenant{}) == nil {
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for the Tenant to be gone: %w", ctx.Err())
		case <-tick.C:
		}
	}
	if err := c.Delete(ctx, subscription); err != nil {
		return fmt.Errorf("deleting the Subscription: %w", err)
	}
	return nil
}
