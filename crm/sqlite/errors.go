package sqlite

import (
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/grupobizopps/salexops/crm"
)

// primaryCode is the low byte of a result code: the kind of failure.
const primaryCode = 0xff

// isCode says whether err comes from SQLite with this primary result code.
func isCode(err error, code int) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code()&primaryCode == code
}

// isUnique says whether err is a violated UNIQUE constraint.
func isUnique(err error) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE
}

// translate gives an error of SQLite the meaning that package crm has for it.
func translate(err error) error {
	if isCode(err, sqlite3.SQLITE_FULL) {
		return fmt.Errorf("%w (%w)", crm.ErrVolumeFull, err)
	}
	return err
}

// orNotFound is the error of reading a row that may not be there.
func orNotFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return crm.ErrNotFound
	}
	return err
}
