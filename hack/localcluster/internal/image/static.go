package image

import (
	"debug/elf"
	"fmt"
	"runtime"
)

var machines = map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}

// checkStatic refuses what could not run in an image that holds nothing else:
// a program for another machine, or one that needs a dynamic linker.
func checkStatic(path string) error {
	f, err := elf.Open(path)
	if err != nil {
		return fmt.Errorf("adding %s to the image: not a Linux program: %w", path, err)
	}
	defer f.Close()
	if want, known := machines[runtime.GOARCH]; known && f.Machine != want {
		return fmt.Errorf("adding %s to the image: it is built for %s, this machine is %s", path, f.Machine, runtime.GOARCH)
	}
	for _, prog := range f.Progs {
		if prog.Type == elf.PT_INTERP {
			return fmt.Errorf("adding %s to the image: it is linked dynamically; build it with CGO_ENABLED=0", path)
		}
	}
	return nil
}
