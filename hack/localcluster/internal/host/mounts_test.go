package host

import (
	"slices"
	"testing"
)

const table = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /run/ours/a rw - tmpfs tmpfs rw
31 30 0:27 / /run/ours/a/b\040c rw master:1 propagate_from:2 - overlay overlay rw,lowerdir=x
32 22 0:28 / /run/ours-not/a rw - tmpfs tmpfs rw
33 22 7:0 / /var/ours/v/mnt rw,nosuid - ext4 /dev/loop0 rw
half a line`

func TestMountsAreRead(t *testing.T) {
	mounts := parseMounts(table)
	if len(mounts) != 5 {
		t.Fatalf("%d mounts are read", len(mounts))
	}
	if want := (Mount{Path: "/run/ours/a/b c", Type: "overlay", Source: "overlay"}); mounts[2] != want {
		t.Errorf("read %+v, want %+v", mounts[2], want)
	}
}

func TestMountsBelowAreUndoneInnermostFirstAndNoOthers(t *testing.T) {
	got := under(parseMounts(table), "/run/ours", "/var/ours/")
	want := []string{"/var/ours/v/mnt", "/run/ours/a/b c", "/run/ours/a"}
	if !slices.Equal(got, want) {
		t.Errorf("undone: %q, want %q", got, want)
	}
}
