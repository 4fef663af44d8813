package api

import (
	"context"

	"github.com/grupobizopps/salexops/crm"
)

// user is somebody of the team, as JSON.
type user struct {
	ID     int64  `json:"id" doc:"What records name the user by, as their owner."`
	Name   string `json:"name" doc:"As the user writes it."`
	Email  string `json:"email,omitempty" doc:"The login. Owners and managers see everybody's, others their own."`
	Role   string `json:"role" enum:"owner,manager,seller,reader" doc:"owner: everything, and the account; manager: everything but the account; seller: records; reader: looks, changes nothing."`
	Active bool   `json:"active" doc:"false: may not sign in any more, and gets no records."`
}

// userOf is a user as somebody sees them.
type userOf struct {
	crm.User
	seesEmail bool
}

var users = resource[crm.UserService, userOf, user, struct{}]{
	one: "user", many: "users",
	list: func(s crm.UserService, ctx context.Context, _ *struct{}) (crm.Page[*userOf], error) {
		all, err := s.Users(ctx)
		seen := make([]*userOf, len(all))
		for i, u := range all {
			seen[i] = seenBy(ctx, u)
		}
		return whole(seen, err)
	},
	get: func(s crm.UserService, ctx context.Context, id int64) (*userOf, error) {
		u, err := s.User(ctx, id)
		if err != nil {
			return nil, err
		}
		return seenBy(ctx, u), nil
	},
	show: func(u *userOf) user {
		j := user{ID: u.ID, Name: u.Name, Role: string(u.Role), Active: u.DisabledAt.IsZero()}
		if u.seesEmail {
			j.Email = u.Email
		}
		return j
	},
	notes: map[string]string{"list": "Everybody who is or was in the team. Users are invited and changed in the browser alone."},
}

func seenBy(ctx context.Context, u *crm.User) *userOf {
	actor, ok := crm.ActorFrom(ctx)
	return &userOf{User: *u, seesEmail: ok && (actor.User.ID == u.ID || actor.User.Role.CanManage())}
}
