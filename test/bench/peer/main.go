// Command peer is PocketBase with a collection of contacts: what our contact
// list is compared with, on the same data, on the same machine, in the same
// run. It is a module of its own, so that its dependencies are not ours.
//
//	peer -data FOLDER -contacts 100000 -seed 1        # makes the database
//	peer -data FOLDER -listen 127.0.0.1:8090          # serves it
package main

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations" // its own tables

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/seed"
)

func main() {
	data := flag.String("data", "", "folder of the database")
	contacts := flag.Int("contacts", 0, "make a database of so many contacts, and end")
	companies := flag.Int("companies", 0, "how many companies they work for")
	from := flag.Uint64("seed", 1, "seed of the data")
	listen := flag.String("listen", "127.0.0.1:8090", "address to serve on")
	flag.Parse()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: *data})
	err := app.Bootstrap()
	switch {
	case err != nil:
	case *contacts > 0:
		err = fill(app, *from, *companies, *contacts)
	default:
		err = apis.Serve(app, apis.ServeConfig{HttpAddr: *listen})
	}
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

// fill makes the collection and stores what our own seeder makes. Rows are
// written past PocketBase's own validation, since they are valid; only reading
// is compared.
func fill(app core.App, from uint64, companies, contacts int) error {
	if err := app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	collection := core.NewBaseCollection("contacts")
	open := ""
	collection.ListRule, collection.ViewRule = &open, &open
	for _, name := range []string{"name", "company", "email", "phone", "job"} {
		collection.Fields.Add(&core.TextField{Name: name})
	}
	collection.Fields.Add(&core.NumberField{Name: "changed"})
	collection.AddIndex("idx_contacts_changed", false, "changed", "")
	if err := app.Save(collection); err != nil {
		return fmt.Errorf("make the collection: %w", err)
	}
	maker := seed.NewMaker(from)
	firms := make([]crm.Company, companies)
	for i := range firms {
		firms[i] = maker.Company(i)
	}
	return app.RunInTransaction(func(tx core.App) error {
		for i := range contacts {
			firm := firms[i%len(firms)]
			c := maker.Contact(i, &firm)
			row := dbx.Params{
				"id": fmt.Sprintf("contact%08d", i), "name": c.Title(), "company": firm.Name, "job": c.JobTitle,
				"email": strings.Join(c.Emails, ", "), "phone": strings.Join(c.Phones, ", "), "changed": i,
			}
			if _, err := tx.DB().Insert("contacts", row).Execute(); err != nil {
				return fmt.Errorf("store contact %d: %w", i, err)
			}
		}
		return nil
	})
}
