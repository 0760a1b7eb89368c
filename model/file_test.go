package model

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

var update = flag.Bool("update", false, "write the files in testdata anew")

func TestRoundTrip(t *testing.T) {
	carrying := sample(t)
	carrying.Reliability = sampleBins()
	carrying.Extra = []Section{{Optional + 1, []byte("kelak")}, {Optional + 7, nil}, {Optional + 9, []byte{0}}}
	bare := sample(t)
	bare.Text, bare.Settings, bare.Scale, bare.Manifest.Metrics = nil, nil, nil, nil
	binned := sample(t)
	binned.Reliability = sampleBins()
	empty := &Model{
		Manifest: Manifest{Task: TaskSingle, Topics: []Topic{{ID: "a"}}},
		RowStart: []uint32{0}, Bias: []float64{0}, Slope: []float64{1}, Intercept: []float64{0}, Threshold: []float64{0},
	}
	for name, m := range map[string]*Model{"sample": sample(t), "extra": carrying, "reliability": binned, "bare": bare, "no words": empty, "large": large(t)} {
		t.Run(name, func(t *testing.T) {
			data := encode(t, m)
			got, err := Decode(data)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(encode(t, got), data) || !bytes.Equal(encode(t, m), data) {
				t.Error("the model read does not give the bytes it was read from")
			}
			got.Manifest.Version = ""
			if !reflect.DeepEqual(got, m) {
				t.Errorf("read %+v\nwrote %+v", got.Manifest, m.Manifest)
			}
		})
	}
}

func TestWriteLeavesModelAlone(t *testing.T) {
	m := sample(t)
	encode(t, m)
	if !reflect.DeepEqual(m, sample(t)) {
		t.Error("Write has changed the caller's model")
	}
}

// A file embedded in a program can lie at any address.
func TestDecodeUnaligned(t *testing.T) {
	m := sample(t)
	data := encode(t, m)
	want, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	room := make([]byte, len(data)+8)
	for shift := range 8 {
		copy(room[shift:], data)
		got, err := Decode(room[shift:][:len(data)])
		if err != nil {
			t.Fatalf("at address %d mod 8: %v", shift, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("at address %d mod 8 the model differs", shift)
		}
	}
}

// On a big-endian machine numbers are copied; the copies must agree with the views.
func TestCopiesAgreeWithViews(t *testing.T) {
	m := sample(t)
	if got := encoded(m.RowTopic); !littleEndian() || !bytes.Equal(got, raw(m.RowTopic)) {
		t.Errorf("uint16: % x", got)
	}
	for _, check := range []bool{
		bytes.Equal(encoded(m.RowStart), raw(m.RowStart)),
		bytes.Equal(encoded(m.FormIndex.Slots), raw(m.FormIndex.Slots)),
		bytes.Equal(encoded(m.Scale), raw(m.Scale)),
		bytes.Equal(encoded(m.Bias), raw(m.Bias)),
		reflect.DeepEqual(decoded[uint16](raw(m.RowTopic)), m.RowTopic),
		reflect.DeepEqual(decoded[uint64](raw(m.FormIndex.Slots)), m.FormIndex.Slots),
		reflect.DeepEqual(decoded[float32](raw(m.Scale)), m.Scale),
		reflect.DeepEqual(decoded[float64](raw(m.Bias)), m.Bias),
	} {
		if !check {
			t.Error("a copy of numbers differs from the view of them")
		}
	}
}

// testdata holds a file of each released format version: later readers must open
// them. A new version adds a file, and never changes an old one.
func TestReleasedFiles(t *testing.T) {
	path := filepath.Join("testdata", "v1.tajuk")
	want := encode(t, sample(t))
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m, err := ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m.Manifest.Version = ""
	if !reflect.DeepEqual(m, sample(t)) {
		t.Errorf("%s holds another model than the one it was made from", path)
	}
	stored, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stored, want) {
		t.Errorf("Write gives other bytes than %s holds: a change of the format needs a new version", path)
	}
}

// The lines of the example in the format's description are those of the file.
func TestFormatExample(t *testing.T) {
	source, err := os.ReadFile("read.go")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join("testdata", "v1.tajuk"))
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^//\t([0-9a-f]{8}): ((?:[0-9a-f]{4} ){8})`).FindAllSubmatch(source, -1)
	if len(lines) < 5 {
		t.Fatalf("only %d lines of the example found", len(lines))
	}
	for _, line := range lines {
		var offset int
		if _, err := fmt.Sscanf(string(line[1]), "%x", &offset); err != nil {
			t.Fatal(err)
		}
		want := hex.EncodeToString(data[offset:][:16])
		if got := strings.ReplaceAll(string(line[2]), " ", ""); got != want {
			t.Errorf("at %#x the example has %s, the file %s", offset, got, want)
		}
	}
}

func TestVersionIsDigest(t *testing.T) {
	m := sample(t)
	first, err := m.Digest()
	if err != nil || len(first) != 12 {
		t.Fatalf("Digest() = %q, %v", first, err)
	}
	m.Manifest.Version = first
	if again, _ := m.Digest(); again != first {
		t.Errorf("with its version set, the digest goes from %s to %s", first, again)
	}
	encode(t, m)
	m.Manifest.Version = "000000000000"
	if err := Write(io.Discard, m); !errors.Is(err, ErrDigest) {
		t.Errorf("Write with a wrong version: %v", err)
	}
	m.RowWeight[0]++
	if other, _ := m.Digest(); other == first {
		t.Error("another weight, the same digest")
	}
}

func TestRead(t *testing.T) {
	data := encode(t, sample(t))
	want, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]io.Reader{
		"whole":    bytes.NewReader(data),
		"one byte": iotest.OneByteReader(bytes.NewReader(data)),
		"data err": iotest.DataErrReader(bytes.NewReader(data)),
	} {
		if got, err := Read(r); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := errors.New("the line is cut")
	for _, n := range []int{0, 10, 24, 25, len(data) - 1, len(data)} {
		r := io.MultiReader(bytes.NewReader(data[:n]), iotest.ErrReader(broken))
		if _, err := Read(r); !errors.Is(err, broken) {
			t.Errorf("failing after %d bytes: %v", n, err)
		}
	}
}

// endless never stops giving the same byte.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func TestReadStopsEarly(t *testing.T) {
	if _, err := Read(endless('x')); !errors.Is(err, ErrMagic) {
		t.Errorf("an endless other file: %v", err)
	}
	data := encode(t, sample(t))
	if _, err := Read(io.MultiReader(bytes.NewReader(data), endless(0))); !errors.Is(err, ErrLength) {
		t.Errorf("a model and endless zeros: %v", err)
	}
}

func TestReadFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "m.tajuk")
	if err := os.WriteFile(path, encode(t, sample(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadFile(path); err != nil {
		t.Error(err)
	}
	if _, err := ReadFile(filepath.Join(folder, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := ReadFile(folder); err == nil {
		t.Error("a folder was read as a model")
	}
}

// A claimed length must not be allocated before the bytes are there.
func TestReadAllocatesOnlyWhatIsThere(t *testing.T) {
	head := slices.Concat(header(nil, 1<<31)[:prefixSize], []byte("a few bytes"))
	before := allocated()
	_, err := Read(bytes.NewReader(head))
	if !errors.Is(err, ErrLength) {
		t.Error(err)
	}
	if got := allocated() - before; got > 1<<20 {
		t.Errorf("%d bytes allocated for a file of %d", got, len(head))
	}
}

// limited fails, or falls short, when it is full.
type limited struct {
	room int
	err  error
}

func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.room {
		return l.room, l.err
	}
	l.room -= len(p)
	return len(p), nil
}

func TestWriteReportsFailure(t *testing.T) {
	m := sample(t)
	full := errors.New("the disk is full")
	for room := range len(encode(t, m)) {
		if err := Write(&limited{room, full}, m); !errors.Is(err, full) {
			t.Fatalf("room for %d bytes: %v", room, err)
		}
		if err := Write(&limited{room, nil}, m); !errors.Is(err, io.ErrShortWrite) {
			t.Fatalf("short write at %d bytes: %v", room, err)
		}
	}
}
