package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
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

// New builds the handler of everything below Prefix.
func New(c Config) (http.Handler, error) {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	words, err := locale.Load()
	if err != nil {
		return nil, err
	}
	s := &server{Config: c, words: words.Translator("en", time.UTC, time.Time{})}
	mux := http.NewServeMux()
	api := s.describe(mux)
	s.register(api)
	mux.HandleFunc(Prefix+"/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, http.StatusNotFound, "There is nothing at "+r.URL.Path+". The document is at "+Prefix+"/openapi.json.")
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, largestBody)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		mux.ServeHTTP(w, r)
	}), nil
}

// Document is the OpenAPI description of the API, as JSON; version 3.0 where a
// tool cannot read 3.1.
func Document(downgrade bool) ([]byte, error) {
	s := &server{}
	api := s.describe(http.NewServeMux())
	s.register(api)
	if downgrade {
		return api.OpenAPI().Downgrade()
	}
	return api.OpenAPI().MarshalJSON()
}

// writeProblem answers a request that is no operation (RFC 9457).
func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail}) // The program has gone.
}

type server struct {
	Config
	words *locale.Translator
}

// describe starts the document: what is common to all operations.
func (s *server) describe(mux *http.ServeMux) huma.API {
	config := huma.DefaultConfig("SaleXops CRM", "1")
	config.Info.Description = "Records of one CRM. Give a key, made under Settings, as `Authorization: Bearer sxk_…`. " +
		"Lists are pages: pass `next` as `after` until it is missing. An update states the `version` it read; " +
		"409 says that somebody else changed the record meanwhile. Times are UTC, dates are YYYY-MM-DD."
	config.Servers = []*huma.Server{{URL: Prefix}}
	config.OpenAPIPath, config.SchemasPath, config.DocsPath = "/openapi", "", ""
	config.CreateHooks = nil // no $schema in every answer
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"key": {Type: "http", Scheme: "bearer", Description: "A key of the API. It may read, or read and write."},
	}
	config.Security = []map[string][]string{{"key": {}}}
	api := humago.NewWithPrefix(mux, Prefix, config)
	api.UseMiddleware(s.authenticate(api))
	return api
}

func (s *server) register(api huma.API) {
	register(api, s, contacts(s.Services))
	register(api, s, companies(s.Services))
}

// authenticate makes the key's user the one who acts.
func (s *server) authenticate(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		key, found := strings.CutPrefix(ctx.Header("Authorization"), "Bearer ")
		if !found {
			ctx.SetHeader("WWW-Authenticate", `Bearer realm="SaleXops CRM"`)
			_ = huma.WriteErr(api, ctx, http.StatusUnauthorized, "A key is missing: send it as \"Authorization: Bearer sxk_…\". Keys are made under Settings.")
			return
		}
		u, k, err := s.Services.APIKeys.UseAPIKey(ctx.Context(), strings.TrimSpace(key))
		if err != nil {
			failure := s.failure(ctx.Context(), err)
			_ = huma.WriteErr(api, ctx, failure.GetStatus(), failure.Error())
			return
		}
		actor := crm.Actor{User: u, RequestID: crm.RequestIDFrom(ctx.Context()), ReadOnly: k.Scope != crm.ScopeWrite}
		next(huma.WithContext(ctx, crm.WithActor(ctx.Context(), actor)))
	}
}

// failure gives an error of a service its status and words.
func (s *server) failure(ctx context.Context, err error) huma.StatusError {
	var invalid crm.Invalid
	switch {
	case errors.As(err, &invalid):
		return s.invalid(invalid)
	case errors.Is(err, crm.ErrNotFound):
		return huma.Error404NotFound("There is no such record, or it was deleted.")
	case errors.Is(err, crm.ErrConflict):
		return huma.Error409Conflict("Somebody else changed the record meanwhile. Read it again and state its present version.")
	case errors.Is(err, crm.ErrUnauthenticated):
		return huma.Error401Unauthorized("The key is unknown or was revoked.")
	case errors.Is(err, crm.ErrReadOnly):
		return huma.Error403Forbidden("The licence lets nobody change records now.")
	case errors.Is(err, crm.ErrForbidden):
		return huma.Error403Forbidden("The key's scope or its user's role does not allow this.")
	case errors.Is(err, crm.ErrVolumeFull):
		return huma.NewError(http.StatusInsufficientStorage, "The volume is full: reading and deleting go on.")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return huma.NewError(http.StatusServiceUnavailable, "The request was given up.")
	}
	s.Logger.ErrorContext(ctx, "the API failed", "request", crm.RequestIDFrom(ctx), "error", err)
	return huma.Error500InternalServerError("That is a fault of ours. Request " + crm.RequestIDFrom(ctx) + " is in our log.")
}

// invalid lists what is wrong, field by field.
func (s *server) invalid(fields crm.Invalid) huma.StatusError {
	details := make([]error, 0, len(fields))
	for name, key := range fields {
		details = append(details, &huma.ErrorDetail{Location: "body." + name, Message: s.words.T(key), Value: key})
	}
	slices.SortFunc(details, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return huma.Error422UnprocessableEntity("Some fields cannot be stored. Nothing was changed.", details...)
}
