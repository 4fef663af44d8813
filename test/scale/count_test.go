package scale_test

import (
	"strings"
	"testing"

	"sigs.k8s.io/controller-runtime/pkg/metrics"
)

// reconciled is how often standing and runtime have looked at a tenant.
func reconciled(t *testing.T) int {
	t.Helper()
	families, err := metrics.Registry.Gather()
	if err != nil {
		t.Fatalf("gathering metrics: %v", err)
	}
	var total float64
	for _, family := range families {
		if family.GetName() != "controller_runtime_reconcile_total" {
			continue
		}
		for _, metric := range family.GetMetric() {
			for _, label := range metric.GetLabel() {
				if label.GetName() == "controller" && (label.GetValue() == "standing" || label.GetValue() == "runtime") {
					total += metric.GetCounter().GetValue()
				}
			}
		}
	}
	return int(total)
}

func withoutLeases(writes []string) []string {
	var others []string
	for _, write := range writes {
		if !strings.Contains(write, "/leases") {
			others = append(others, write)
		}
	}
	return others
}
