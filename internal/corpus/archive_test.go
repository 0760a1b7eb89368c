package corpus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// zipped packs names and contents, given in turn, into a zip. A name that ends in "@" is a link.
func zipped(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &zip.FileHeader{Name: strings.TrimSuffix(files[i], "@"), Method: zip.Deflate}
		if h.Name != files[i] {
			h.SetMode(fs.ModeSymlink | 0o777)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, files[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// tarred packs names and contents, given in turn, into a tar. A name that ends in "@" is a link.
func tarred(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &tar.Header{Name: strings.TrimSuffix(files[i], "@"), Mode: 0o644, Size: int64(len(files[i+1])), Typeflag: tar.TypeReg}
		switch {
		case h.Name != files[i]:
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, files[i+1], 0
		case strings.HasSuffix(h.Name, "/"):
			h.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			io.WriteString(w, files[i+1])
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readAs reads content as a file of that name and lists places with texts, and errors.
func readAs(t *testing.T, file, content string, o Options) []string {
	t.Helper()
	dir := t.TempDir()
	path := writeFile(t, filepath.Join(dir, file), content)
	var got []string
	for r, err := range Read(t.Context(), []string{path}, o) {
		if err != nil {
			got = append(got, strings.ReplaceAll(err.Error(), dir+"/", ""))
		} else {
			got = append(got, strings.TrimPrefix(r.Place(), dir+"/")+" "+r.Text)
		}
	}
	return got
}

// packedFiles are files of many kinds, not in the order of their names.
func packedFiles(t testing.TB) []string {
	return []string{
		"f/", "",
		"f/b.jsonl", "{\"text\":\"b1\"}\n{}\n{\"text\":\"b2\"}\n",
		"f/a.txt", "a",
		"c.csv.gz", gzipped(t, "text\nc1\nc2\n"),
		"photo.jpg", "\xff\xd8", ".hidden.txt", "x", "__MACOSX/._a.txt", "x", "f/.git/x.txt", "x",
		"../up.txt", "up", "/root.txt", "root", "./here.txt", "here", `win\dows.txt`, "win",
		"d.html", newsPage("Banjir", "Air meluap ke jalan."),
		"e.warc", answered("u", htmlAnswer, newsPage("Gempa", "Tanah bergetar pagi tadi.")),
		"g.xml", "<a>", "link.txt@", "f/a.txt", "link@", "f/a.txt",
		"inner.zip", zipped(t, "a.txt", "a"), "inner.tgz", gzipped(t, tarred(t, "a.txt", "a")),
		"f/a.txt", "a again",
		"color\x1b[31m.txt", "red",
	}
}

// unpacked is what is read of packedFiles, in their order.
var unpacked = []string{
	"!f/b.jsonl:1 b1", "!f/b.jsonl:2: neither title nor text: give one", "!f/b.jsonl:3 b2",
	"!f/a.txt:1 a", "!c.csv.gz:2 c1", "!c.csv.gz:3 c2",
	"!../up.txt:1 up", "!/root.txt:1 root", "!./here.txt:1 here", `!win\dows.txt:1 win`,
	"!d.html:1 Air meluap ke jalan.", "!e.warc:record 1 at byte 0 Tanah bergetar pagi tadi.",
	"!g.xml: xml is not read: give " + known, "!link.txt: " + errLink.Error(),
	"!inner.zip: " + errNested.Error(), "!inner.tgz: " + errNested.Error(),
	"!f/a.txt:1 a again", "!color\ufffd[31m.txt:1 red",
}

func within(archive string, order ...int) []string {
	var want []string
	for _, i := range order {
		want = append(want, archive+unpacked[i])
	}
	return want
}

func TestTar(t *testing.T) {
	content := tarred(t, packedFiles(t)...)
	for file, content := range map[string]string{
		"a.tar": content, "a.tar.gz": gzipped(t, content), "a.tgz": gzipped(t, content), "a.tar.zst": zstandard(t, content), "noname": content, "a.zip": content,
	} {
		t.Run(file, func(t *testing.T) {
			want := within(file, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)
			if diff := cmp.Diff(want, readAs(t, file, content, Options{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestZip(t *testing.T) {
	content := zipped(t, packedFiles(t)...)
	for file, content := range map[string]string{"a.zip": content, "noname": content, "a.zip.gz": gzipped(t, content), "a.tar": content} {
		t.Run(file, func(t *testing.T) {
			want := within(file, 6, 8, 7, 4, 5, 17, 10, 11, 3, 16, 0, 1, 2, 12, 15, 14, 13, 9)
			if diff := cmp.Diff(want, readAs(t, file, content, Options{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestArchiveIDs: the id of a page or a text is where it lies.
func TestArchiveIDs(t *testing.T) {
	got, errs := readString(zipped(t, "f/a.txt", "a"), Options{})
	if len(errs) > 0 || len(got) != 1 || got[0].ID != "stdin!f/a.txt" || got[0].Path != "stdin!f/a.txt" {
		t.Errorf("%+v %v", got, errs)
	}
}

func TestArchiveWithFormat(t *testing.T) {
	files := []string{"a.txt", `{"text":"a"}`, "noname", `{"text":"b"}`}
	want := []string{"a.tar!a.txt:1 a", "a.tar!noname:1 b"}
	if diff := cmp.Diff(want, readAs(t, "a.tar", tarred(t, files...), Options{Format: JSONL})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"stdin!a.txt:1", "stdin!noname:1"}, placesOf(readString(zipped(t, files...), Options{Format: JSONL}))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"stdin!a.txt:1"}, placesOf(readString(tarred(t, files...), Options{Format: Tar}))); diff != "" {
		t.Error(diff)
	}
}

func placesOf(records []*Record, errs []error) []string {
	var got []string
	for _, r := range records {
		got = append(got, r.Place())
	}
	return append(got, texts(errs)...)
}

// oldTar is a tar of before 1988: without its mark.
func oldTar(t testing.TB) string {
	b := []byte(tarred(t, "a.txt", "a"))
	copy(b[257:265], make([]byte, 8))
	copy(b[148:156], "        ")
	sum := 0
	for _, c := range b[:512] {
		sum += int(c)
	}
	copy(b[148:156], fmt.Sprintf("%06o\x00 ", sum))
	return string(b)
}

// lie changes a field of two bytes in the local and the central header of the first file of a zip.
func lie(content string, local, central int, value uint16) string {
	b := []byte(content)
	binary.LittleEndian.PutUint16(b[local:], value)
	binary.LittleEndian.PutUint16(b[strings.Index(content, "PK\x01\x02")+central:], value)
	return string(b)
}

func TestArchiveFaults(t *testing.T) {
	two := []string{"a.jsonl", lines(3000), "b.txt", "b"}
	zip2, tar2 := zipped(t, two...), tarred(t, two...)
	long := "a.tar!a.jsonl:"
	tests := []struct {
		name, file, content string
		records             int // -1: some, but not all
		want                []string
	}{
		{"old tar", "a.tar", oldTar(t), 1, nil},
		{"empty zip", "a.zip", zipped(t), 0, []string{"a.zip: no article files in this archive: give "}},
		{"empty tar", "a.tar", tarred(t), 0, []string{"a.tar: no article files in this archive: give "}},
		{"no article in tar", "a.tar", tarred(t, "a.jpg", ""), 0, []string{"a.tar: no article files in this archive: give "}},
		{"not even a tar", "a.tar", "Hujan", 0, []string{"a.tar: the tar file is cut off"}},
		{"text named tar", "a.tar", strings.Repeat("Hujan deras. ", 100), 0, []string{"a.tar: broken tar file: what should be"}},
		{"tar cut off in a header", "a.tar", tar2[:300], 0, []string{"a.tar: the tar file is cut off"}},
		{"tar cut off in a file", "a.tar", tar2[:len(tar2)/2], -1, []string{long, "a.tar: after a.jsonl: the tar file is cut off"}},
		{"tar.gz cut off", "a.tar", gzipped(t, tar2)[:5000], -1, []string{long, "a.tar: after a.jsonl: the gzip file is cut off"}},
		{"tar.gz cut off in the trailer", "a.tar", gzipped(t, tar2)[:len(gzipped(t, tar2))-4], 3001, []string{"a.tar: the gzip file is cut off"}},
		{"two tars in one", "a.tar", tar2 + tar2, 3001, []string{"a.tar: something follows the end of the tar archive"}},
		{"zeros after a tar", "a.tar", tar2 + strings.Repeat("\x00", 10000), 3001, nil},
		{"zip cut off", "a.zip", zip2[:len(zip2)-10], 0, []string{"a.zip: broken zip file: its directory"}},
		{"zip with a broken file", "a.zip", lie(zip2, 14, 16, 1), 3001, []string{"a.zip!a.jsonl:3001: broken zip file: checksum error"}},
		{"encrypted", "a.zip", lie(zip2, 6, 8, 9), 1, []string{"a.zip!a.jsonl: the file is encrypted"}},
		{"unknown method", "a.zip", lie(zip2, 8, 10, 14), 1, []string{"a.zip!a.jsonl: packed by method 14, which is not read"}},
		{"overlapping", "a.zip", overlappingZip(t), 0, []string{"a.zip: files in the zip overlap"}},
		{"sparse", "a.tar", sparseTar(t), 0, []string{"a.tar!a.txt: a sparse file in an archive is not read"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			records, faults := 0, []string(nil)
			for _, line := range readAs(t, test.file, test.content, Options{}) {
				if strings.Contains(line, ": ") {
					faults = append(faults, line)
				} else {
					records++
				}
			}
			if records != test.records && (test.records >= 0 || records == 0 || records > 3001) {
				t.Errorf("%d records, want %d", records, test.records)
			}
			if len(faults) != len(test.want) {
				t.Fatalf("%q\nwant %q", faults, test.want)
			}
			for i, fault := range faults {
				if !strings.HasPrefix(fault, test.want[i]) {
					t.Errorf("%q\nwant %q", fault, test.want[i])
				}
			}
		})
	}
}

// overlappingZip is a zip bomb in the small: every entry of its directory is the same file.
func overlappingZip(t testing.TB) string {
	one := zipped(t, "a.txt", strings.Repeat("a", 100_000))
	at := strings.Index(one, "PK\x01\x02")
	end := strings.Index(one, "PK\x05\x06")
	entry := one[at:end]
	b := []byte(one[:at] + strings.Repeat(entry, 50) + one[end:])
	tail := b[len(b)-22:]
	binary.LittleEndian.PutUint16(tail[8:], 50)
	binary.LittleEndian.PutUint16(tail[10:], 50)
	binary.LittleEndian.PutUint32(tail[12:], uint32(50*len(entry)))
	// room for more packed bytes than there are
	for i := range 50 {
		binary.LittleEndian.PutUint32(b[at+i*len(entry)+20:], uint32(len(b)/40))
	}
	return string(b)
}

// sparseTar claims a file of a terabyte of zeros.
func sparseTar(t testing.TB) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	h := &tar.Header{Name: "a.txt", Size: 0, Typeflag: tar.TypeReg, Format: tar.FormatGNU}
	if err := w.WriteHeader(h); err != nil {
		t.Fatal(err)
	}
	block := b.Bytes()
	block[156] = tar.TypeGNUSparse
	copy(block[483:], "0017777777777\x00") // the size it is said to have
	copy(block[148:156], "        ")
	sum := 0
	for _, c := range block[:512] {
		sum += int(c)
	}
	copy(block[148:156], fmt.Sprintf("%06o\x00 ", sum))
	return string(block[:512])
}

// TestZipSizeIsNotBelieved: the size that a zip gives a file decides neither memory nor its end.
func TestZipSizeIsNotBelieved(t *testing.T) {
	content := zipped(t, "a.txt", strings.Repeat("a", 5000))
	b := []byte(content)
	binary.LittleEndian.PutUint32(b[strings.Index(content, "PK\x01\x02")+24:], 100)
	got := readAs(t, "a.zip", string(b), Options{})
	if len(got) != 1 || !strings.HasPrefix(got[0], "a.zip!a.txt: broken zip file") {
		t.Errorf("%.200q", got)
	}
}

func TestLargeMembers(t *testing.T) {
	files := []string{"a.txt", strings.Repeat("a", 2000), "b.jsonl", "{\"text\":\"" + strings.Repeat("b", 2000) + "\"}\n{\"text\":\"c\"}\n", "c.html", newsPage("d", strings.Repeat("kata ", 400))}
	want := []string{
		"!a.txt:1: the article has 2000 bytes, more than the limit of 1000",
		"!b.jsonl:1: the record is longer than the limit of 1000 bytes",
		"!b.jsonl:2 c",
		fmt.Sprintf("!c.html:1: the article has %d bytes, more than the limit of 1000", len(files[5])),
	}
	for file, content := range map[string]string{"a.zip": zipped(t, files...), "a.tar": tarred(t, files...)} {
		var got []string
		for _, line := range readAs(t, file, content, Options{MaxRecord: 1000}) {
			got = append(got, strings.TrimPrefix(line, file))
		}
		if file == "a.zip" && len(content) > 1000 {
			t.Fatalf("the zip has %d bytes", len(content))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(file, diff)
		}
	}
	packed := gzipped(t, zipped(t, "a.txt", lines(1000)))
	got := readAs(t, "a.zip.gz", packed, Options{MaxRecord: 1000})
	if len(got) != 1 || !strings.HasPrefix(got[0], "a.zip.gz: more than 1000 bytes of a kind that is read from its end") {
		t.Errorf("%q", got)
	}
}

func TestZstdInZip(t *testing.T) {
	packed := zstandard(t, "Hujan")
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateRaw(&zip.FileHeader{Name: "a.txt", Method: 93, CompressedSize64: uint64(len(packed)), UncompressedSize64: 5, CRC32: crc32.ChecksumIEEE([]byte("Hujan"))})
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(f, packed)
	w.Close()
	if diff := cmp.Diff([]string{"a.zip!a.txt:1 Hujan"}, readAs(t, "a.zip", b.String(), Options{})); diff != "" {
		t.Error(diff)
	}
}

func TestBreakInArchive(t *testing.T) {
	for _, content := range []string{zipped(t, packedFiles(t)...), tarred(t, packedFiles(t)...)} {
		for stop := 1; stop <= len(unpacked); stop++ {
			n := 0
			for range Read(t.Context(), []string{"-", "-"}, Options{Stdin: strings.NewReader(content)}) {
				if n++; n == stop {
					break
				}
			}
			if n != stop {
				t.Errorf("%d steps before stop %d", n, stop)
			}
		}
	}
}
