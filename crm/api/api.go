package api

import (
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/locale"
)

// Prefix is where the API lives.
const Prefix = "/api/v1"

// largestBody bounds what is read of a request, in bytes.
const largestBody = 1 << 20

// Config is what the API works with.
type Config struct {
	Services crm.Services
	Logger   *slog.Logger // nil: nothing is logged
}

// New builds the handler of everything below Prefix. The operations and their
// document are put together at the first request: most starts are for somebody
// who waits for a page, and many tenants never use the API.
func New(c Config) (http.Handler, error) {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	words, err := locale.Load()
	if err != nil {
		return nil, err
	}
	operations := sync.OnceValue(func() http.Handler {
		s := &server{Config: c, words: words.Translator("en", time.UTC, time.Time{})}
		return s.operations()
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, largestBody)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		operations().ServeHTTP(w, r)
	}), nil
}

// operations answers every operation, and the document of them.
func (s *server) operations() http.Handler {
	mux := http.NewServeMux()
	s.describe(mux)
	s.register()
	mux.HandleFunc(Prefix+"/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, http.StatusNotFound, "There is nothing at "+r.URL.Path+". The document is at "+Prefix+"/openapi.json.")
	})
	return mux
}

// Document is the OpenAPI description of the API, as JSON; version 3.0 where a
// tool cannot read 3.1.
func Document(downgrade bool) ([]byte, error) {
	s := &server{}
	s.describe(http.NewServeMux())
	s.register()
	if downgrade {
		return s.api.OpenAPI().Downgrade()
	}
	return s.api.OpenAPI().MarshalJSON()
}

type server struct {
	Config
	api   huma.API
	words *locale.Translator
}

// describe starts the document: what is common to all operations.
func (s *server) describe(mux *http.ServeMux) {
	config := huma.DefaultConfig("SaleXops CRM", "1")
	config.Info.Description = overview
	config.Servers = []*huma.Server{{URL: Prefix}}
	config.OpenAPIPath, config.SchemasPath, config.DocsPath = "/openapi", "", ""
	config.CreateHooks = nil // no $schema in every answer
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"key": {Type: "http", Scheme: "bearer", Description: "A key of the API. It may read, or read and write."},
	}
	config.Security = []map[string][]string{{"key": {}}}
	s.api = humago.NewWithPrefix(mux, Prefix, config)
	s.api.UseMiddleware(s.authenticate)
}

// overview is what a programmer reads first.
const overview = `Records of one CRM. Give a key, made under Settings, as "Authorization: Bearer sxk_…". It sees and changes what its user may; a key to read changes nothing.

- **Lists** are pages: pass "next" as "after" until it is missing.
- **Updates** are of the whole record: what is left out is emptied, unless its description says otherwise. They state the "version" that was read; 409 says that somebody else changed the record meanwhile.
- **Errors** are problems (RFC 9457). 422 lists the fields: where each stands, and why it was refused. Nothing was changed then.
- **Times** are UTC as RFC 3339 writes them, dates are YYYY-MM-DD, amounts and quantities are decimal texts with a point.
- **Deleting** and other changes answer with an "action": it can be undone for 30 days.`

// register adds every kind of record, and what is done with some of them.
func (s *server) register() {
	register(s, s.Services.Contacts, contacts)
	registerAbout(s, s.Services.Contacts, contacts)
	register(s, s.Services.Companies, companies)
	registerAbout(s, s.Services.Companies, companies)
	register(s, s.Services.Leads, leads)
	registerAbout(s, s.Services.Leads, leads)
	registerConversion(s, s.Services.Leads)
	register(s, s.Services.Deals, deals)
	registerDealActions(s, s.Services.Deals)
	registerAbout(s, s.Services.Deals, deals)
	register(s, s.Services.Activities, activities)
	registerDone(s, s.Services.Activities)
	register(s, s.Services.Products, products)
	register(s, s.Services.Pipelines, pipelines)
	registerPipelineRemoval(s, s.Services.Pipelines)
	register(s, s.Services.Pipelines, lostReasons)
	register(s, s.Services.Fields, customFields)
	registerFieldMove(s, s.Services.Fields)
	registerTags(s, s.Services.Tags)
	register(s, s.Services.Users, users)
	registerUndo(s, s.Services.Actions)
}

// authenticate makes the key's user the one who acts. What a key may not change
// is refused before the request is read any further.
func (s *server) authenticate(ctx huma.Context, next func(huma.Context)) {
	key, found := strings.CutPrefix(ctx.Header("Authorization"), "Bearer ")
	if !found {
		ctx.SetHeader("WWW-Authenticate", `Bearer realm="SaleXops CRM"`)
		_ = huma.WriteErr(s.api, ctx, http.StatusUnauthorized, "A key is missing: send it as \"Authorization: Bearer sxk_…\". Keys are made under Settings.")
		return
	}
	u, k, err := s.Services.APIKeys.UseAPIKey(ctx.Context(), strings.TrimSpace(key))
	readOnly := err == nil && k.Scope != crm.ScopeWrite
	if readOnly && ctx.Method() != http.MethodGet {
		err = crm.ErrForbidden
	}
	if err != nil {
		failure := s.failure(ctx.Context(), ctx.Operation(), err)
		_ = huma.WriteErr(s.api, ctx, failure.GetStatus(), failure.Error())
		return
	}
	actor := crm.Actor{User: u, RequestID: crm.RequestIDFrom(ctx.Context()), ReadOnly: readOnly}
	next(huma.WithContext(ctx, crm.WithActor(ctx.Context(), actor)))
}
