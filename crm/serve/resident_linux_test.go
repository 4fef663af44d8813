package serve

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

const somebodysMappings = `00400000-015cc000 r-xp 00000000 fe:00 10002793                           /opt/the program
Size:              18224 kB
Rss:               11208 kB
Private_Dirty:         0 kB
Anonymous:             0 kB
VmFlags: rd ex mr mw me
0264c000-028eb000 rw-p 0224c000 fe:00 10002793                           /opt/the program
Private_Dirty:       256 kB
Anonymous:           256 kB
7f3481e10000-7f3482100000 rw-p 00000000 00:00 0 
Rss:                1264 kB
`

func TestMappingsAreRead(t *testing.T) {
	got, err := readMappings(strings.NewReader(somebodysMappings))
	want := []mapping{
		{0x400000, 0x15cc000, "r-xp", "/opt/the program", false},
		{0x264c000, 0x28eb000, "rw-p", "/opt/the program", true},
		{0x7f3481e10000, 0x7f3482100000, "rw-p", "", false},
	}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("read %v, %v", got, err)
	}
	for _, broken := range []string{"0400-xyz r-xp 0 0 0\n", "what-0500 r-xp 0 0 0\n"} {
		if got, err := readMappings(strings.NewReader(broken)); err == nil {
			t.Errorf("%q is %v", broken, got)
		}
	}
}

// fileMemory is what this process occupies with pages of files, in KiB.
func fileMemory(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "RssFile:" {
			kib, err := strconv.Atoi(fields[1])
			if err != nil {
				t.Fatal(err)
			}
			return kib
		}
	}
	t.Fatal("no RssFile")
	return 0
}

func TestTheProgramLeavesMemory(t *testing.T) {
	before := fileMemory(t)
	if err := dropProgram(); err != nil {
		t.Fatal(err)
	}
	if after := fileMemory(t); after >= before*3/4 {
		t.Errorf("%d KiB before, %d after", before, after)
	}
}
