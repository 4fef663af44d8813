package sqlite

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"

	"github.com/grupobizopps/salexops/crm"
)

// Volume is the size of the volume that the database is on, in bytes.
type Volume struct {
	Total     int64
	Available int64 // not used yet, for an unprivileged process
}

// room keeps the database from filling its volume. SQLite writes each change
// to the write-ahead log first and needs room there even to delete, so a
// volume that is full to the last byte could not even be tidied up. The volume
// has three parts:
//
//	the database up to `soft` pages   everything is written
//	from there to `hard` pages        deletes, undo, sign-ins, passwords
//	the rest                          the log: SQLite is told max_page_count = hard
//
// The log needs 1,000 pages (4 MB) between two checkpoints, and more while a
// reader holds one up. It is used by the writer's goroutine alone.
type room struct {
	path   string
	volume func() (Volume, error)

	told       int64 // the max_page_count that SQLite knows
	soft, used int64 // pages
}

func newRoom(path string, volume func() (Volume, error)) *room {
	if volume == nil {
		volume = func() (Volume, error) { return askVolume(filepath.Dir(path)) }
	}
	return &room{path: path, volume: volume}
}

// askVolume asks the operating system about the volume of a folder.
func askVolume(folder string) (Volume, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(folder, &stat); err != nil {
		return Volume{}, fmt.Errorf("measure the volume of %s: %w", folder, err)
	}
	block := uint64(max(stat.Bsize, 0))
	const most = uint64(1) << 62 // what network file systems call endless
	return Volume{
		Total:     int64(min(stat.Blocks*block, most)),
		Available: int64(min(stat.Bavail*block, most)),
	}, nil
}

// reserves are the bytes kept for the log and for essential writes. They
// follow the volume's size, so that a small volume is not all reserve.
func (v Volume) reserves() (log, essential int64) {
	const mib = 1 << 20
	return min(max(v.Total/16, 2*mib), 16*mib), min(max(v.Total/64, mib/2), 8*mib)
}

// limits says up to how many pages the database file may grow: soft for
// everything, hard for essential writes. What the log already occupies counts
// towards its reserve.
func (v Volume) limits(databaseBytes, logBytes, pageSize int64) (soft, hard int64) {
	logReserve, essentialReserve := v.reserves()
	most := databaseBytes + v.Available - max(0, logReserve-logBytes)
	return max(most-essentialReserve, 0) / pageSize, max(most, 0) / pageSize
}

// measure looks at the volume and the database before a transaction: three
// system calls and two pragmas, a few microseconds.
func (r *room) measure(t *tx) error {
	volume, err := r.volume()
	if err != nil {
		return err
	}
	var pageSize, pages, free int64
	if err := t.queryRow("PRAGMA page_size").Scan(&pageSize); err != nil {
		return fmt.Errorf("read page size: %w", err)
	}
	if err := t.queryRow("PRAGMA page_count").Scan(&pages); err != nil {
		return fmt.Errorf("count pages: %w", err)
	}
	if err := t.queryRow("PRAGMA freelist_count").Scan(&free); err != nil {
		return fmt.Errorf("count free pages: %w", err)
	}
	soft, hard := volume.limits(fileSize(r.path), fileSize(r.path+"-wal"), pageSize)
	r.soft, r.used = soft, pages-free
	return r.tell(t, max(hard/64*64, 1)) // rounded down, so that it seldom changes
}

// tell sets the limit in SQLite, which never makes it smaller than the file.
func (r *room) tell(t *tx, hard int64) error {
	const most = 1<<32 - 2 // SQLite's own limit
	hard = min(hard, most)
	if hard == r.told {
		return nil
	}
	if _, err := t.w.conn.ExecContext(t.ctx, "PRAGMA max_page_count = "+strconv.FormatInt(hard, 10)); err != nil {
		return fmt.Errorf("limit the database's size: %w", err)
	}
	r.told = hard
	return nil
}

// admit refuses an ordinary write when only the reserve is left.
func (r *room) admit(c claim) error {
	if c == ordinary && r.used >= r.soft {
		return crm.ErrVolumeFull
	}
	return nil
}

// fileSize is a file's size in bytes, or 0 when there is none.
func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// spare is how many bytes a file beside the database may take without using
// what is kept for the log and for essential writes.
func (r *room) spare() (int64, error) {
	volume, err := r.volume()
	if err != nil {
		return 0, err
	}
	log, essential := volume.reserves()
	return max(0, volume.Available-log-essential), nil
}
