package web

import (
	"net/http"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func memberLink(id int64) string { return "/settings/team/" + strconv.FormatInt(id, 10) }

// member shows one user: the role, and what they look after.
func (s *server) member(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return s.showMember(v, http.StatusOK, id, page.Member{Left: v.r.URL.Query().Get("left") != ""})
}

func (s *server) showMember(v *visit, status int, id int64, d page.Member) error {
	users, err := s.Services.Users.Users(v.ctx())
	if err != nil {
		return err
	}
	for _, u := range users {
		switch {
		case u.ID == id:
			d.User = u
		case u.DisabledAt.IsZero():
			d.Others = append(d.Others, u)
		}
	}
	if d.User == nil {
		return crm.ErrNotFound
	}
	if d.Role == "" {
		d.Role = d.User.Role
	}
	if d.Holdings, err = s.Services.Team.Holdings(v.ctx(), id); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, d.User.Name
	return v.render(status, page.MemberPage(v.frame, d))
}

// refuseMember shows the page again with what was wrong, or passes the error on.
func (s *server) refuseMember(v *visit, id int64, d page.Member, err error) error {
	faults, alert, status, ok := refusal(v, err)
	if !ok {
		return err
	}
	d.Errors, d.Alert = faults, alert
	return s.showMember(v, status, id, d)
}

func (s *server) memberRole(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	u, err := s.Services.Users.User(v.ctx(), id)
	if err != nil {
		return err
	}
	role := crm.Role(v.text("role"))
	if err := s.Services.Team.SetUserRole(v.ctx(), id, role); err != nil {
		return s.refuseMember(v, id, page.Member{}, err)
	}
	s.flash(v, page.Flash{Key: "flash.role", Name: u.Name})
	return v.redirect("/settings/team")
}

// memberHandOver gives what a user looks after to a colleague.
func (s *server) memberHandOver(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	taker := v.number("to")
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		done, err := s.Services.Team.HandOver(v.ctx(), id, taker)
		if err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.handedOver", Name: v.frame.L.N("audit.records", done.Records), UndoID: done.By})
		return "/settings/team", nil
	})
	if err != nil {
		return s.refuseMember(v, id, page.Member{To: taker}, err)
	}
	return v.redirect(to)
}

// visibility stores whether sellers see each other's records.
func (s *server) visibility(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	settings, err := s.Services.Team.Settings(v.ctx())
	if err != nil {
		return err
	}
	settings.Visibility = crm.Visibility(v.text("visibility"))
	if err := s.Services.Team.SaveSettings(v.ctx(), settings); err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.visibility"})
	return v.redirect("/settings/team")
}
