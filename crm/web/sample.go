package web

import "github.com/grupobizopps/salexops/crm/web/page"

// sampleAdd fills the CRM with invented records, in one action.
func (s *server) sampleAdd(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		added, err := s.Services.Sample.AddSample(v.ctx())
		if err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.sampleAdded", Name: v.frame.L.N("audit.records", added.Records), UndoID: added.By})
		return "/contacts", nil
	})
	if err != nil {
		return err
	}
	return v.redirect(to)
}
