package corpus

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// badFiles are what archives of many years hold, each with what is read of it: records, and the
// errors in order. All are read as one folder, so that a file before or after may not suffer.
func badFiles(t *testing.T) []badFile {
	const n = 10_000
	plain := lines(n)
	packed, zst := gzipped(t, plain), zstandard(t, plain)
	gzip3 := gzipped(t, plain) + gzipped(t, "{\"text\":\"x\"}\n")
	frames := zst + strings.Repeat("\xff", 100) + zst
	zip1, tar1 := zipped(t, "f/a.jsonl", plain, "f/b.txt", "b"), tarred(t, "f/a.jsonl", plain, "f/b.txt", "b")
	good := answered("http://a.id/1", htmlAnswer, newsPage("Banjir", "Air meluap ke jalan."))
	return []badFile{
		{"a-good.jsonl", plain, n, nil},
		{"b-cut.jsonl.gz", packed[:len(packed)/2], some, []string{":LINE: the gzip file is cut off"}},
		{"c-trailer.jsonl.gz", packed[:len(packed)-4], n, []string{":10001: the gzip file is cut off"}},
		{"d-members.jsonl.gz", gzip3, n + 1, nil},
		{"e-second-member.jsonl.gz", flip(gzip3, len(packed)), n, []string{":10001: broken gzip file: invalid header"}},
		{"f-frame.jsonl.zst", frames, n, []string{":10001: broken zstd file: "}},
		{"g-cut.jsonl.zst", zst[:len(zst)/2], some, []string{":LINE: the zstd file is cut off"}},
		{"h-window.jsonl.zst", zstdMark + "\x00" + string([]byte{21 << 3}) + "\x01\x00\x00", 0, []string{": broken zstd file: window size exceeded"}},
		{"i-nul.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\x00\"}\n\x00\x00\n{\"text\":\"c\"}\n", 2, []string{":2: broken JSON", ":3: "}},
		{"j-nul.csv", "text\na\n\x00b\nc\n", 2, []string{":3: line 3: NUL at byte 1"}},
		{"k-nul.txt", "a\x00", 0, []string{":1: NUL at byte 2"}},
		{"l-long.jsonl", "{\"text\":\"a\"}\n{\"text\":\"" + strings.Repeat("b", 2<<20) + "\"}\n{\"text\":\"c\"}\n", 2, []string{":2: the record is longer than the limit of 1048576 bytes"}},
		{"m-long.csv", "text\na\n\"" + strings.Repeat("b", 2<<20) + "\"\nc\n", 2, []string{":3: the record is longer than the limit of 1048576 bytes"}},
		{"n-long.ft", "a\n" + strings.Repeat("b", 2<<20) + "\nc\n", 2, []string{":2: the record is longer than the limit of 1048576 bytes"}},
		{"o-long.txt", strings.Repeat("b", 2<<20), 0, []string{":1: the article has 2097152 bytes, more than the limit of 1048576"}},
		{"p-long.txt.gz", gzipped(t, strings.Repeat("b", 2<<20)), 0, []string{":1: the record is longer than the limit of 1048576 bytes"}},
		{"q-quote.csv", "text\na\n\"b\nc\n", 1, []string{":5: a quote opened in the row of line 3 is never closed"}},
		{"r-same-ids.jsonl", "{\"id\":1,\"text\":\"a\"}\n{\"id\":1,\"text\":\"b\"}\n", 2, nil},
		{"s-cut.zip", zip1[:len(zip1)-30], 0, []string{": broken zip file: "}},
		{"t-sum.zip", lie(zip1, 14, 16, 1), n + 1, []string{"!f/a.jsonl:10001: broken zip file: checksum error"}},
		{"u-cut.tar.gz", gzipped(t, tar1)[:20_000], some, []string{"!f/a.jsonl:LINE: the gzip file is cut off", ": after f/a.jsonl: the gzip file is cut off"}},
		{"v-cut.warc", good + good[:len(good)-30], 1, []string{fmt.Sprintf(":record 2 at byte %d: the WARC file is cut off", len(good))}},
		{"w-rubbish.warc.gz", gzipped(t, good) + gzipped(t, "rubbish\r\n\r\n") + gzipped(t, good), 2, []string{fmt.Sprintf(":record 2 at byte %d: a record starts with WARC/1.0", len(good))}},
		{"x-cut.parquet", "PAR1 and no more", 0, []string{": the Parquet file has no footer: was it cut off?"}},
		{"y-empty.jsonl", "", 0, nil},
		{"y-empty.jsonl.gz", "", 0, []string{": the file is empty, not even a compressed nothing"}},
		{"z-good.txt", "z", 1, nil},
	}
}

// some records, but not all, of a file that is broken in the middle.
const some = -1

type badFile struct {
	name, content string
	records       int
	errors        []string // what follows the path, LINE being the line after the last record
}

func TestBadFiles(t *testing.T) {
	dir := t.TempDir()
	files := badFiles(t)
	for _, f := range files {
		writeFile(t, filepath.Join(dir, f.name), f.content)
	}
	link(t, dir, filepath.Join(dir, "loop"))
	link(t, "nowhere.txt", filepath.Join(dir, "zz-nowhere.txt"))
	secret := writeFile(t, filepath.Join(dir, "zz-secret.txt"), "x")
	if err := os.Chmod(secret, 0); err != nil {
		t.Fatal(err)
	}
	files = append(files, badFile{"zz-nowhere.txt", "", 0, []string{": no such file or directory"}})
	if runtime.GOOS == "linux" {
		link(t, "/proc/self/mem", filepath.Join(dir, "zz-disk.txt")) // whose first byte cannot be read
		files = append(files, badFile{"zz-disk.txt", "", 0, []string{": input/output error"}})
	}
	if os.Getuid() == 0 {
		t.Log("running as root, who can read every file: permissions are not tried")
		files = append(files, badFile{"zz-secret.txt", "", 1, nil})
	} else {
		files = append(files, badFile{"zz-secret.txt", "", 0, []string{": permission denied"}})
	}

	records, faults := make(map[string]int), make(map[string][]string)
	for r, err := range Read(t.Context(), []string{dir}, Options{MaxRecord: 1 << 20}) {
		if err == nil {
			records[fileOf(dir, r.Path)]++
		} else {
			file := fileOf(dir, err.Error())
			faults[file] = append(faults[file], strings.TrimPrefix(err.Error(), dir+"/"+file))
		}
	}
	for _, f := range files {
		f.check(t, records[f.name], faults[f.name])
	}
	if len(faults[""]) > 0 {
		t.Errorf("errors without a place: %q", faults[""])
	}
}

// fileOf returns the file of dir that a path or a message starts with.
func fileOf(dir, path string) string {
	rest, ok := strings.CutPrefix(path, dir+"/")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, ":!"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

func (f *badFile) check(t *testing.T, records int, faults []string) {
	if records != f.records && (f.records != some || records == 0 || records >= 10_000) {
		t.Errorf("%s: %d records, want %d", f.name, records, f.records)
	}
	if len(faults) != len(f.errors) {
		t.Errorf("%s: errors %q\nwant %q", f.name, faults, f.errors)
		return
	}
	for i, want := range f.errors {
		if want = strings.Replace(want, "LINE", fmt.Sprint(records+1), 1); !strings.HasPrefix(faults[i], want) {
			t.Errorf("%s: error %q\nwant %q", f.name, faults[i], want)
		}
	}
}

// TestLineFarBeyondTheLimit: memory is about the limit, whatever the line.
func TestLineFarBeyondTheLimit(t *testing.T) {
	const limit, size = 1 << 20, 200 << 20
	for format, around := range map[Format][3]string{
		JSONL: {"{\"text\":\"a\"}\n{\"text\":\"", "\"}\n{\"text\":\"c\"}\n"}, CSV: {"text\na\n\"", "\"\nc\n"}, FastText: {"a\n", "\nc\n"},
	} {
		in := io.MultiReader(strings.NewReader(around[0]), io.LimitReader(letters{}, size), strings.NewReader(around[1]))
		var got []string
		took := allocated(func() {
			for r, err := range Read(t.Context(), []string{"-"}, Options{Format: format, MaxRecord: limit, Stdin: in}) {
				if err != nil {
					got = append(got, err.Error())
				} else {
					got = append(got, r.Text)
				}
			}
		})
		line := 1 + strings.Count(around[0], "\n")
		want := []string{"a", fmt.Sprintf("stdin:%d: the record is longer than the limit of 1048576 bytes", line), "c"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(format, diff)
		}
		if took > 8*limit {
			t.Errorf("%s: %d bytes allocated for a line of %d", format, took, size)
		}
	}
}

// letters are without end.
type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
