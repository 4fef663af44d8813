package serve

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// mapping is a stretch of this process's memory.
type mapping struct {
	from, to uintptr
	access   string // "r-xp"
	path     string
	changed  bool // it has pages that are no longer those of the file
}

// dropProgram takes the pages of the program's own file out of this process's
// memory. The system maps those that are needed again as they are needed, mostly
// out of its cache. A start touches two thirds of the program, and the system
// counts what lies around what was touched, too; a tenant's day needs a part of
// it. Where the system does not tell its mappings, nothing is done.
func dropProgram() error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find the program: %w", err)
	}
	file, err := os.Open("/proc/self/smaps")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the mappings: %w", err)
	}
	all, err := readMappings(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("read the mappings: %w", err)
	}
	for _, m := range all {
		// What can be written, or has been changed since it was read, is only here.
		if m.path != program || strings.Contains(m.access, "w") || m.changed {
			continue
		}
		if _, _, fault := unix.Syscall(unix.SYS_MADVISE, m.from, m.to-m.from, unix.MADV_DONTNEED); fault != 0 {
			return fmt.Errorf("drop %x-%x: %w", m.from, m.to, fault)
		}
	}
	return nil
}

// readMappings reads what Linux tells in /proc/self/smaps.
func readMappings(from io.Reader) ([]mapping, error) {
	var all []mapping
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 2 {
			continue
		}
		if name, isFigure := strings.CutSuffix(fields[0], ":"); isFigure {
			if len(all) > 0 && (name == "Anonymous" || name == "Swap") && fields[1] != "0" {
				all[len(all)-1].changed = true
			}
			continue
		}
		first, last, _ := strings.Cut(fields[0], "-")
		begin, err := strconv.ParseUint(first, 16, 64)
		if err != nil {
			return nil, err
		}
		end, err := strconv.ParseUint(last, 16, 64)
		if err != nil {
			return nil, err
		}
		m := mapping{from: uintptr(begin), to: uintptr(end), access: fields[1]}
		if len(fields) > 5 {
			m.path = strings.Join(fields[5:], " ")
		}
		all = append(all, m)
	}
	return all, lines.Err()
}
