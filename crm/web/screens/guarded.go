//go:build screens

package main

import (
	"context"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// guarded gives the owner passkeys, a colleague a second step, and the owner
// something to look at among those who tried to sign in.
func guarded(ctx, acting context.Context, o *webtest.Office) error {
	for _, name := range []string{"Chrome en Windows", "Mi teléfono"} {
		p := &crm.Passkey{Name: name, Site: "acme.localhost", CredentialID: []byte(name), Record: []byte(`{"id":"YQ=="}`)}
		if err := o.DB.AddPasskey(acting, p); err != nil {
			return err
		}
		o.Pass(50 * time.Hour)
	}
	u := &crm.User{Email: "ximena@acme.example", Name: "Ximena Castro", Role: crm.RoleSeller}
	initial, err := o.DB.CreateUser(acting, u)
	if err != nil {
		return err
	}
	if _, err := o.DB.ResetPassword(acting, u.ID); err != nil {
		return err
	}
	tries := []crm.SignIn{
		{Email: u.Email, Password: initial, RemoteAddr: "189.203.14.7", UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"},
		{Email: "ventas@acme.example", Password: "x", RemoteAddr: "198.51.100.23", UserAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"},
		{Email: "no es un correo", Password: "x", RemoteAddr: "198.51.100.23", UserAgent: "curl/8.9"},
	}
	for _, in := range tries {
		o.Pass(3 * time.Hour)
		_, _, _, _ = o.DB.SignIn(ctx, in)
	}
	for range 8 {
		_, _, _, _ = o.DB.SignIn(ctx, tries[1])
	}
	o.Pass(time.Hour)
	seller := *u
	seller.MustChangePassword = false
	password, err := o.DB.ResetPassword(acting, u.ID)
	if err != nil {
		return err
	}
	return twoSteps(crm.WithActor(ctx, crm.Actor{User: &seller}), o, password)
}

// twoSteps turns the second step of whoever acts on.
func twoSteps(acting context.Context, o *webtest.Office, password string) error {
	secret := crm.NewTOTPSecret()
	code, err := totp.GenerateCode(secret, o.Now())
	if err != nil {
		return err
	}
	_, err = o.DB.TurnTwoStepOn(acting, secret, code, password)
	return err
}

// unlock lets the owner in by the password alone, for the next look.
func (s *sites) unlock(name string, o *webtest.Office) error {
	if acting, ok := s.acting[name]; ok && name == "secure" {
		return o.DB.TurnTwoStepOff(acting, chosen)
	}
	return nil
}
