// Stem measures our Snowball stemmer against the C library, on the same words in
// the same run. From the root of the repository:
//
//	go run ./bench/stem [-words 1000000] [-runs 5]
//
// The words are those of ../shared/data/indosum/test.jsonl.gz (or of the folder
// named by TAJUK_SHARED), repeated up to the number asked for, one a line. Three
// times are taken in turn, and the median of the runs is printed:
//
//   - in process: StemBytes over the words in memory, one copy a word included;
//   - tajuk: this program started anew, reading the file and writing the stems;
//   - stemwords: Snowball's own program (Debian: libstemmer-tools) doing the same.
//
// Both programs' outputs must be the same bytes, or the run fails.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/tajuk/tajuk/text/indonesian"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "stem:", err)
		os.Exit(1)
	}
}

// run measures, or, called by itself with -in and -out, stems one file.
func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("stem", flag.ContinueOnError)
	least := flags.Int("words", 1_000_000, "least number of words")
	runs := flags.Int("runs", 5, "number of runs to take the median of")
	in := flags.String("in", "", "stem the words of this file and stop")
	out := flags.String("out", "", "file for the stems, with -in")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *in != "" {
		return stemFile(*in, *out)
	}
	if *least < 1 || *runs < 1 {
		return errors.New("-words and -runs must be 1 or more")
	}
	words, err := corpus(*least)
	if err != nil {
		return err
	}
	return compare(words, *runs, stdout)
}

// stemFile does what stemwords does: one word a line in, one stem a line out.
func stemFile(in, out string) (err error) {
	src, err := os.Open(in)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.Create(out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dst.Close()) }()
	lines, w := bufio.NewScanner(src), bufio.NewWriterSize(dst, 64<<10)
	for lines.Scan() {
		_, _ = w.Write(indonesian.StemBytes(lines.Bytes())) // the first error comes back from Flush
		w.WriteByte('\n')
	}
	return errors.Join(lines.Err(), w.Flush())
}

// corpus returns the lower-case words of the news texts, one a line, repeated.
func corpus(least int) ([]byte, error) {
	root := os.Getenv("TAJUK_SHARED")
	if root == "" {
		root = filepath.Join("..", "shared")
	}
	file, err := os.Open(filepath.Join(root, "data", "indosum", "test.jsonl.gz"))
	if err != nil {
		return nil, fmt.Errorf("no words to measure on: %w; set TAJUK_SHARED to the shared folder", err)
	}
	defer file.Close()
	zip, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file.Name(), err)
	}
	var once []byte
	for dec := json.NewDecoder(zip); ; {
		var doc struct{ Text string }
		if err := dec.Decode(&doc); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name(), err)
		}
		once = appendWords(once, doc.Text)
	}
	n := bytes.Count(once, []byte("\n"))
	if n == 0 {
		return nil, fmt.Errorf("%s: no words", file.Name())
	}
	return bytes.Repeat(once, (least+n-1)/n), nil
}

// appendWords appends the runs of letters a to z of text, one a line.
func appendWords(dst []byte, text string) []byte {
	inside := false
	for _, b := range []byte(text) {
		b |= 'a' - 'A'
		if letter := 'a' <= b && b <= 'z'; letter {
			dst, inside = append(dst, b), true
		} else if inside {
			dst, inside = append(dst, '\n'), false
		}
	}
	if inside {
		dst = append(dst, '\n')
	}
	return dst
}

// compare times the three ways in turn and prints the medians.
func compare(words []byte, runs int, stdout io.Writer) error {
	c, err := exec.LookPath("stemwords")
	if err != nil {
		fmt.Fprintln(stdout, "stemwords not found (Debian: libstemmer-tools); only our own times follow")
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "tajuk-stem-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	in, ours, theirs := filepath.Join(dir, "in"), filepath.Join(dir, "tajuk"), filepath.Join(dir, "c")
	if err := os.WriteFile(in, words, 0o600); err != nil {
		return err
	}
	var inside, program, library []time.Duration
	for range runs {
		inside = append(inside, timeInside(words))
		if program, err = timeProgram(program, self, "-in", in, "-out", ours); err != nil {
			return err
		}
		if c == "" {
			continue
		}
		if library, err = timeProgram(library, c, "-l", "id", "-i", in, "-o", theirs); err != nil {
			return err
		}
		if err := sameFile(ours, theirs); err != nil {
			return err
		}
	}
	n := bytes.Count(words, []byte("\n"))
	fmt.Fprintf(stdout, "%d words, median of %d runs\n\n", n, runs)
	fmt.Fprintf(stdout, "%-28s%10s%12s\n", "", "ns/word", "/ stemwords")
	row(stdout, "StemBytes, in process", n, inside, library)
	row(stdout, "tajuk, file to file", n, program, library)
	row(stdout, "stemwords, file to file", n, library, library)
	return nil
}

// timeInside stems every word in memory. The copy of the word into a buffer is
// counted, since StemBytes may write to it.
func timeInside(words []byte) time.Duration {
	var room [256]byte
	sum := 0
	start := time.Now()
	for len(words) > 0 {
		end := bytes.IndexByte(words, '\n')
		sum += len(indonesian.StemBytes(append(room[:0], words[:end]...)))
		words = words[end+1:]
	}
	if took := time.Since(start); sum > 0 {
		return took
	}
	return 0
}

func timeProgram(times []time.Duration, name string, args ...string) ([]time.Duration, error) {
	start := time.Now()
	if msg, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w: %s", name, err, msg)
	}
	return append(times, time.Since(start)), nil
}

func sameFile(a, b string) error {
	x, err := os.ReadFile(a)
	if err != nil {
		return err
	}
	y, err := os.ReadFile(b)
	if err != nil {
		return err
	}
	if !bytes.Equal(x, y) {
		return fmt.Errorf("the stems differ: tajuk wrote %d bytes, stemwords %d", len(x), len(y))
	}
	return nil
}

// row prints one median in ns a word, and against the median of stemwords.
func row(w io.Writer, name string, words int, times, library []time.Duration) {
	if len(times) == 0 {
		return
	}
	ratio := "-"
	if len(library) > 0 {
		ratio = fmt.Sprintf("%.2f", float64(median(times))/float64(median(library)))
	}
	fmt.Fprintf(w, "%-28s%10.1f%12s\n", name, float64(median(times))/float64(words), ratio)
}

func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2]
}
