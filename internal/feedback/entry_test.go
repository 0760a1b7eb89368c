package feedback

import (
	"context"
	"strings"
	"testing"
)

func TestIDs(t *testing.T) {
	for _, id := range []uint64{1, 12, 1e10, 1<<64 - 1} {
		if got, err := ParseID(FormatID(id)); err != nil || got != id {
			t.Errorf("%d: %d, %v", id, got, err)
		}
	}
	for _, bad := range []string{"", "12", "fb-12", "fb-x000000012", "fb-00000000012", "fb--000000001"} {
		if _, err := ParseID(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func FuzzParseLine(f *testing.F) {
	e := correction(1)
	good, err := appendLine(nil, &e)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good[:len(good)-1])
	f.Add([]byte(`{"feedback_id":"fb-0000000001","crc32c":"00000000"}`))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := parseLine(data)
		if err != nil {
			return
		}
		again, err := appendLine(nil, &e)
		if err != nil {
			t.Fatalf("read and not written: %v", err)
		}
		if back, err := parseLine(again[:len(again)-1]); err != nil || back.digest() != e.digest() || back.ID != e.ID {
			t.Errorf("%q is not what was read from %q: %v", again, data, err)
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	l, _, err := Open(b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	b.SetParallelism(32)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if _, _, err := l.Append(context.Background(), Entry{Text: strings.Repeat("teks ", 500), Labels: []string{"law"}}); err != nil {
				b.Error(err)
			}
		}
	})
}
