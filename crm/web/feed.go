package web

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/ics"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// What a calendar is told: this long back, and this long ahead.
const (
	feedDaysBack  = 60
	feedDaysAhead = 400
)

// calendarFeed is a user's own agenda for a calendar program, which has no
// session: the secret in the address is its permission. What is read is read as
// that user.
func (s *server) calendarFeed(v *visit) error {
	token := strings.TrimSuffix(v.r.PathValue("token"), ".ics")
	u, err := s.Services.Feeds.FeedUser(v.ctx(), token, remoteAddress(v.r))
	var slow *crm.TooManyAttempts
	if errors.As(err, &slow) {
		v.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(slow.RetryAfter.Seconds()))))
		http.Error(v.w, strconv.Itoa(http.StatusTooManyRequests), http.StatusTooManyRequests)
		return nil
	}
	if err != nil {
		return err
	}
	ctx := crm.WithActor(v.ctx(), crm.Actor{User: u, RequestID: v.frame.RequestID})
	words := s.words.Translator(u.Locale, s.zones.of(v.rights.TimeZone), s.Now())
	today := crm.DayOf(words.Now())
	all, err := s.Services.Activities.Agenda(ctx, today.AddDays(-feedDaysBack), today.AddDays(feedDaysAhead), u.ID)
	if err != nil {
		return err
	}
	calendar := ics.Calendar{
		Name: words.F("feed.name", "Name", v.rights.Name), Tenant: v.rights.Tenant, Zone: words.Now().Location(),
		Address: address(v.r, ""),
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `inline; filename="salexops.ics"`)
	h.Set("Referrer-Policy", "no-referrer")
	_, _ = v.w.Write(calendar.Write(all)) //nolint:gosec // no HTML: browsers are told not to guess. The calendar has gone; there is nobody to tell.
	return nil
}

// feedCreate makes a new address, which the profile shows for a few minutes.
func (s *server) feedCreate(v *visit) error {
	token, err := s.Services.Feeds.CreateFeed(v.ctx())
	if err != nil {
		return err
	}
	s.feeds.keep(v.session.ID, page.Reveal{UserID: v.user.ID, Password: address(v.r, "/calendar/feed/"+token+".ics")})
	return v.redirect("/settings/profile#feed")
}

func (s *server) feedRevoke(v *visit) error {
	if err := s.Services.Feeds.RevokeFeed(v.ctx()); err != nil {
		return err
	}
	s.feeds.forget(v.session.ID)
	s.flash(v, page.Flash{Key: "flash.feedRevoked"})
	return v.redirect("/settings/profile")
}

// readFeed adds the calendar address to the profile.
func (s *server) readFeed(v *visit, d *page.Profile) error {
	feed, err := s.Services.Feeds.Feed(v.ctx())
	if err != nil && !errors.Is(err, crm.ErrNotFound) {
		return err
	}
	d.Feed = feed
	if shown := s.feeds.see(v.session.ID); shown != nil && feed != nil {
		d.Address = shown.Password
	}
	return nil
}

// address is a page of this site for programs elsewhere.
func address(r *http.Request, path string) string {
	scheme := "https"
	if r.TLS == nil && strings.HasPrefix(r.Header.Get("X-Forwarded-Proto"), "http") {
		scheme, _, _ = strings.Cut(r.Header.Get("X-Forwarded-Proto"), ",")
	}
	return scheme + "://" + r.Host + path
}
