package feedback

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/internal/corpus"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, dir string, o Options) (*Log, *Report) {
	t.Helper()
	o.Now = func() time.Time { return noon }
	l, report, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l, report
}

// correction is the n-th entry of a test, as the log is to return it.
func correction(n int) Entry {
	return Entry{
		ID: uint64(n), Created: noon, RequestID: fmt.Sprint("request ", n),
		DocumentID: fmt.Sprint("a", n), Title: "Kapal \"berlayar\"", Text: "baris satu\nbaris dua",
		Labels: []string{"military"}, NotLabels: []string{"law"}, Partial: n%2 == 0,
		ModelVersion: "desk@1", Author: "ani", Comment: "jelas",
	}
}

func add(t *testing.T, l *Log, e Entry) uint64 {
	t.Helper()
	id, _, err := l.Append(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// all lists everything, page by page.
func all(t *testing.T, l *Log) (entries []Entry) {
	t.Helper()
	for after, more := uint64(0), true; more; {
		var page []Entry
		var err error
		if page, more, err = l.List(after, 2, 1<<20); err != nil {
			t.Fatal(err)
		}
		if entries = append(entries, page...); len(page) > 0 {
			after = page[len(page)-1].ID
		}
	}
	return entries
}

func corrections(numbers ...int) (entries []Entry) {
	for _, n := range numbers {
		entries = append(entries, correction(n))
	}
	return entries
}

func TestEntriesSurviveReopening(t *testing.T) {
	dir := t.TempDir()
	l, report := open(t, dir, Options{})
	if report.Entries != 0 || report.DamagedLines != 0 || report.Torn != "" {
		t.Errorf("a new log reports %+v", report)
	}
	for n := 1; n <= 5; n++ {
		add(t, l, correction(n))
	}
	want := corrections(1, 2, 3, 4, 5)
	if diff := cmp.Diff(want, all(t, l)); diff != "" {
		t.Error(diff)
	}
	if err := errors.Join(l.Close(), l.Close()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := l.Append(t.Context(), correction(6)); !errors.Is(err, ErrClosed) {
		t.Errorf("append to a closed log: %v", err)
	}
	l, report = open(t, dir, Options{})
	if diff := cmp.Diff(want, all(t, l)); diff != "" || report.Entries != 5 || l.Len() != 5 {
		t.Error(report, diff)
	}
	if id := add(t, l, correction(6)); id != 6 {
		t.Errorf("the next id is %d", id)
	}
}

func TestRequestIDs(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{})
	add(t, l, correction(1))
	for range 2 { // before and after a restart
		if id := add(t, l, correction(1)); id != 1 || l.Len() != 1 {
			t.Errorf("a repeat is entry %d of %d", id, l.Len())
		}
		other := correction(1)
		other.Labels, other.NotLabels = nil, []string{"military", "law"}
		if _, _, err := l.Append(t.Context(), other); !errors.Is(err, ErrReused) {
			t.Errorf("the id with other content: %v", err)
		}
		l.Close()
		l, _ = open(t, dir, Options{})
	}
	for range 2 {
		e := correction(2)
		e.RequestID = ""
		add(t, l, e)
	}
	if l.Len() != 3 {
		t.Errorf("%d entries: without request ids nothing is a repeat", l.Len())
	}
}

// TestTornAtEveryByte cuts the last segment at each byte of its last line.
func TestTornAtEveryByte(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{})
	add(t, l, correction(1))
	first, _ := os.ReadFile(filepath.Join(dir, segmentName(1)))
	add(t, l, correction(2))
	l.Close()
	whole, err := os.ReadFile(filepath.Join(dir, segmentName(1)))
	if err != nil {
		t.Fatal(err)
	}
	for cut := len(first) + 1; cut < len(whole); cut += 7 {
		dir := t.TempDir()
		file := filepath.Join(dir, segmentName(1))
		if err := os.WriteFile(file, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		l, report := open(t, dir, Options{})
		torn, _ := os.ReadFile(filepath.Join(dir, report.Torn))
		if string(torn) != string(whole[len(first):cut]) || report.TornBytes != int64(len(torn)) || report.DamagedLines != 0 {
			t.Fatalf("cut at %d: %+v, kept %q", cut, report, torn)
		}
		add(t, l, correction(2))
		if diff := cmp.Diff(corrections(1, 2), all(t, l)); diff != "" {
			t.Fatal(diff)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(file); string(got) != string(whole) {
			t.Fatalf("cut at %d and written again: %q", cut, got)
		}
	}
}

func TestDamageIsPassedOver(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{})
	for n := 1; n <= 4; n++ {
		add(t, l, correction(n))
	}
	l.Close()
	file := filepath.Join(dir, segmentName(1))
	whole, _ := os.ReadFile(file)
	lines := strings.SplitAfter(string(whole), "\n")
	flipped := strings.Replace(lines[1], "military", "militari", 1)
	for _, test := range []struct {
		name, content string
		want          []int
		reports       []string
		torn          string
	}{
		{"a changed line", lines[0] + flipped + lines[2] + lines[3], []int{1, 3, 4}, []string{"feedback-000001.jsonl:2: damaged"}, ""},
		{"not a log", "halo\n" + lines[2], []int{3}, []string{"feedback-000001.jsonl:1: damaged"}, ""},
		{"a line twice", lines[0] + lines[0] + lines[1], []int{1, 2}, []string{":2: feedback id fb-0000000001 is not above"}, ""},
		{"damage at the end", lines[0] + flipped + "\x00\x00\x00", []int{1}, nil, flipped + "\x00\x00\x00"},
		{"nothing good", "\x00\x00", nil, nil, "\x00\x00"},
		{"empty", "", nil, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := os.WriteFile(file, []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			l, report := open(t, dir, Options{})
			defer l.Close()
			if diff := cmp.Diff(corrections(test.want...), all(t, l)); diff != "" {
				t.Error(diff)
			}
			if len(report.Damaged) != len(test.reports) || report.DamagedLines != len(test.reports) {
				t.Fatalf("reports %q, want %q", report.Damaged, test.reports)
			}
			for i, want := range test.reports {
				if !strings.Contains(report.Damaged[i], want) {
					t.Errorf("reports %q, want %q", report.Damaged[i], want)
				}
			}
			if kept, _ := os.ReadFile(filepath.Join(dir, report.Torn)); string(kept) != test.torn {
				t.Errorf("kept aside %q, want %q", kept, test.torn)
			}
			e := correction(9)
			if id := add(t, l, e); id <= uint64(len(test.want)) {
				t.Errorf("id %d", id)
			}
		})
	}
}

func TestSegments(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{SegmentBytes: 700})
	var want []Entry
	for n := 1; n <= 9; n++ {
		add(t, l, correction(n))
		want = append(want, correction(n))
	}
	l.Close()
	files, _ := filepath.Glob(filepath.Join(dir, "feedback-*.jsonl"))
	if len(files) < 4 {
		t.Fatalf("segments %q", files)
	}
	for _, name := range files {
		if info, _ := os.Stat(name); info.Size() > 700 || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %d bytes, mode %v", name, info.Size(), info.Mode())
		}
	}
	l, _ = open(t, dir, Options{SegmentBytes: 700})
	if diff := cmp.Diff(want, all(t, l)); diff != "" {
		t.Error(diff)
	}
	l.Close()
	if err := os.Remove(files[0]); err != nil { // taken away by an operator
		t.Fatal(err)
	}
	l, report := open(t, dir, Options{SegmentBytes: 700})
	if got := all(t, l); report.DamagedLines != 0 || !cmp.Equal(got, want[len(want)-len(got):]) || len(got) == 0 {
		t.Errorf("without the first segment: %+v, %d entries", report, len(got))
	}
}

// TestManyAtOnce: concurrent callers, each request sent twice, with a small segment.
func TestManyAtOnce(t *testing.T) {
	const requests = 200
	dir := t.TempDir()
	l, _ := open(t, dir, Options{SegmentBytes: 10_000})
	ids := make([]uint64, 2*requests)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() { ids[i], _, _ = l.Append(context.Background(), correction(i/2+1)) })
	}
	wg.Wait()
	for i := range requests {
		if ids[2*i] == 0 || ids[2*i] != ids[2*i+1] {
			t.Errorf("request %d is stored as %d and %d", i, ids[2*i], ids[2*i+1])
		}
	}
	if got := all(t, l); len(got) != requests {
		t.Errorf("%d entries, want %d", len(got), requests)
	}
}

// TestReadAsTrainingData: a log is a folder of articles with labels.
func TestReadAsTrainingData(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{})
	for n := 1; n <= 3; n++ {
		add(t, l, correction(n))
	}
	l.Close()
	n := 0
	for rec, err := range corpus.Read(t.Context(), []string{filepath.Join(dir, segmentName(1))}, corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		want := correction(n)
		got := Entry{
			ID: want.ID, Created: noon, RequestID: want.RequestID, DocumentID: rec.ID, Title: rec.Title, Text: rec.Text, Labels: rec.Labels,
			NotLabels: rec.NotLabels, Partial: rec.Partial, ModelVersion: want.ModelVersion, Author: want.Author, Comment: want.Comment,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	if n != 3 {
		t.Errorf("%d articles", n)
	}
}

// TestRead reads what a log in use has on disk, damage included.
func TestRead(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{SegmentBytes: 700})
	for n := 1; n <= 5; n++ {
		add(t, l, correction(n))
	}
	first := filepath.Join(dir, segmentName(1))
	data, _ := os.ReadFile(first)
	if err := os.WriteFile(first, []byte(strings.Replace(string(data), "law", "lau", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := l.active.WriteAt([]byte(`{"id":"half`), l.size); err != nil {
		t.Fatal(err)
	}
	var got []Entry
	var bad []string
	for e, err := range Read(dir) {
		if err != nil {
			bad = append(bad, err.Error())
			continue
		}
		got = append(got, e)
	}
	if diff := cmp.Diff(corrections(2, 3, 4, 5), got); diff != "" {
		t.Error(diff)
	}
	if want := first + ":1: " + errDamaged.Error(); len(bad) != 1 || bad[0] != want {
		t.Errorf("errors %q, want %q", bad, want)
	}
	for e, err := range Read(filepath.Join(dir, "none")) {
		if !errors.Is(err, os.ErrNotExist) {
			t.Errorf("no folder: %v, %v", e, err)
		}
	}
}

func TestLatest(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{})
	for i, document := range []string{"a", "b", "a", "", ""} {
		e := correction(i + 1)
		e.DocumentID = document
		add(t, l, e)
	}
	last := Latest(Read(dir))
	var got []uint64
	for _, e := range all(t, l) {
		if last[e.Article()] == e.ID {
			got = append(got, e.ID)
		}
	}
	if diff := cmp.Diff([]uint64{2, 3, 5}, got); diff != "" {
		t.Error(diff)
	}
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{})
	if _, _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("a second log in the folder: %v", err)
	}
	for name, e := range map[string]Entry{
		"not UTF-8": {Text: "\xff"},
		"too long":  {Text: strings.Repeat("\x01", MaxLineBytes/6)},
	} {
		if _, _, err := l.Append(t.Context(), e); err == nil {
			t.Errorf("%s: stored", name)
		}
	}
	if got := all(t, l); len(got) != 0 {
		t.Errorf("stored %v", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := l.Append(ctx, correction(1)); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Open(file, Options{}); err == nil {
		t.Error("a file is opened as a folder")
	}
}

// TestDiskFails: what could not be written is not there, and if that cannot be made
// sure, the log takes no more.
func TestDiskFails(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{})
	add(t, l, correction(1))
	l.active.Close() // every write fails from now on, and so does undoing it
	for _, want := range []string{"closed", "must be opened again"} {
		if _, _, err := l.Append(t.Context(), correction(2)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if diff := cmp.Diff(corrections(1), all(t, l)); diff != "" {
		t.Error(diff)
	}
	l.Close()
	l, _ = open(t, dir, Options{})
	add(t, l, correction(2))
	if diff := cmp.Diff(corrections(1, 2), all(t, l)); diff != "" {
		t.Error(diff)
	}
}
