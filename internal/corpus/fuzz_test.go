package corpus

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// checkRead reads content and checks what holds for every format: each step
// is a sound record or an error with a place, lines rise, and records survive
// being written and read again. It returns the number of records and faults.
func checkRead(t *testing.T, content string, o Options) (records, faults int) {
	t.Helper()
	got, errs := readString(content, o)
	last := 0
	for _, r := range got {
		if r.Line <= last || len(r.Labels) > 0 && isBlank(r.Title) && isBlank(r.Text) || !utf8.ValidString(r.Title+r.Text+r.ID) {
			t.Errorf("unsound record after line %d: %+v", last, r)
		}
		if r.Extra != nil && !json.Valid(r.Extra) {
			t.Errorf("extra keys are no JSON: %q", r.Extra)
		}
		last = r.Line
		line, err := AppendJSON(nil, &r.Document)
		if err != nil {
			t.Fatal(err)
		}
		again, errs := readString(string(line), Options{Format: JSONL})
		if len(errs) > 0 {
			t.Fatalf("%s: %v", line, errs)
		}
		if diff := cmp.Diff(withCompactExtra(r), withCompactExtra(again[0])); diff != "" {
			t.Error(diff)
		}
	}
	for _, err := range errs {
		bad, ok := errors.AsType[*RecordError](err)
		if ok && (bad.Line < 1 || bad.Line > 1+strings.Count(content, "\n")) {
			t.Errorf("no such line: %v", err)
		}
	}
	return len(got), len(errs)
}

// withCompactExtra returns the document of r without spaces in Extra, and without
// the difference between an empty and an absent list.
func withCompactExtra(r *Record) any {
	d := r.Document
	var b bytes.Buffer
	if d.Extra != nil {
		json.Compact(&b, d.Extra)
	}
	d.Extra = b.Bytes()
	for _, list := range []*[]string{&d.Labels, &d.NotLabels, &d.Disputed} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	return d
}

// filledLines counts the lines that are not blank.
func filledLines(content string) int {
	n := 0
	for line := range strings.SplitSeq(strings.TrimPrefix(content, bom), "\n") {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

func FuzzJSONL(f *testing.F) {
	f.Add("{\"text\":\"a\"}\n\n{\"text\":7}\r\n{\"title\":\"b\",\"labels\":[\"x\"],\"n\":{\"y\": 1}}")
	f.Add(bom + `{"id":1.5e3,"te\u0078t":"\ud83d\ude00\n","partial":true}` + "\n{\"text\":\"\xff\"}\n{}\n[")
	f.Add(`{"text":"a","text":"b"}` + "\n \t\n" + `{"text":"a"} {`)
	f.Fuzz(func(t *testing.T, content string) {
		records, faults := checkRead(t, content, Options{Format: JSONL, MaxRecord: 1000})
		if skipCompressed(content) {
			return
		}
		if want := filledLines(content); records+faults != want {
			t.Errorf("%d records + %d faults, want %d lines that are not blank", records, faults, want)
		}
	})
}

func FuzzFastText(f *testing.F) {
	f.Add("__label__a __label__b x\n\ny __label__c z\n__label__ \n__label__q\r\n")
	f.Add("__label__\xff a\n\x00\n" + strings.Repeat("x", 1001))
	f.Fuzz(func(t *testing.T, content string) {
		records, faults := checkRead(t, content, Options{Format: FastText, MaxRecord: 1000})
		if skipCompressed(content) {
			return
		}
		if want := filledLines(content); records+faults != want {
			t.Errorf("%d records + %d faults, want %d lines that are not blank", records, faults, want)
		}
	})
}

// skipCompressed tells content that happens to start like a compressed file,
// whose lines are not the lines of content.
func skipCompressed(content string) bool {
	return strings.HasPrefix(content, gzipMark) || strings.HasPrefix(content, zstdMark)
}

// FuzzCSV also compares the cells with those that encoding/csv reads.
func FuzzCSV(f *testing.F) {
	f.Add("id,text,labels\n1,\"a,\"\"b\"\"\r\n\nc\",x;y\n\n2,b,\n")
	f.Add("text;n\n\"a\n\xff\";1\nb\n\"c\";\"d\n")
	f.Add("\xd8,\xac")
	f.Add("text\ta\nb \"c\" d\t\"e\tf\"\n\x00\t\n")
	f.Fuzz(func(t *testing.T, content string) {
		for _, format := range []Format{CSV, TSV} {
			checkRead(t, content, Options{Format: format, MaxRecord: 1000})
		}
		compareRows(t, strings.TrimPrefix(content, bom))
	})
}

// compareRows reads content as rows here and by encoding/csv, as far as both accept it.
func compareRows(t *testing.T, content string) {
	if strings.Contains(strings.ReplaceAll(content, "\r\n", ""), "\r") {
		return // they differ in what a lone carriage return means
	}
	standard := csv.NewReader(strings.NewReader(content))
	standard.FieldsPerRecord = -1
	in := newOpener(nil).raw
	in.Reset(strings.NewReader(content))
	rows := rowReader{lineReader: lineReader{in: in, max: 1 << 20}, separator: ',', strict: true}
	for {
		want, errWant := standard.Read()
		got, errGot := rows.next()
		if errWant == io.EOF && errGot == io.EOF {
			return
		}
		if errWant != nil {
			if errGot == nil {
				t.Errorf("read %q where encoding/csv has %v", got, errWant)
			}
			return
		}
		if errGot != nil {
			if row := strings.Join(want, ","); utf8.ValidString(row) && !strings.Contains(row, "\x00") {
				t.Errorf("%v where encoding/csv reads %q", errGot, want)
			}
			return
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
}

func FuzzTopics(f *testing.F) {
	f.Add([]byte("topics:\n- {id: a, parent: b, name: {id: A, en: B}, iptc: 09000000}\n- id: b\n  is: x\n"))
	f.Add([]byte("topics:\n- &x {id: a}\n- *x\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		topics, err := parseTopics(data)
		if err != nil {
			return
		}
		ids := make(map[string]bool)
		for _, topic := range topics {
			if topic.ID == "" || ids[topic.ID] || !isIPTC(topic.IPTC) {
				t.Errorf("unsound topic %+v", topic)
			}
			ids[topic.ID] = true
		}
		for _, topic := range topics {
			if topic.Parent != "" && !ids[topic.Parent] {
				t.Errorf("unknown parent in %+v", topic)
			}
		}
	})
}

// FuzzOpen feeds arbitrary bytes through detection and decompression.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(gzipped(f, "{\"text\":\"a\"}\n")), "a.jsonl.gz")
	f.Add([]byte(zstandard(f, "text\na\n")), "a.csv.zst")
	f.Add([]byte("__label__a b"), "noname")
	f.Add([]byte("PK\x03\x04"), "a.zip")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		path := filepath.Join(dir, "f"+filepath.Ext(trimCompression(filepath.Base(name)))+filepath.Ext(name))
		if os.WriteFile(path, data, 0o600) != nil {
			return // a name that the file system refuses
		}
		defer os.Remove(path)
		records, errs := ReadAll(t.Context(), []string{path}, Options{MaxRecord: 1000})
		for _, err := range errs {
			_, isRecord := errors.AsType[*RecordError](err)
			_, isSource := errors.AsType[*SourceError](err)
			if !isRecord && !isSource {
				t.Errorf("error without a place: %v", err)
			}
		}
		for _, r := range records {
			if len(r.Text) > 1000 {
				t.Errorf("a record of %d bytes", len(r.Text))
			}
		}
	})
}

// allocated returns how many bytes f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// fuzzContent reads content as standard input: each error has a place, each record is within the limit.
func fuzzContent(t *testing.T, content []byte, o Options) {
	o.Stdin, o.MaxRecord = bytes.NewReader(content), 1<<20
	for r, err := range Read(t.Context(), []string{"-"}, o) {
		_, isRecord := errors.AsType[*RecordError](err)
		_, isSource := errors.AsType[*SourceError](err)
		switch {
		case err != nil && !isRecord && !isSource:
			t.Fatalf("error without a place: %v", err)
		case err != nil && !utf8.ValidString(err.Error()):
			t.Fatalf("error that is no text: %q", err)
		case err == nil && (len(r.Text) > 1<<20 || !utf8.ValidString(r.Place()+r.ID+r.Text) || !strings.HasPrefix(r.Place(), "stdin")):
			t.Fatalf("unsound record at %q", r.Place())
		}
	}
}

func FuzzZip(f *testing.F) {
	f.Add([]byte(zipped(f, packedFiles(f)...)))
	f.Add([]byte(overlappingZip(f)))
	f.Fuzz(func(t *testing.T, content []byte) { fuzzContent(t, content, Options{Format: Zip}) })
}

func FuzzTar(f *testing.F) {
	f.Add([]byte(tarred(f, packedFiles(f)...)))
	f.Add([]byte(oldTar(f)))
	f.Add([]byte(sparseTar(f)))
	f.Fuzz(func(t *testing.T, content []byte) { fuzzContent(t, content, Options{Format: Tar}) })
}

func FuzzWARC(f *testing.F) {
	parts, _ := crawl()
	f.Add([]byte(strings.Join(parts, "")))
	f.Add([]byte(parts[2] + "rubbish\r\n" + parts[10]))
	f.Fuzz(func(t *testing.T, content []byte) { fuzzContent(t, content, Options{Format: WARC}) })
}

func FuzzParquet(f *testing.F) {
	type row struct {
		Text   string   `parquet:"text"`
		Labels []string `parquet:"labels,list"`
		Score  float64  `parquet:"score"`
	}
	f.Add([]byte(parqueted(f, []row{{"a", []string{"x"}, 1}, {"b", nil, 0.5}})))
	f.Fuzz(func(t *testing.T, content []byte) { fuzzContent(t, content, Options{Format: Parquet}) })
}
