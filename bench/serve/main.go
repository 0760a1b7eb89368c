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
// Documents are articles of training-data/articles, cut or repeated to 2,500 bytes. Then come overload, as
// overload.go says, and the time from start to SERVING. With -overload 60s there is overload alone, for so long.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

type settings struct {
	tajuk    string
	seconds  float64
	rounds   int
	overload time.Duration
	deadline time.Duration
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
	flag.DurationVar(&s.overload, "overload", 0, "measure overload alone, for so long")
	flag.DurationVar(&s.deadline, "deadline", 250*time.Millisecond, "of each call of overload; on a busy machine a longer one tells the server from the machine")
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
	if s.overload > 0 {
		return overload(s, docs, s.overload, out)
	}
	if err := throughput(s, dir, docs, out); err != nil {
		return err
	}
	if err := overload(s, docs, during(s), out); err != nil {
		return err
	}
	starts, err := startTimes(s.tajuk, 5)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nFrom start to SERVING, median of %d: %d ms.\n", len(starts), median(starts).Milliseconds())
	return nil
}

func during(s settings) time.Duration { return time.Duration(s.seconds * float64(time.Second)) }

// throughput compares tajuk with an echo of its answers.
func throughput(s settings, dir string, docs []*pb.Document, out io.Writer) error {
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
	rows, err := compare(tajuk, echo, docs, during(s), s.rounds)
	if err != nil {
		return err
	}
	printComparison(out, rows)
	return nil
}
