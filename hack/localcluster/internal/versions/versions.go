// Package versions pins everything the local cluster is built from. A change
// here changes the key of the build cache, so the next build starts afresh.
package versions

const (
	// Kubernetes is the release of every Kubernetes program. kube/go.mod
	// requires the same one; a test keeps the two together.
	Kubernetes = "v1.37.2"
	// Containerd is the container runtime, its shim and its command line.
	Containerd = "v2.4.2"
	// Runc starts the containers.
	Runc = "v1.5.2"
	// CNIPlugins are the reference network plugins.
	CNIPlugins = "v1.9.1"
	// Pause is the tag of the sandbox image, built from this module's own source.
	Pause = "v1"
)
