package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver named "sqlite"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/memory"
)

// Config says where the database is and what it asks about the world.
type Config struct {
	Path   string            // the database file; its folder exists
	Now    func() time.Time  // nil: time.Now
	Rights func() crm.Rights // the licence in force; required
	Logger *slog.Logger      // nil: nothing is logged
	// Volume measures the volume that Path is on; nil: the operating system is asked.
	Volume func() (Volume, error)
	// WriteCache is how many bytes of the database writes keep in memory; 0: a few
	// millions, enough for what people write.
	WriteCache int
}

// DB is an open database. It implements every service of package crm and is
// safe for concurrent use.
type DB struct {
	path    string
	now     func() time.Time
	rights  func() crm.Rights
	log     *slog.Logger
	readers *sql.DB
	writer  *writer
	room    *room
	queries statements
	slow    *slowdown
	guesses *slowdown // of calendar addresses
	hashing *hasher
	usage   usageCache
	kinds   map[crm.Kind]storedKind
	fields  *customFields
	lists   map[crm.Kind]listedKind
	// settings are never nil once the database is open.
	settings atomic.Pointer[crm.Settings]
	tickets  *memory.Memory[string, ticket] // sign-ins that wait for their second step

	// What every page asks for.
	reminders untilWrite[reminderKey, []*crm.Activity]
	views     untilWrite[viewsKey, []*crm.View]

	turn importTurn
	// background is the context of work that outlives its request.
	background context.Context    //nolint:containedctx // ends with the database
	stop       context.CancelFunc // ends the background
	finished   sync.WaitGroup
}

// Open opens or creates the database, brings its schema to this binary's
// version and starts the writer. Errors: *NewerError when the database was
// written by a newer binary.
func Open(ctx context.Context, config Config) (*DB, error) {
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	if config.Rights == nil {
		return nil, errors.New("open database: Config.Rights is missing")
	}
	pool, err := openPool(ctx, config)
	if err != nil {
		return nil, err
	}
	db := &DB{
		path: config.Path, now: config.Now, rights: config.Rights, log: config.Logger,
		slow: newSlowdown(config.Now), guesses: newSlowdown(config.Now), hashing: newHasher(), kinds: storedKinds(),
		fields:  &customFields{},
		lists:   listedKinds(),
		tickets: memory.New[string](config.Now, memory.Limits[ticket]{Age: ticketAge, Most: maxTickets}),
	}
	db.room = newRoom(config.Path, config.Volume)
	if db.writer, err = startWriter(ctx, pool, db.room); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	db.writer.zone = db.zone
	if db.readers, err = openReaders(config.Path); err != nil {
		return nil, errors.Join(err, db.writer.close())
	}
	db.queries.db = db.readers
	db.writer.fields = db.fields
	if err := errors.Join(db.loadSettings(ctx), db.loadCustomFields(ctx), db.bringIndex(ctx)); err != nil {
		return nil, errors.Join(err, db.queries.close(), db.readers.Close(), db.writer.close())
	}
	db.background, db.stop = context.WithCancel(context.Background())
	// Asked here: in the background, it would open a connection of its own.
	keysPending, err := db.keysPending(ctx)
	if err = errors.Join(err, db.resumeImports(ctx)); err != nil {
		db.stop()
		return nil, errors.Join(err, db.queries.close(), db.readers.Close(), db.writer.close())
	}
	db.startJanitor(keysPending)
	return db, nil
}

// openPool opens the writer's side, one connection, and migrates.
func openPool(ctx context.Context, config Config) (*sql.DB, error) {
	path, cache := config.Path, 4000
	if config.WriteCache > 0 {
		cache = config.WriteCache / 1024
	}
	pool, err := sql.Open("sqlite", dsn(path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {
			"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)",
			"foreign_keys(1)", fmt.Sprintf("cache_size(-%d)", cache), fmt.Sprintf("journal_size_limit(%d)", keptLog),
			"temp_store(MEMORY)",
		},
	}))
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	pool.SetMaxOpenConns(1)
	if err := migrate(ctx, pool); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), pool.Close())
	}
	return pool, nil
}

// openReaders opens the pool that lists, shows and searches. A reader that
// rests for a minute is closed and gives its cache back.
func openReaders(path string) (*sql.DB, error) {
	readers, err := sql.Open("sqlite", dsn(path, url.Values{
		"_pragma": {
			"busy_timeout(5000)", "query_only(1)", "foreign_keys(1)",
			"cache_size(-2000)", "temp_store(MEMORY)",
		},
	}))
	if err != nil {
		return nil, fmt.Errorf("open database %s for reading: %w", path, err)
	}
	most := min(max(4, 2*runtime.GOMAXPROCS(0)), 8)
	readers.SetMaxOpenConns(most)
	readers.SetMaxIdleConns(most)
	readers.SetConnMaxIdleTime(time.Minute)
	return readers, nil
}

// dsn writes the address of a database file. SQLite's quirk of reading an
// unknown "name" as a string is off.
func dsn(path string, options url.Values) string {
	options.Set("_dqs", "0")
	options.Set("_error_rc", "1")
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: options.Encode()}).String()
}

// Services offers the database as the services of package crm.
func (db *DB) Services() crm.Services {
	return crm.Services{
		Contacts: db, Companies: db, Users: db, Actions: db, Search: db,
		Activities: db, Timelines: db, Mentions: db, Feeds: db,
		Fields: db, Tags: db, Security: db, Leads: db, Merges: db, Deals: db, Pipelines: db, Products: db, Quotes: db, Lists: db, Bulk: db, Views: db, Audit: db, Bin: db, Team: db, Account: db, Exports: db, APIKeys: db, Sample: db, Dashboards: db,
	}
}

// Close finishes the writes that were accepted, moves the log into the
// database file and closes it. No method may be called afterwards.
func (db *DB) Close() error {
	db.stop()
	db.finished.Wait()
	queries := db.queries.close()
	readers := db.readers.Close()
	return errors.Join(queries, readers, db.writer.close())
}

// Ping says whether the database answers a query.
func (db *DB) Ping(ctx context.Context) error {
	var one int
	if err := db.queries.queryRow(ctx, "SELECT 1").Scan(&one); err != nil {
		return fmt.Errorf("ask the database: %w", err)
	}
	return nil
}
