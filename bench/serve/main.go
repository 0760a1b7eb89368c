// Serve measures tajuk serve with the built-in model against a server that answers the same
// messages with the same answers and does nothing else. From the root of the repository:
//
//	go run ./bench/serve [-seconds 3] [-rounds 3] [-tajuk bin/tajuk]
//
// The two servers and the load generator are three processes on one machine, so they share its
// cores. Requests are encoded once, before the clock starts; answers are decoded one in a thousand, to
// see that they are good. In each round the two servers are measured in turn, shape by
// shape, and the table has the medians of the rounds:
//
//   - unary: one document a call, 32 callers;
//   - batch: 64 documents a call, 4 callers;
//   - stream: 64 documents a message, 2 streams with 4 messages under way each.
//
// Documents are articles of training-data/articles, cut or repeated to 2,500 bytes. Then come
// overload, ten times as many callers with a deadline of 250 ms, and the time from start to SERVING.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

type settings struct {
	tajuk   string
	seconds float64
	rounds  int
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "echo" {
		check(echo(os.Args[2]))
		return
	}
	var s settings
	flag.StringVar(&s.tajuk, "tajuk", "", "tajuk `BINARY`; without it, one is built")
	flag.Float64Var(&s.seconds, "seconds", 3, "how long each shape is measured")
	flag.IntVar(&s.rounds, "rounds", 3, "rounds")
	flag.Parse()
	check(run(s, os.Stdout))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
}

func run(s settings, out io.Writer) error {
	dir, err := os.MkdirTemp("", "tajuk-bench-serve")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if s.tajuk == "" {
		s.tajuk = filepath.Join(dir, "tajuk")
		build := exec.Command("go", "build", "-trimpath", "-o", s.tajuk, "./cmd/tajuk")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if text, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build tajuk: %w\n%s", err, text)
		}
	}
	docs, err := articles("training-data/articles", 2500)
	if err != nil {
		return err
	}
	starts, err := startTimes(s.tajuk, 5)
	if err != nil {
		return err
	}
	tajuk, err := startTajuk(s.tajuk)
	if err != nil {
		return err
	}
	defer tajuk.stop()
	answers := filepath.Join(dir, "answers")
	if err := record(tajuk, docs, answers); err != nil {
		return err
	}
	echo, err := startEcho(answers)
	if err != nil {
		return err
	}
	defer echo.stop()
	during := time.Duration(s.seconds * float64(time.Second))
	rows, err := compare(tajuk, echo, docs, during, s.rounds)
	if err != nil {
		return err
	}
	printComparison(out, rows)
	over, err := overload(tajuk, docs, during)
	if err != nil {
		return err
	}
	printOverload(out, over)
	fmt.Fprintf(out, "\nFrom start to SERVING, median of %d: %d ms.\n", len(starts), median(starts).Milliseconds())
	return nil
}
