package sqlite

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// plan is what SQLite intends to do for a query, a step a line.
func plan(t *testing.T, o *office, query string) string {
	t.Helper()
	count := strings.Count(query, "?")
	for i := 1; i <= 9; i++ { // a numbered parameter may be there several times
		if again := strings.Count(query, fmt.Sprintf("?%d", i)); again > 1 {
			count -= again - 1
		}
	}
	args := make([]any, count)
	for i := range args {
		args[i] = 1
	}
	var steps []string
	err := o.queries.each(t.Context(), "EXPLAIN QUERY PLAN "+query, args, func(rows *sql.Rows) error {
		var id, parent, unused int
		var step string
		err := rows.Scan(&id, &parent, &unused, &step)
		steps = append(steps, step)
		return err
	})
	if err != nil {
		t.Fatalf("explain %s: %v", query, err)
	}
	return strings.Join(steps, "\n")
}

// Every page of a list walks an index from its place: nothing is sorted and
// nothing is scanned, however long the list is.
func TestEveryListWalksItsIndex(t *testing.T) {
	o := newOffice(t)
	contacts := map[string]selection{
		"contact_recent":         contactSelection(crm.ContactFilter{}),
		"contact_owner_recent":   contactSelection(crm.ContactFilter{OwnerID: 1}),
		"contact_company_recent": contactSelection(crm.ContactFilter{CompanyID: 1}),
		"contact_name":           contactSelection(crm.ContactFilter{Sort: crm.SortName}),
		"contact_owner_name":     contactSelection(crm.ContactFilter{Sort: crm.SortName, OwnerID: 1}),
		"contact_company_name":   contactSelection(crm.ContactFilter{Sort: crm.SortName, CompanyID: 1}),
	}
	for index, s := range contacts {
		assertWalks(t, o, index, func(from, back bool) string { return contactListing.query(s, from, back) })
	}
	companies := map[string]selection{
		"company_recent":       companySelection(crm.CompanyFilter{}),
		"company_owner_recent": companySelection(crm.CompanyFilter{OwnerID: 1}),
		"company_name":         companySelection(crm.CompanyFilter{Sort: crm.SortName}),
		"company_owner_name":   companySelection(crm.CompanyFilter{Sort: crm.SortName, OwnerID: 1}),
	}
	for index, s := range companies {
		assertWalks(t, o, index, func(from, back bool) string { return companyListing.query(s, from, back) })
	}
}

func TestListsOfActivitiesWalkTheirIndex(t *testing.T) {
	o := newOffice(t)
	for index, f := range map[string]crm.ActivityFilter{
		"activity_due":        {},
		"activity_owner_due":  {OwnerID: 1},
		"activity_done":       {State: crm.DueDone},
		"activity_owner_done": {State: crm.DueDone, OwnerID: 1},

		"activity_recent":       {State: crm.DueAny},
		"activity_owner_recent": {State: crm.DueAny, OwnerID: 1},
	} {
		for _, kind := range []crm.ActivityType{"", crm.ActivityTask} {
			f.Type = kind
			s, err := activitySelection(f)
			if err != nil {
				t.Fatal(err)
			}
			assertWalks(t, o, index, func(from, back bool) string { return activityListing(0).query(s, from, back) })
		}
	}
	for _, state := range []crm.DueState{crm.DueOverdue, crm.DueToday, crm.DueUpcoming} {
		s, err := activitySelection(crm.ActivityFilter{State: state, OwnerID: 1, Now: "2027-01-04T10:00"})
		if err != nil {
			t.Fatal(err)
		}
		steps := plan(t, o, activityListing(0).query(s, false, false))
		if !strings.Contains(steps, "activity_owner_due (owner_id=? AND due") || strings.Contains(steps, "TEMP B-TREE") {
			t.Errorf("%s:\n%s", state, steps)
		}
	}
}

func assertWalks(t *testing.T, o *office, index string, query func(fromPlace, backwards bool) string) {
	t.Helper()
	for _, fromPlace := range []bool{false, true} {
		for _, backwards := range []bool{false, true} {
			name := fmt.Sprintf("%s, from a place: %v, backwards: %v", index, fromPlace, backwards)
			steps := plan(t, o, query(fromPlace, backwards))
			first, _, _ := strings.Cut(steps, "\n")
			if !strings.Contains(first, "USING INDEX "+index) && !strings.Contains(first, "USING COVERING INDEX "+index) {
				t.Errorf("%s: the list does not use the index:\n%s", name, steps)
			}
			if fromPlace && !strings.HasPrefix(first, "SEARCH r") {
				t.Errorf("%s: the list does not begin at its place:\n%s", name, steps)
			}
			if strings.Contains(steps, "TEMP B-TREE") {
				t.Errorf("%s: the list is sorted:\n%s", name, steps)
			}
		}
	}
}

// A list filtered by both owner and company uses one of the two indexes.
func TestListOfOwnerAndCompanyIsNotSorted(t *testing.T) {
	o := newOffice(t)
	for _, sort := range []crm.Sort{crm.SortRecent, crm.SortName} {
		s := contactSelection(crm.ContactFilter{OwnerID: 1, CompanyID: 1, Sort: sort})
		steps := plan(t, o, contactListing.query(s, true, false))
		if strings.Contains(steps, "TEMP B-TREE") || strings.Contains(steps, "SCAN r") {
			t.Errorf("sort %s:\n%s", sort, steps)
		}
	}
}

// Words are matched first, on their own; filters come after (the other way
// round the full-text index is walked for each candidate).
func TestWordsAreMatchedBeforeFilters(t *testing.T) {
	o := newOffice(t)
	s := contactSelection(crm.ContactFilter{Query: "ana", OwnerID: 1, CompanyID: 1})
	steps := plan(t, o, contactListing.query(s, true, false))
	for _, want := range []string{"MATERIALIZE hit", "SCAN contact_text VIRTUAL TABLE", "SEARCH r USING INTEGER PRIMARY KEY"} {
		if !strings.Contains(steps, want) {
			t.Errorf("no step %q:\n%s", want, steps)
		}
	}
	if strings.Contains(steps, "SCAN r ") {
		t.Errorf("contacts are scanned:\n%s", steps)
	}
}

// The audit log and the bin walk an index, newest first, from their place.
func TestAuditAndBinWalkTheirIndex(t *testing.T) {
	o := newOffice(t)
	from := place{sort: sortAudit, value: int64(1), id: 1}.cursor()
	day := time.Date(2027, 1, 4, 0, 0, 0, 0, time.UTC)
	for index, f := range map[string]crm.AuditFilter{
		"action_at":      {From: day, Until: day},
		"action_user_at": {UserID: 1, From: day},
		"action_kind_at": {Kind: crm.KindContact, Until: day},
		"action_verb_at": {Verb: verbDelete},
	} {
		for _, after := range []crm.Cursor{"", from} {
			f.After = after
			query, _, err := auditQuery(f)
			if err != nil {
				t.Fatal(err)
			}
			steps := plan(t, o, query)
			if !strings.Contains(steps, "USING INDEX "+index+" ") || strings.Contains(steps, "TEMP B-TREE") {
				t.Errorf("%+v does not walk %s:\n%s", f, index, steps)
			}
		}
	}
	query, _, _ := auditQuery(crm.AuditFilter{UserID: 1, Kind: crm.KindContact, Verb: verbDelete})
	if steps := plan(t, o, query); strings.Contains(steps, "TEMP B-TREE") || strings.Contains(steps, "SCAN a") {
		t.Errorf("all filters at once:\n%s", steps)
	}
	for _, k := range kindsInOrder() {
		for _, own := range []bool{false, true} {
			for _, after := range []bool{false, true} {
				steps := plan(t, o, binQuery(k.tableName(), own, after))
				if !strings.Contains(steps, "INDEX "+k.tableName()+"_bin") || strings.Contains(steps, "TEMP B-TREE") || !strings.Contains(steps, "INDEX action_record") {
					t.Errorf("bin of %s, own: %v, from a place: %v:\n%s", k.name(), own, after, steps)
				}
			}
		}
		for _, query := range []string{countHeld(k.tableName()), selectHeld(k.tableName())} {
			if steps := plan(t, o, query); !strings.Contains(steps, "SEARCH "+k.tableName()+" USING") || !strings.Contains(steps, "_owner") {
				t.Errorf("%s:\n%s", query, steps)
			}
		}
	}
}

func TestSearchStopsWhenItHasEnough(t *testing.T) {
	o := newOffice(t)
	for _, kind := range searches {
		query := kind.query
		steps := plan(t, o, query)
		first, rest, _ := strings.Cut(steps, "\n")
		if !strings.HasPrefix(first, "SCAN f VIRTUAL TABLE") || !strings.Contains(rest, "SEARCH r USING INTEGER PRIMARY KEY") ||
			strings.Contains(steps, "TEMP B-TREE") {
			t.Errorf("%s:\n%s", query, steps)
		}
	}
}

func TestOtherQueriesUseAnIndex(t *testing.T) {
	o := newOffice(t)
	for query, want := range map[string]string{
		selectContact:        "SEARCH r USING INTEGER PRIMARY KEY",
		selectCompany:        "SEARCH r USING INTEGER PRIMARY KEY",
		countCompanyContacts: "SEARCH contact USING INDEX contact_company_",
		selectSession:        "SEARCH s USING INDEX sqlite_autoindex_session_1",
		selectSessions:       "SEARCH s USING INDEX session_live",
		selectLogin:          "SEARCH u USING INDEX sqlite_autoindex_user_1",
		historyFirst:         "SEARCH a USING INDEX action_record",
		historyAfter:         "SEARCH a USING INDEX action_record",
		selectParts:          "SEARCH action USING INDEX action_part",
		selectPart:           "SEARCH a USING INDEX action_part",
		selectTold:           "SEARCH a USING INTEGER PRIMARY KEY",
		selectOpen:           "SCAN r USING INDEX request_open",
		selectAsked:          "SEARCH r USING COVERING INDEX request_kind",
		selectDecided:        "SEARCH r USING INDEX request_kind",
		selectBinnedBy:       "SEARCH action USING INDEX action_record",
		selectUndoable:       "SEARCH a USING INTEGER PRIMARY KEY",
		selectActivity:       "SEARCH r USING INTEGER PRIMARY KEY",
		timelineAll:          "SEARCH l USING PRIMARY KEY (kind=? AND record_id=? AND (happened_at,activity_id)<(?,?))",
		timelineOfType:       "SEARCH l USING COVERING INDEX activity_link_type (kind=? AND record_id=? AND type=?",
		nextSteps:            "SEARCH l USING INDEX activity_link_next (kind=? AND record_id=?",
		agendaOfAll:          "SEARCH r USING INDEX activity_agenda (starts>? AND starts<?)",
		agendaOfOwner:        "SEARCH r USING INDEX activity_owner_agenda (owner_id=? AND starts>? AND starts<?)",
		selectReminders:      "SEARCH r USING INDEX activity_remind (owner_id=? AND remind_at<?)",
		selectMentions:       "SEARCH m USING INDEX mention_user (user_id=? AND (at,activity_id)<(?,?))",
		selectUnread:         "SEARCH m USING INDEX mention_unread (user_id=? AND (at,activity_id)<(?,?))",
		selectFeed:           "SEARCH feed USING INTEGER PRIMARY KEY",
		selectFeedUser:       "SEARCH f USING INDEX sqlite_autoindex_feed_1",
		"DELETE FROM session WHERE created_at < ?":                                     "INDEX session_age",
		"SELECT id FROM contact WHERE deleted_at < ? ORDER BY deleted_at, id LIMIT ?":  "INDEX contact_bin",
		"SELECT id FROM company WHERE deleted_at < ? ORDER BY deleted_at, id LIMIT ?":  "INDEX company_bin",
		"SELECT id FROM activity WHERE deleted_at < ? ORDER BY deleted_at, id LIMIT ?": "INDEX activity_bin",
		selectTwoStep:    "SEARCH t USING INTEGER PRIMARY KEY",
		selectPasskeys:   "SEARCH p USING INDEX passkey_user",
		selectCredential: "SEARCH p USING INDEX sqlite_autoindex_passkey_1",
		allAttempts:      "SEARCH a USING INTEGER PRIMARY KEY",
		failedAttempts:   "SEARCH a USING INDEX sign_in_attempt_failed",
		forgetAttempts:   "INDEX sign_in_attempt_at",
	} {
		steps := plan(t, o, query)
		if !strings.Contains(steps, want) {
			t.Errorf("%s\ndoes not use %q:\n%s", query, want, steps)
		}
		if query != selectSessions && strings.Contains(steps, "TEMP B-TREE") {
			t.Errorf("%s\nis sorted:\n%s", query, steps)
		}
	}
}
