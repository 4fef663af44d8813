package publish

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	discoverylisters "k8s.io/client-go/listers/discovery/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
)

const (
	// again is how soon something that failed, such as a port that another
	// program holds, is tried again.
	again = 3 * time.Second
	// grace is how long connections may go on when their Service goes away or
	// the agent ends.
	grace = 3 * time.Second
)

// Controller publishes Services.
type Controller struct {
	client   kubernetes.Interface
	events   record.EventRecorder
	services corelisters.ServiceLister
	slices   discoverylisters.EndpointSliceLister
	synced   []cache.InformerSynced
	changed  chan struct{}

	mu         sync.Mutex
	forwarders map[int32]*published
}

type published struct {
	target
	*forwarder
}

// New returns a controller that reads from the factory's informers.
func New(client kubernetes.Interface, factory informers.SharedInformerFactory, events record.EventRecorder) (*Controller, error) {
	services, endpoints := factory.Core().V1().Services(), factory.Discovery().V1().EndpointSlices()
	c := &Controller{
		client: client, events: events,
		services: services.Lister(), slices: endpoints.Lister(),
		changed: make(chan struct{}, 1), forwarders: map[int32]*published{},
	}
	for _, informer := range []cache.SharedIndexInformer{services.Informer(), endpoints.Informer()} {
		handler, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc:    func(any) { c.trigger() },
			UpdateFunc: func(any, any) { c.trigger() },
			DeleteFunc: func(any) { c.trigger() },
		})
		if err != nil {
			return nil, fmt.Errorf("watching services: %w", err)
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

// Run publishes until the context ends, and then lets connections end.
func (c *Controller) Run(ctx context.Context) error {
	if !cache.WaitForCacheSync(ctx.Done(), c.synced...) {
		return ctx.Err()
	}
	defer c.closeAll()
	for {
		if err := c.sync(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "publishing services", "error", err)
			time.AfterFunc(again, c.trigger)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-c.changed:
		}
	}
}

// Published lists what is published, for people: "127.0.0.1:8080 default/web".
func (c *Controller) Published() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var lines []string
	for port, p := range c.forwarders {
		lines = append(lines, net.JoinHostPort(Address, strconv.Itoa(int(port)))+" "+p.Service)
	}
	slices.Sort(lines)
	return lines
}

func (c *Controller) sync(ctx context.Context) error {
	services, err := c.services.List(labels.Everything())
	if err != nil {
		return fmt.Errorf("listing services: %w", err)
	}
	services = slices.DeleteFunc(slices.Clone(services), func(s *corev1.Service) bool { return !wanted(s) })
	granted, refused := assign(services, c.held(), func(s *corev1.Service) []target {
		owned, err := c.slices.EndpointSlices(s.Namespace).List(labels.SelectorFromSet(labels.Set{discoveryv1.LabelServiceName: s.Name}))
		if err != nil {
			return nil
		}
		return targets(s, owned)
	})
	failed := c.apply(ctx, granted)
	for _, service := range services {
		if e := c.tell(ctx, service, refused, failed); e != nil {
			err = e
		}
	}
	if len(failed) > 0 {
		time.AfterFunc(again, c.trigger)
	}
	return err
}

func (c *Controller) held() map[int32]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	held := map[int32]string{}
	for port, p := range c.forwarders {
		held[port] = p.Service
	}
	return held
}

// apply makes the listeners be those that were granted, and returns the ports
// that could not be had, by why.
func (c *Controller) apply(ctx context.Context, granted map[int32]target) map[int32]error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for port, p := range c.forwarders {
		if t, ok := granted[port]; !ok || t.Service != p.Service {
			delete(c.forwarders, port)
			p.listener.Close() // at once, since the port may go to another
			go p.close(grace)
		}
	}
	failed := map[int32]error{}
	for port, t := range granted {
		p, ok := c.forwarders[port]
		if !ok {
			f, err := listen(ctx, net.JoinHostPort(Address, strconv.Itoa(int(port))))
			if err != nil {
				failed[port] = err
				continue
			}
			p = &published{forwarder: f}
			c.forwarders[port] = p
		}
		p.target = t
		p.setEndpoints(t.Endpoints)
	}
	return failed
}

// tell writes the address into the Service's status once all its ports are
// published, and says in an event why they are not.
func (c *Controller) tell(ctx context.Context, s *corev1.Service, refused map[string][]int32, failed map[int32]error) error {
	complete := true
	for _, port := range refused[s.Namespace+"/"+s.Name] {
		complete = false
		c.events.Eventf(s, corev1.EventTypeWarning, "PortTaken", "port %d of %s is published for another service", port, Address)
	}
	for _, port := range s.Spec.Ports {
		if err := failed[port.Port]; err != nil {
			complete = false
			c.events.Eventf(s, corev1.EventTypeWarning, "PortTaken", "port %d cannot be published: %v", port.Port, err)
		}
	}
	var status corev1.LoadBalancerStatus
	if complete {
		// Proxy keeps kube-proxy from rewriting connections to this address.
		mode := corev1.LoadBalancerIPModeProxy
		status.Ingress = []corev1.LoadBalancerIngress{{IP: Address, IPMode: &mode}}
	}
	if equality.Semantic.DeepEqual(s.Status.LoadBalancer, status) {
		return nil
	}
	patch, err := json.Marshal(map[string]any{"status": map[string]any{"loadBalancer": status}})
	if err != nil {
		return err
	}
	_, err = c.client.CoreV1().Services(s.Namespace).Patch(ctx, s.Name, types.MergePatchType, patch, metav1.PatchOptions{}, "status")
	if err != nil {
		return fmt.Errorf("telling the address of service %s/%s: %w", s.Namespace, s.Name, err)
	}
	return nil
}

func (c *Controller) closeAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all sync.WaitGroup
	for port, p := range c.forwarders {
		delete(c.forwarders, port)
		all.Go(func() { p.close(grace) })
	}
	all.Wait()
}
