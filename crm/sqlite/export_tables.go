package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/grupobizopps/salexops/crm/archive"
)

// exported says how one table goes into the export of everything. Its columns
// are those that the database has, so that one which is added later is in the
// export, too; of a table with secrets, those that are named here. A test fails
// on a table that is neither here nor in notExported.
type exported struct {
	name  string   // of the files
	table string   // called r
	only  []string // the columns, where not all of them may go out
	omit  []string // columns that are made from others: places in the alphabet and the like
	json  []string // columns that hold JSON
	named []named  // what references mean, for people
}

// named is a column that the table does not have.
type named struct{ name, query string }

var ownerNamed = named{"ownerName", "(SELECT o.name FROM user AS o WHERE o.id = r.owner_id)"}

func nameOf(column, table, reference string) named {
	return named{column, "(SELECT n.name FROM " + table + " AS n WHERE n.id = r." + reference + ")"}
}

// exports are all tables of the export, one row each. Records in the bin are
// among them: their deletedAt says so.
var exports = []exported{
	{
		name: "contacts", table: "contact", omit: []string{"sort_key"}, json: []string{"emails", "phones", "tags", "custom"},
		named: []named{ownerNamed, nameOf("companyName", "company", "company_id")},
	},
	{
		name: "companies", table: "company", omit: []string{"sort_key"}, json: []string{"tags", "custom"},
		named: []named{ownerNamed, nameOf("parentName", "company", "parent_id")},
	},
	{
		name: "leads", table: "lead", omit: []string{"sort_key"}, json: []string{"emails", "phones", "tags", "custom"},
		named: []named{ownerNamed},
	},
	{
		name: "activities", table: "activity", omit: []string{"happened_at", "remind_at", "reminded", "due"},
		named: []named{ownerNamed, nameOf("companyName", "company", "company_id")},
	},
	{
		name: "deals", table: "deal", omit: []string{"sort_key", "stage_rank", "close_rank"}, json: []string{"tags", "custom"},
		named: []named{
			ownerNamed, nameOf("companyName", "company", "company_id"), nameOf("pipelineName", "pipeline", "pipeline_id"),
			nameOf("stageName", "stage", "stage_id"), nameOf("lostReason", "lost_reason", "lost_reason_id"),
		},
	},
	{name: "deal_items", table: "deal_item"},
	{name: "deal_stages", table: "deal_stage", named: []named{nameOf("stageName", "stage", "stage_id")}},
	{name: "quotes", table: "quote", json: []string{"items", "customer"}},
	{name: "products", table: "product", omit: []string{"sort_key"}},
	{name: "pipelines", table: "pipeline"},
	{name: "stages", table: "stage"},
	{name: "lost_reasons", table: "lost_reason"},
	{name: "imports", table: "import", json: []string{"layout", "plan"}},
	{name: "saved_views", table: "saved_view", named: []named{ownerNamed}},
	{name: "mentions", table: "mention", named: []named{nameOf("userName", "user", "user_id")}},
	{name: "custom_fields", table: "custom_field", json: []string{"choices"}},
	{name: "tags", table: "tag"},
	{name: "users", table: "user", only: []string{
		"id", "email", "name", "role", "locale", "theme", "disabled_at", "created_at", "last_seen_at",
	}},
	{name: "history", table: "action", only: []string{
		"id", "verb", "kind", "record_id", "title", "user_id", "user_name", "at", "changes", "undone_by", "part_of",
	}, json: []string{"changes"}},
	{name: "settings", table: "setting", json: []string{"value"}},
	{name: "requests", table: "request", json: []string{"payload"}},
}

// notExported are the other tables, each with the reason.
var notExported = map[string]string{
	"session":         "secrets and the addresses of browsers",
	"two_step":        "secrets",
	"recovery_code":   "secrets",
	"passkey":         "secrets",
	"feed":            "secrets",
	"api_key":         "secrets",
	"import_rejected": "rows of files that are no records, kept for a while to mend them",
	"import_plan":     "how somebody's columns were read the last time",
	"sign_in_attempt": "addresses of browsers, kept for a while to protect the team",
	"facet":           "made from the records, to find them",
	"identity":        "made from the records, to find duplicates",
	"activity_link":   "made from the activities",
	"activity_tally":  "made from the activities",
	"name_word":       "made from the records, to find them",
}

// columnsOf are a table's columns in the database, none when it does not have
// the table: one that was not migrated yet is exported as it is.
func columnsOf(ctx context.Context, conn *sql.Conn, e exported) ([]archive.Column, string, error) {
	rows, err := conn.QueryContext(ctx, "SELECT name FROM pragma_table_info(?)", e.table)
	if err != nil {
		return nil, "", fmt.Errorf("read the columns of %s: %w", e.table, err)
	}
	var columns []archive.Column
	var expressions []string
	sorted := ""
	err = scanAll(rows, func(rows *sql.Rows) error {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		if slices.Contains(e.omit, name) || (e.only != nil && !slices.Contains(e.only, name)) {
			return nil
		}
		if name == "id" {
			sorted = " ORDER BY r.id"
		}
		columns = append(columns, archive.Column{Name: camel(name), Type: typeOf(e, name)})
		expressions = append(expressions, "r."+name)
		return nil
	})
	if err != nil || len(columns) == 0 {
		return nil, "", err
	}
	for _, n := range e.named {
		columns = append(columns, archive.Column{Name: n.name})
		expressions = append(expressions, n.query)
	}
	return columns, "SELECT " + strings.Join(expressions, ", ") + " FROM " + e.table + " AS r" + sorted, nil
}

func typeOf(e exported, column string) archive.Type {
	switch {
	case slices.Contains(e.json, column):
		return archive.JSON
	case column == "at" || strings.HasSuffix(column, "_at"):
		return archive.Instant
	}
	return archive.Plain
}

// camel writes the name of a column as JSON has it.
func camel(column string) string {
	var b strings.Builder
	up := false
	for _, r := range column {
		if r == '_' {
			up = true
			continue
		}
		if up {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
		up = false
	}
	return b.String()
}
