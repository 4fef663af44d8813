package policy

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/knftables"
)

const (
	// settle gathers the events of a moment into one change of the rules.
	settle = 20 * time.Millisecond
	// repair is how often the rules are written even though nothing changed,
	// in case somebody else removed them.
	repair = time.Minute
)

// Controller keeps the kernel's rules equal to the policies.
type Controller struct {
	nft      knftables.Interface
	network  Network
	registry *Registry

	client     kubernetes.Interface
	pods       corelisters.PodLister
	namespaces corelisters.NamespaceLister
	policies   networkinglisters.NetworkPolicyLister
	synced     []cache.InformerSynced
	changed    chan struct{}

	mu      sync.Mutex // held while rules are written
	applied *Ruleset
}

// New returns a controller that reads from the informers of two factories: one
// limited to the pods of this node, and one for all else.
func New(client kubernetes.Interface, local, all informers.SharedInformerFactory, nft knftables.Interface, n Network, r *Registry) (*Controller, error) {
	pods := local.Core().V1().Pods()
	namespaces := all.Core().V1().Namespaces()
	policies := all.Networking().V1().NetworkPolicies()
	c := &Controller{
		nft: nft, network: n, registry: r, client: client,
		pods: pods.Lister(), namespaces: namespaces.Lister(), policies: policies.Lister(),
		changed: make(chan struct{}, 1),
	}
	for _, informer := range []cache.SharedIndexInformer{pods.Informer(), namespaces.Informer(), policies.Informer()} {
		handler, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc:    func(any) { c.trigger() },
			UpdateFunc: func(any, any) { c.trigger() },
			DeleteFunc: func(any) { c.trigger() },
		})
		if err != nil {
			return nil, fmt.Errorf("watching what decides about traffic: %w", err)
		}
		c.synced = append(c.synced, handler.HasSynced)
	}
	return c, nil
}

func (c *Controller) trigger() {
	select {
	case c.changed <- struct{}{}:
	default: // a change is waiting already
	}
}

// Run writes the rules whenever something changes, until the context ends. The
// rules stay when it does: isolation outlives the agent.
func (c *Controller) Run(ctx context.Context) error {
	if !cache.WaitForCacheSync(ctx.Done(), c.synced...) {
		return ctx.Err()
	}
	ticker := time.NewTicker(repair)
	defer ticker.Stop()
	c.trigger()
	for {
		force := false
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			force = true
		case <-c.changed:
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(settle):
			}
		}
		if err := c.sync(ctx, force); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "writing network rules", "error", err)
			time.AfterFunc(time.Second, c.trigger)
		}
	}
}

// Ready tells whether rules were written at least once.
func (c *Controller) Ready() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.applied != nil
}

// sync compiles what is known now and writes it unless it is in force.
func (c *Controller) sync(ctx context.Context, force bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	snapshot, err := c.snapshot()
	if err != nil {
		return err
	}
	rules := Compile(snapshot)
	if !force && c.applied != nil && reflect.DeepEqual(*c.applied, rules) {
		return nil
	}
	tx := c.nft.NewTransaction()
	render(tx, c.network, rules)
	if err := c.nft.Run(ctx, tx); err != nil {
		return fmt.Errorf("running nft: %w", err)
	}
	c.applied = &rules
	return nil
}

// snapshot joins addresses with what the API server says of their pods. An
// address whose pod is unknown is left out, which closes it.
func (c *Controller) snapshot() (Snapshot, error) {
	s := Snapshot{Namespaces: map[string]map[string]string{}}
	seen := map[string]bool{}
	for _, e := range c.registry.List() {
		pod, err := c.pods.Pods(e.Namespace).Get(e.Name)
		if err != nil || string(pod.UID) != e.UID {
			continue
		}
		s.Pods = append(s.Pods, Pod{Namespace: e.Namespace, Name: e.Name, IP: e.IP, Labels: pod.Labels, Ports: namedPorts(pod)})
		if seen[e.Namespace] {
			continue
		}
		seen[e.Namespace] = true
		if namespace, err := c.namespaces.Get(e.Namespace); err == nil {
			s.Namespaces[e.Namespace] = namespace.Labels
		}
		policies, err := c.policies.NetworkPolicies(e.Namespace).List(labels.Everything())
		if err != nil {
			return s, fmt.Errorf("listing policies of namespace %s: %w", e.Namespace, err)
		}
		s.Policies = append(s.Policies, policies...)
	}
	return s, nil
}

func namedPorts(pod *corev1.Pod) []NamedPort {
	var ports []NamedPort
	for _, container := range pod.Spec.Containers {
		for _, port := range container.Ports {
			if port.Name != "" {
				ports = append(ports, NamedPort{Name: port.Name, Protocol: string(port.Protocol), Number: port.ContainerPort})
			}
		}
	}
	return ports
}
