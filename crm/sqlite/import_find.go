package sqlite

import (
	"database/sql"
	"fmt"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

const (
	// mostCandidates bounds how many records with one key are compared with a
	// row where the key alone does not decide: a telephone exchange may have many.
	mostCandidates = 20

	contactByKey = `SELECT r.id, r.given_name, r.family_name FROM identity AS k CROSS JOIN contact AS r ON r.id = k.record_id
		WHERE k.kind = 'contact' AND k.likeness = ? AND k.value = ? AND r.deleted_at IS NULL AND (? = 0 OR r.owner_id = ?) ORDER BY k.record_id LIMIT `
	companyByKey = `SELECT r.id, r.name, r.rfc FROM identity AS k CROSS JOIN company AS r ON r.id = k.record_id
		WHERE k.kind = 'company' AND k.likeness = ? AND k.value = ? AND r.deleted_at IS NULL AND (? = 0 OR r.owner_id = ?) ORDER BY k.record_id LIMIT `
)

// finder finds the record that a row of an import is already, among those that
// whoever imports may see.
type finder struct {
	each  func(query string, args []any, scan func(*sql.Rows) error) error
	scope int64 // the user whose records alone count; 0: all
	// gathered knows keys that no record has; nil: none.
	gathered *gathering
}

// comparedWith is how many records with a key are compared with a row. It is
// written into the query: SQLite prepares it again for each limit that it is given.
func comparedWith(decided bool) string {
	if decided {
		return "1"
	}
	return strconv.Itoa(mostCandidates)
}

// contact is the contact of a row; 0: there is none.
func (f finder) contact(row *crm.Contact) (id int64, title string, err error) {
	for _, key := range row.IdentityKeys() {
		if lacks, err := f.gathered.lacks(crm.KindContact, key); err != nil {
			return 0, "", err
		} else if lacks {
			continue
		}
		err := f.each(contactByKey+comparedWith(importing.Decides(key)), []any{int64(key.Like), key.Value, f.scope, f.scope}, func(rows *sql.Rows) error {
			var found crm.Contact
			if err := rows.Scan(&found.ID, &found.GivenName, &found.FamilyName); err != nil {
				return err
			}
			if id == 0 && importing.Surely(key, &found, row) {
				id, title = found.ID, found.Title()
			}
			return nil
		})
		if err != nil {
			return 0, "", fmt.Errorf("find a contact: %w", err)
		}
		if id != 0 {
			break
		}
	}
	return id, title, nil
}

// company is the company of a row, or the one that a contact's row names; 0:
// there is none.
func (f finder) company(row *crm.Company) (id int64, title string, err error) {
	for _, key := range importing.CompanyKeys(row) {
		if lacks, err := f.gathered.lacks(crm.KindCompany, key); err != nil {
			return 0, "", err
		} else if lacks {
			continue
		}
		err := f.each(companyByKey+comparedWith(importing.DecidesCompany(key, row)), []any{int64(key.Like), key.Value, f.scope, f.scope}, func(rows *sql.Rows) error {
			var found crm.Company
			if err := rows.Scan(&found.ID, &found.Name, &found.RFC); err != nil {
				return err
			}
			if id == 0 && importing.SameCompany(key, &found, row) {
				id, title = found.ID, found.Name
			}
			return nil
		})
		if err != nil {
			return 0, "", fmt.Errorf("find a company: %w", err)
		}
		if id != 0 {
			break
		}
	}
	return id, title, nil
}
