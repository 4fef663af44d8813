package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/grupobizopps/salexops/crm/api"
	"github.com/grupobizopps/salexops/crm/sqlite"
	"github.com/grupobizopps/salexops/crm/web"
)

// databaseFile is the database's name on the records volume.
const databaseFile = "crm.db"

// Grace that requests under way get when the process is told to stop. With the
// checkpoint after it, the whole end stays below five seconds.
const shutdownGrace = 3500 * time.Millisecond

// Config is what the flags of `crm serve` say (docs/design.md).
type Config struct {
	Records       string // folder of the records volume
	Documents     string // folder of the documents volume
	Tenant        string // whose instance this is; only this tenant's licence counts
	Listen        string // address of the public port, ":8080"
	PrivateListen string // address of the private port, ":9090"
	LicenceDir    string // mounted licence and trusted keys
	KeysDir       string // mounted exchange token
	InitialDir    string // mounted first user; may be absent

	// SecureCookies is off only where browsers come by plain HTTP to a name
	// other than localhost.
	SecureCookies bool
	Version       string
	Now           func() time.Time // nil: time.Now
	Logger        *slog.Logger     // nil: nothing is logged
}

// Program is a running CRM.
type Program struct {
	config   Config
	lock     *Lock
	licences *licences
	db       *sqlite.DB
	metrics  *metrics
	rest     rest
	awaken   func() // ends the rest
	public   *listener
	private  *listener
	stopping atomic.Bool
	failed   chan error // a listener that ended by itself
}

// Start takes the records volume, opens everything and begins to answer.
// Errors: *InUseError when another process has the volume, *sqlite.NewerError
// when a newer binary has used the database, and whatever keeps it from
// listening.
func Start(ctx context.Context, config Config) (program *Program, err error) {
	if err := config.complete(); err != nil {
		return nil, err
	}
	web.Prepare() // while the database opens
	p := &Program{config: config, failed: make(chan error, 2)}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.release())
		}
	}()
	if p.lock, err = AcquireLock(config.Records); err != nil {
		return nil, err
	}
	p.licences = &licences{
		mounted: config.LicenceDir, stored: filepath.Join(config.Records, licenceFile),
		tenant: config.Tenant, now: config.Now,
	}
	p.licences.load(ctx, config.Logger)
	if p.db, err = sqlite.Open(ctx, sqlite.Config{
		Path: filepath.Join(config.Records, databaseFile), Now: config.Now,
		Rights: p.licences.Rights, Logger: config.Logger,
	}); err != nil {
		return nil, err
	}
	if err := p.ensureOwner(ctx); err != nil {
		return nil, err
	}
	if err := p.listen(ctx); err != nil {
		return nil, err
	}
	p.startRest()
	serial, _ := p.licences.serialAndKey()
	config.Logger.InfoContext(ctx, "started", "tenant", config.Tenant, "version", config.Version,
		"public", p.public.address(), "private", p.private.address(), "licence", serial)
	return p, nil
}

func (c *Config) complete() error {
	if c.Tenant == "" {
		return errors.New("the tenant's name is missing (--tenant)")
	}
	if c.Records == "" {
		return errors.New("the folder of the records is missing (--records)")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	for _, folder := range []string{c.Records, c.Documents} {
		if folder == "" {
			continue
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return fmt.Errorf("prepare the volume: %w", err)
		}
	}
	return nil
}

// ensureOwner creates the first user when there is none and its files are there.
func (p *Program) ensureOwner(ctx context.Context) error {
	created, err := createOwner(ctx, p.db, p.config.InitialDir, p.licences.Rights().Locale)
	if created {
		p.config.Logger.InfoContext(ctx, "the first user was created from the initial files")
	}
	return err
}

// listen opens both ports before either answers, so that a taken port is found
// before anybody is served.
func (p *Program) listen(ctx context.Context) error {
	p.metrics = newMetrics(p.db, p.licences)
	pages, err := web.New(web.Config{
		Services: p.db.Services(), Imports: p.db, Rights: p.licences.Rights, Usage: p.db.Usage, Now: p.config.Now,
		Logger: p.config.Logger, Version: p.config.Version, Secure: p.config.SecureCookies,
	})
	if err != nil {
		return fmt.Errorf("prepare the pages: %w", err)
	}
	programs, err := api.New(api.Config{Services: p.db.Services(), Logger: p.config.Logger})
	if err != nil {
		return fmt.Errorf("prepare the API: %w", err)
	}
	public := http.NewServeMux()
	public.Handle("/", pages)
	public.Handle(api.Prefix+"/", programs)
	errorLog := slog.NewLogLogger(p.config.Logger.Handler(), slog.LevelWarn)
	if p.public, err = openListener(ctx, p.config.Listen, p.rest.watch(observe(public, p.config.Logger, p.metrics)), errorLog); err != nil {
		return err
	}
	if p.private, err = openListener(ctx, p.config.PrivateListen, p.privateHandler(), errorLog); err != nil {
		return err
	}
	for _, l := range []*listener{p.public, p.private} {
		go func() {
			if err := l.server.Serve(l.Listener); !errors.Is(err, http.ErrServerClosed) {
				p.failed <- fmt.Errorf("serve %s: %w", l.address(), err)
			}
		}()
	}
	return nil
}

// PublicAddr is where the public port listens, "127.0.0.1:40123".
func (p *Program) PublicAddr() net.Addr { return p.public.Addr() }

// PrivateAddr is where the private port listens.
func (p *Program) PrivateAddr() net.Addr { return p.private.Addr() }

// Wait returns when ctx ends, or with an error when a port fails.
func (p *Program) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-p.failed:
		return err
	}
}

// Close stops accepting, lets requests under way finish, checkpoints the
// database and gives the volume free, within five seconds.
func (p *Program) Close() error {
	p.stopping.Store(true)
	p.config.Logger.Info("stopping")
	err := p.release()
	if err == nil {
		p.config.Logger.Info("stopped")
	}
	return err
}

// release undoes Start, from the last step to the first, as far as it came.
func (p *Program) release() error {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownGrace)
	defer cancel()
	var failed error
	// The private port goes last: the kubelet sees "stopping" until the end.
	for _, l := range []*listener{p.public, p.private} {
		if l != nil {
			failed = errors.Join(failed, l.close(ctx))
		}
	}
	if p.awaken != nil {
		p.awaken()
	}
	if p.db != nil {
		failed = errors.Join(failed, p.db.Close())
	}
	if p.lock != nil {
		failed = errors.Join(failed, p.lock.Release())
	}
	return failed
}
