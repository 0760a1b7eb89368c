package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/text/indonesian"
)

const stemHelp = `Stem Indonesian words: prints word, tab, stem, and with --reason another tab and the affixes
that were removed. Without WORD, words are read from standard input, one a line.

Mode snowball is the algorithm of Snowball, light removes particles and possessives only (-lah, -nya),
none only folds the case.`

const stemExamples = `  tajuk stem memperdagangkan bukunya
  tajuk stem --reason --mode light bukunyalah
  tajuk stem < words.txt`

// longestWord bounds a line of words; it is there to refuse what is no list of words.
const longestWord = 1 << 20

type stemFlags struct {
	mode   string
	reason bool
}

func (a *app) stemCommand() *cobra.Command {
	c := &cobra.Command{Use: "stem [WORD...]", Short: "stem Indonesian words", Long: stemHelp, Example: stemExamples}
	var f stemFlags
	choice(c, &f.mode, "mode", []string{"snowball", "light", "none"}, "root", "how to stem")
	c.Flags().BoolVar(&f.reason, "reason", false, "say why")
	return a.action(c, func(ctx context.Context, words []string) error { return a.stem(ctx, f, words) })
}

func (a *app) stem(ctx context.Context, f stemFlags, words []string) error {
	s := stemmer{out: bufio.NewWriterSize(a.stdout, outputBuffer), mode: f.mode, reason: f.reason}
	var err error
	if len(words) > 0 {
		err = s.list(words)
	} else {
		if isTerminal(a.stdin) {
			a.note("reading words from standard input, one a line: end it with Ctrl-D")
		}
		err = s.lines(newWaiting(ctx, a.stdin, func() { _ = s.out.Flush() }), a.stderr)
	}
	if flushed := s.out.Flush(); flushed != nil {
		return failed("cannot write standard output: %w", flushed)
	}
	return err
}

// stemmer writes stems.
type stemmer struct {
	out    *bufio.Writer
	mode   string
	reason bool
}

func (s *stemmer) list(words []string) error {
	for _, w := range words {
		if strings.ContainsAny(w, "\t\n") {
			return usage("word %q holds a tab or a line break", w)
		}
		s.word(w)
	}
	return nil
}

// lines stems a word a line; an empty line stays one. Lines that hold a tab are left out.
func (s *stemmer) lines(in io.Reader, talk io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, outputBuffer), longestWord)
	number, bad := 0, 0
	for lines.Scan() {
		number++
		if bytes.IndexByte(lines.Bytes(), '\t') >= 0 {
			bad++
			fmt.Fprintf(talk, "stdin:%d: a tab in %q: give one word a line\n", number, lines.Text())
			continue
		}
		s.word(lines.Text())
	}
	err := lines.Err()
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, bufio.ErrTooLong):
		return failed("stdin:%d: a line of more than %d bytes", number+1, longestWord).hint("give one word a line")
	case err != nil:
		return failed("stdin:%d: %w", number+1, err)
	case bad > 0:
		return leftOut(0, bad, number-bad)
	}
	return nil
}

func (s *stemmer) word(word string) {
	if strings.TrimSpace(word) == "" {
		_ = s.out.WriteByte('\n')
		return
	}
	_, _ = s.out.WriteString(word) // the writer keeps its first error for Flush
	_ = s.out.WriteByte('\t')
	stem, reason := s.stem(word)
	_, _ = s.out.WriteString(stem)
	if s.reason {
		_ = s.out.WriteByte('\t')
		_, _ = s.out.WriteString(reason)
	}
	_ = s.out.WriteByte('\n')
}

func (s *stemmer) stem(word string) (stem, reason string) {
	switch s.mode {
	case "none":
		return strings.ToLower(strings.TrimSpace(word)), "no stemmer"
	case "light":
		low := strings.ToLower(strings.TrimSpace(word))
		stem = string(indonesian.Light([]byte(low)))
		return stem, lightReason(low[len(stem):])
	}
	if s.reason {
		return indonesian.Explain(word)
	}
	return indonesian.Stem(word, true), ""
}

// lightReason lists the endings that were removed, in the order of their removal.
func lightReason(cut string) string {
	if cut == "" {
		return indonesian.ReasonUnchanged
	}
	for _, particle := range []string{"kah", "lah", "pun"} {
		if rest, ok := strings.CutSuffix(cut, particle); ok && rest != "" {
			return "-" + particle + ", -" + rest
		}
	}
	return "-" + cut
}
