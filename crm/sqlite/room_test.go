package sqlite

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

const mib = 1 << 20

func TestReservesFollowTheVolume(t *testing.T) {
	for total, want := range map[int64][2]int64{
		8 * mib:         {2 * mib, mib / 2},
		512 * mib:       {16 * mib, 8 * mib},
		64 * mib:        {4 * mib, mib},
		10 * 1024 * mib: {16 * mib, 8 * mib},
	} {
		log, essential := Volume{Total: total}.reserves()
		if [2]int64{log, essential} != want {
			t.Errorf("%d MiB: %d and %d bytes, want %v", total/mib, log, essential, want)
		}
	}
}

func TestLimitsLeaveRoomForTheLog(t *testing.T) {
	v := Volume{Total: 64 * mib, Available: 40 * mib} // log 4 MiB, essential 1 MiB
	for _, test := range []struct {
		name               string
		database, log      int64
		wantSoft, wantHard int64 // MiB
	}{
		{"no log yet", 20 * mib, 0, 55, 56},
		{"half of the log's room is taken by the log", 20 * mib, 2 * mib, 57, 58},
		{"a log beyond its reserve", 20 * mib, 10 * mib, 59, 60},
	} {
		soft, hard := v.limits(test.database, test.log, 4096)
		if soft*4096/mib != test.wantSoft || hard*4096/mib != test.wantHard {
			t.Errorf("%s: soft %d MiB, hard %d MiB", test.name, soft*4096/mib, hard*4096/mib)
		}
	}
	if soft, hard := (Volume{Total: 64 * mib}).limits(mib, 0, 4096); soft != 0 || hard != 0 {
		t.Errorf("a full volume: soft %d, hard %d", soft, hard)
	}
}

func TestVolumeIsAsked(t *testing.T) {
	v, err := askVolume(t.TempDir())
	if err != nil || v.Total <= 0 || v.Available < 0 || v.Available > v.Total {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := askVolume("/no/such/folder"); err == nil {
		t.Error("no error for a folder that is not there")
	}
}

// smallVolume pretends that the database is alone on a volume of this size.
func (o *office) smallVolume(total int64) {
	o.t.Helper()
	o.close()
	o.open(func() (Volume, error) {
		used := fileSize(o.path) + fileSize(o.path+"-wal") + fileSize(o.path+"-shm")
		return Volume{Total: total, Available: max(0, total-used)}, nil
	})
}

// fill creates contacts until the volume is full and returns how many fitted.
func (o *office) fill() (last *crm.Contact, count int) {
	o.t.Helper()
	for count = 0; count < 100_000; count++ {
		c := benchContact(count)
		c.Address.Street = fmt.Sprintf("%0200d", count)
		err := o.CreateContact(o.owner, c)
		if errors.Is(err, crm.ErrVolumeFull) {
			return last, count
		}
		if err != nil {
			o.t.Fatalf("contact %d: %v", count, err)
		}
		last = c
	}
	o.t.Fatal("the volume never fills")
	return nil, 0
}

func TestFullVolumeStillReadsAndDeletes(t *testing.T) {
	o := newOffice(t)
	o.smallVolume(6 * mib)
	last, count := o.fill()
	if count < 100 {
		t.Fatalf("only %d contacts fit", count)
	}
	if used := o.Size(); used > 6*mib {
		t.Errorf("the database uses %d bytes of a volume of 6 MiB", used)
	}
	if _, err := o.Contact(o.owner, last.ID); err != nil {
		t.Errorf("read: %v", err)
	}
	if page, err := o.Contacts(o.owner, crm.ContactFilter{Query: "persona1"}); err != nil || len(page.Items) == 0 {
		t.Errorf("list: %v, %v", page.Items, err)
	}
	last.JobTitle = "Ventas"
	if err := o.UpdateContact(o.owner, last); !errors.Is(err, crm.ErrVolumeFull) {
		t.Errorf("update: %v", err)
	}
	var actions []int64
	for id := last.ID; id > last.ID-50; id-- {
		action, err := o.DeleteContact(o.owner, id)
		if err != nil {
			t.Fatalf("delete %d: %v", id, err)
		}
		actions = append(actions, action)
	}
	if _, err := o.UndoAction(o.owner, actions[0]); err != nil {
		t.Errorf("undo: %v", err)
	}
	if _, _, err := o.signIn("lucia@acme.example", ownerPassword, office1); err != nil {
		t.Errorf("sign in: %v", err)
	}
	if used := o.Size(); used > 6*mib {
		t.Errorf("after the deletes the database uses %d bytes of a volume of 6 MiB", used)
	}
	o.reopen()
	if err := Check(t.Context(), o.checkable()); err != nil {
		t.Error(err)
	}
}

func TestEmptyingTheBinMakesRoom(t *testing.T) {
	o := newOffice(t)
	o.smallVolume(8 * mib)
	last, _ := o.fill()
	for id := int64(1); id <= last.ID/2; id++ {
		if _, err := o.DeleteContact(o.owner, id); err != nil {
			t.Fatalf("delete %d: %v", id, err)
		}
	}
	o.clock.Advance(crm.BinTime + time.Second)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := o.CreateContact(o.owner, benchContact(1)); err != nil {
		t.Errorf("create after the bin was emptied: %v", err)
	}
}

func TestLargerVolumeIsNoticed(t *testing.T) {
	o := newOffice(t)
	total := int64(6 * mib)
	o.close()
	o.open(func() (Volume, error) {
		return Volume{Total: total, Available: max(0, total-fileSize(o.path)-fileSize(o.path+"-wal"))}, nil
	})
	o.fill()
	total = 12 * mib
	if err := o.CreateContact(o.owner, benchContact(1)); err != nil {
		t.Errorf("after the volume grew: %v", err)
	}
}

func TestVolumeThatCannotBeMeasuredIsNotFilled(t *testing.T) {
	o := newOffice(t)
	o.close()
	unknown := errors.New("input/output error")
	o.open(func() (Volume, error) { return Volume{}, unknown })
	if err := o.CreateContact(o.owner, benchContact(1)); !errors.Is(err, unknown) {
		t.Errorf("got %v", err)
	}
}

// checkable closes the database and tells where it is.
func (o *office) checkable() string {
	o.t.Helper()
	o.close()
	return o.path
}
