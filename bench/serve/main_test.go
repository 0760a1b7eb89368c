package main

import (
	"bytes"
	"os"
	"regexp"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "echo" { // started as the other server
		check(echo(os.Args[2]))
		return
	}
	os.Exit(m.Run())
}

// TestRun measures for a moment: every shape is answered by both servers, and every row printed.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds tajuk")
	}
	t.Chdir("../..")
	var out bytes.Buffer
	if err := run(settings{seconds: 0.1, rounds: 1, deadline: time.Second}, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`(?m)^\| unary, 32 callers \| [1-9]\d* \| [1-9]\d* \|`, `(?m)^\| batches of 64, 4 callers \| [1-9]`, `(?m)^\| stream of batches, 2 streams \| [1-9]`,
		`(?m)^\| unary, peak [1-9]\d* docs/s \| [1-9]`, `(?m)^\| batches of 64, peak [1-9]\d* docs/s \| [1-9]`, `From start to SERVING, median of 5: [1-9]\d* ms`,
	} {
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("no %s in\n%s", want, &out)
		}
	}
}

func TestArticles(t *testing.T) {
	docs, err := articles("../../training-data/articles", 2500)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if n := len(d.Title) + len(d.Text); n > 2500 || n < 2490 {
			t.Fatalf("%d bytes", n)
		}
	}
	if g := groups(docs); len(g) != len(docs)/batch || len(g[0]) != batch {
		t.Errorf("%d groups of %d documents", len(g), len(docs))
	}
	if _, err := articles("nowhere", 1); err == nil {
		t.Error("no articles, and no error")
	}
}

func TestSum(t *testing.T) {
	var times []time.Duration
	for i := range 200 {
		times = append(times, time.Duration(200-i)*time.Millisecond)
	}
	r, err := sum([]tally{{times: times[:50], refused: 4}, {times: times[50:], late: 6}}, 64, 2*time.Second)
	if err != nil || r.documents != 6400 || r.p50 != 101*time.Millisecond || r.p99 != 199*time.Millisecond || r.refused != 2 || r.late != 3 {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := sum([]tally{{err: os.ErrClosed}}, 1, time.Second); err == nil {
		t.Error("no answers, and no error")
	}
	if m := median([]float64{3, 1, 2}); m != 2 {
		t.Errorf("median %v", m)
	}
}
