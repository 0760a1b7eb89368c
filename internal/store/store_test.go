package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAddAndList(t *testing.T) {
	s, ids := filled(t, 3)
	if names, err := s.Names(); err != nil || !slices.Equal(names, []string{"mini"}) {
		t.Errorf("names %q, %v", names, err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir(), "catatan.txt"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	activate(t, s, ids[1])
	list, err := s.Versions("mini")
	if err != nil || len(list) != 3 {
		t.Fatalf("%d versions, %v", len(list), err)
	}
	for i, v := range list {
		if v.Version != ids[2-i] && !v.Added.Equal(list[2-i].Added) { // added within one millisecond: by name
			t.Errorf("version %d is %s, want the newest first", i, v.Version)
		}
		if v.Active != (v.Version == ids[1]) || v.Damage != nil || v.Topics != 3 || v.Documents != 60 || v.Task != "multi" || time.Since(v.Added) > time.Minute {
			t.Errorf("listed as %+v", v)
		}
	}
	c, err := s.Load("mini", ids[0])
	if err != nil || c.Version() != "mini@"+ids[0] {
		t.Errorf("loaded %v, %v", c, err)
	}
	if f := list[0].HeldOut(); len(f) != 4 || f["ece"] <= 0 {
		t.Errorf("held-out figures %v", f)
	}
}

func TestAddAgain(t *testing.T) {
	s, ids := filled(t, 1)
	m, added, err := s.Add(Addition{Model: version(t, 0), Report: []byte("{}"), Format: "json"})
	if err != nil || added || m.Version != ids[0] {
		t.Errorf("added again: %v, %v, %v", m.Version, added, err)
	}
	if len(m.Files) != 2 {
		t.Errorf("files %v: a version must not change", m.Files)
	}
	if err := os.Truncate(s.path("mini", ids[0], modelFile), 100); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Add(Addition{Model: version(t, 0)}); !errors.Is(err, ErrDamaged) {
		t.Errorf("over a damaged one: %v", err)
	}
	if err := os.RemoveAll(s.path("mini", ids[0])); err != nil {
		t.Fatal(err)
	}
	if _, added, err := s.Add(Addition{Model: version(t, 0)}); err != nil || !added {
		t.Errorf("after its folder was removed: %v, %v", added, err)
	}
}

func TestNames(t *testing.T) {
	for _, good := range []string{"desk", "Warta-2.1_b", "berita.tajuk", "ékonomi", strings.Repeat("x", maxName)} {
		if err := CheckName(good); err != nil {
			t.Error(err)
		}
	}
	s := newStore(t)
	for _, bad := range []string{"", ".", "..", ".hidden", "../up", "a/b", `a\b`, "a@b", "-flag", "a b", "a\x00", "a\n", "builtin", strings.Repeat("x", maxName+1)} {
		m := version(t, 0)
		m.Manifest.Name = bad
		if _, _, err := s.Add(Addition{Model: m}); !errors.Is(err, ErrName) {
			t.Errorf("name %q: %v", bad, err)
		}
		for _, err := range []error{second(s.Active(bad)), second(s.Versions(bad)), second(s.History(bad)), second(s.Load(bad, "0123456789ab")), second(s.Rollback(bad, Note{}))} {
			if !errors.Is(err, ErrName) {
				t.Errorf("name %q: %v", bad, err)
			}
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(s.Dir())); len(entries) != 1 {
		t.Errorf("%v beside the store", entries)
	}
}

func second[T any](_ T, err error) error { return err }

func TestResolve(t *testing.T) {
	s, ids := filled(t, 20) // so many that two begin alike
	slices.Sort(ids)
	twin := ""
	for i := range ids[1:] {
		if ids[i][0] == ids[i+1][0] {
			twin = ids[i][:1]
		}
	}
	activate(t, s, ids[3])
	for _, test := range []struct {
		ref, want string
		err       error
	}{
		{"mini", ids[3], nil},
		{"mini@" + ids[5], ids[5], nil},
		{"mini@" + ids[5][:11], ids[5], nil},
		{"mini@" + twin, "", ErrAmbiguous},
		{"mini@", "", ErrNotFound},
		{"mini@zz", "", ErrNotFound},
		{"mini@../mini/" + ids[5], "", ErrNotFound},
		{"maxi", "", ErrNotFound},
		{"maxi@" + ids[5], "", ErrNotFound},
		{"../x@1", "", ErrName},
	} {
		_, got, err := s.Resolve(test.ref)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%q: %q, %v, want %q, %v", test.ref, got, err, test.want, test.err)
		}
	}
}

func TestNothingActive(t *testing.T) {
	s, _ := filled(t, 1)
	if _, _, err := s.Resolve("mini"); !errors.Is(err, ErrNoActive) {
		t.Errorf("%v, want %v", err, ErrNoActive)
	}
	if _, err := s.Rollback("mini", Note{}); !errors.Is(err, ErrNoPrevious) {
		t.Errorf("%v, want %v", err, ErrNoPrevious)
	}
	if events, err := s.History("mini"); err != nil || len(events) != 1 || events[0].Action != ActionAdd {
		t.Errorf("%v, %v: an attempt leaves no line", events, err)
	}
}

func TestOpen(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, file + ".no"} {
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if _, err := Create(file); err == nil {
		t.Error("a file was made a store")
	}
}

// A pointer to what is not there is an error on that pointer only.
func TestPointerToNothing(t *testing.T) {
	s, ids := filled(t, 2)
	for content, want := range map[string]error{"0123456789ab\n": nil, "0123456789ab": ErrDamaged, "": ErrDamaged, "../x\n": ErrDamaged, strings.Repeat("0", 65): ErrDamaged} {
		if err := os.WriteFile(s.path("mini", activeFile), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Active("mini"); !errors.Is(err, want) {
			t.Errorf("pointer %q: %v", content, err)
		}
		list, err := s.Versions("mini")
		if err != nil || len(list) < 2 {
			t.Errorf("pointer %q hides the versions: %v, %v", content, list, err)
		}
		if len(list) == 3 && (list[2].Damage == nil || !list[2].Active) {
			t.Errorf("an active version that is not there is listed as %+v", list[2])
		}
		if _, err := s.Load("mini", ids[0]); err != nil {
			t.Error(err)
		}
	}
	activate(t, s, ids[1])
	wantActive(t, s, ids[1])
}

// A damaged version is refused, named, and hides no other.
func TestDamage(t *testing.T) {
	flip := func(data []byte) []byte { data[len(data)/2] ^= 1; return data }
	for _, test := range []struct {
		file   string
		change func([]byte) []byte // nil removes the file
		want   string
	}{
		{modelFile, flip, "checksum mismatch"},
		{modelFile, func(d []byte) []byte { return d[:len(d)-1] }, "bytes"},
		{modelFile, func(d []byte) []byte { return append(d, 0) }, "bytes"},
		{modelFile, nil, "no such file"},
		{selfTestFile, flip, "checksum mismatch"},
		{selfTestFile, nil, "no such file"},
		{manifestFile, nil, "no such file"},
		{manifestFile, func([]byte) []byte { return []byte("{") }, "unexpected EOF"},
		{manifestFile, func(d []byte) []byte { return append(d, "{}"...) }, "something follows"},
		{manifestFile, func(d []byte) []byte { return []byte(strings.Replace(string(d), `"format": 1`, `"format": 2`, 1)) }, "format 2 is not known"},
		{manifestFile, func(d []byte) []byte { return []byte(strings.Replace(string(d), `"mini"`, `"maxi"`, 1)) }, "it is that of maxi"},
		{manifestFile, func(d []byte) []byte { return []byte(strings.Replace(string(d), "model.tajuk", "../active", 1)) }, "no name that a file"},
		{manifestFile, func([]byte) []byte { return []byte(strings.Repeat(" ", maxManifest+1)) }, "more than"},
	} {
		t.Run(test.file+" "+test.want, func(t *testing.T) {
			s, ids := filled(t, 3)
			activate(t, s, ids[0])
			activate(t, s, ids[1])
			path := s.path("mini", ids[0], test.file)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if test.change == nil {
				err = os.Remove(path)
			} else {
				err = os.WriteFile(path, test.change(data), 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, err := range []error{second(s.Load("mini", ids[0])), second(s.Activate("mini", ids[0], Note{})), second(s.Rollback("mini", Note{}))} {
				if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "mini@"+ids[0]+": "+test.file) || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error %v, want one that says %q", err, test.want)
				}
			}
			wantActive(t, s, ids[1])
			if list, err := s.Versions("mini"); err != nil || len(list) != 3 {
				t.Errorf("%d versions, %v", len(list), err)
			}
			activate(t, s, ids[2])
		})
	}
}
