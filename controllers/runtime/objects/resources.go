package objects

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
)

// What an instance gets where its plan says nothing. The CRM idles in tens of
// megabytes; the limit leaves room for an import of 100,000 rows.
var (
	defaultRequests = corev1.ResourceList{
		corev1.ResourceCPU:    resource.MustParse("20m"),
		corev1.ResourceMemory: resource.MustParse("32Mi"),
	}
	defaultLimits = corev1.ResourceList{
		corev1.ResourceMemory: resource.MustParse("192Mi"),
	}
)

// Resources returns a plan's resources with every gap filled, and no request
// above its limit: the API server would refuse such a pod.
func Resources(requests, limits corev1.ResourceList) corev1.ResourceRequirements {
	filled := corev1.ResourceRequirements{
		Requests: fill(requests, defaultRequests),
		Limits:   fill(limits, defaultLimits),
	}
	for name, request := range filled.Requests {
		if limit, limited := filled.Limits[name]; limited && request.Cmp(limit) > 0 {
			filled.Requests[name] = limit
		}
	}
	return filled
}

func fill(given, defaults corev1.ResourceList) corev1.ResourceList {
	filled := corev1.ResourceList{}
	for name, amount := range defaults {
		filled[name] = amount.DeepCopy()
	}
	for name, amount := range given {
		filled[name] = amount.DeepCopy()
	}
	return filled
}
