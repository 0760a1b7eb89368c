package report

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/classifier"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func ptr(x float64) *float64 { return &x }

// example is a page of figures made up by hand, so that no change of training changes it.
func example() *Page {
	curve := []classifier.PrecisionRecall{{Confidence: 0.9, Precision: 1, Recall: 0.5}, {Confidence: 0.4, Precision: 0.8, Recall: 1}}
	bins := []classifier.Bin{{From: 0.4, To: 0.5, Count: 4, Confidence: 0.45, Right: 0.5}, {From: 0.9, To: 1, Count: 30, Confidence: 0.96, Right: 0.9}}
	r := classifier.Report{
		Task: classifier.Multi, Documents: 34, Abstained: 1, NoTopic: 2, Accuracy: 0.7941,
		Micro: classifier.Score{Precision: 0.85, Recall: 0.9, F1: 0.8743}, Macro: classifier.Score{Precision: 0.8, Recall: 0.82, F1: 0.8099},
		Weighted: classifier.Score{Precision: 0.84, Recall: 0.9, F1: 0.8689}, ECE: 0.0321, ECEPairs: 0.0111, Brier: 0.0456, LogLoss: 0.1234,
		Bins: bins, PairBins: bins, AveragePrecision: ptr(0.9312), PrecisionRecall: curve,
		Topics: []classifier.TopicReport{
			{Topic: "olahraga", Score: classifier.Score{Precision: 0.9, Recall: 1, F1: 0.9474}, Support: 9, Hits: 9, False: 1, AveragePrecision: ptr(0.99), ROCAUC: ptr(0.998), Threshold: ptr(0.4), PrecisionRecall: curve},
			{Topic: "kesehatan", Score: classifier.Score{Precision: 0.75, Recall: 0.6, F1: 0.6667}, Support: 5, Hits: 3, False: 1, Missed: 2, AveragePrecision: ptr(0.7), ROCAUC: ptr(0.9), Threshold: ptr(0.35), PrecisionRecall: curve},
			{Topic: "cuaca", False: 1, Threshold: ptr(0.5)},
			{Topic: "hukum", Threshold: ptr(0.5)},
		},
		Selective:    []classifier.Selective{{Coverage: 1, Documents: 34, Error: 0.1}, {Coverage: 0.8, Documents: 28, Error: 0.0357}},
		RiskCoverage: []classifier.Selective{{Coverage: 0.2, Documents: 7}, {Coverage: 0.8, Documents: 28, Error: 0.0357}, {Coverage: 1, Documents: 34, Error: 0.1}},
		Confusions:   []classifier.Confusion{{Label: "kesehatan", Answer: "olahraga", Count: 1}, {Label: "kesehatan", Answer: "cuaca", Count: 1}},
	}
	other := r
	other.Micro.F1 = 0.8
	w := NewWorst(5)
	w.Add(Mistake{
		Place: "berita.jsonl:3", ID: "a3", Outcome: "TAGGED",
		Title:  []Piece{{"Atlet dirawat", forNothing}},
		Text:   []Piece{{"Seorang ", forNothing}, {"atlet", forWrong}, {" dirawat ", forNothing}, {"dokter", forRight}, {" …", forNothing}},
		Missed: []Answer{{"kesehatan", 1, 0.21}}, False: []Answer{{"olahraga", 0, 0.93}},
	})
	return &Page{
		Title: "desk@0123456789ab", Facts: []Fact{{"articles", "berita.jsonl"}, {"learner", "nbs"}}, Language: "id",
		Report:  r,
		Parts:   []Part{{20, 17, r.Figures()}, {17, 17, other.Figures()}},
		Spreads: classifier.Spreads([]classifier.Report{r, other}),
		Comparison: &classifier.ComparisonReport{
			A: "desk@0123456789ab", B: "old@ba9876543210", Documents: 34, OnlyA: 5, OnlyB: 1, P: 0.125,
			Micro: classifier.Difference{Mean: -0.05, Low: -0.09, High: -0.01}, Macro: classifier.Difference{Mean: -0.02, Low: -0.1, High: 0.06},
		},
		Worst: w,
	}
}

func written(t *testing.T, p *Page) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, p); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	got := written(t, example())
	checkGolden(t, "testdata/page.html", got)
	if got != written(t, example()) {
		t.Error("written twice, it is not the same")
	}
}

func checkGolden(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("not as in %s: run with -update and look at it in a browser", golden)
	}
}

// outside is what would fetch something or run something.
var outside = regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed|base|form)|\ssrc=|@import|url\(|\son[a-z]+=|https?:`)

// TestStandsAlone: the page asks for nothing and runs nothing.
func TestStandsAlone(t *testing.T) {
	page := strings.ReplaceAll(written(t, example()), "http://www.w3.org/2000/svg", "")
	if bad := outside.FindString(page); bad != "" {
		t.Errorf("%q in the page", bad)
	}
	for _, good := range []string{`default-src 'none'`, `prefers-color-scheme:dark`, `@media print`, `name="viewport"`} {
		if !strings.Contains(page, good) {
			t.Errorf("no %q in the page", good)
		}
	}
}

// TestHostileArticle: whatever articles, labels and file names hold is shown, and does nothing.
func TestHostileArticle(t *testing.T) {
	const bad = `</style></title><script>alert(1)</script><img src=x onerror="alert(2)">`
	p := example()
	p.Title, p.Language, p.Facts = bad, `id" onload="x`, []Fact{{bad, bad}}
	p.Report.Topics[0].Topic = bad
	p.Report.Confusions[0] = classifier.Confusion{Label: bad, Answer: bad, Count: 2}
	p.Comparison.A, p.Comparison.B = bad, bad
	p.Worst = NewWorst(3)
	p.Worst.Add(Mistake{
		Place: bad, ID: bad + "2", Outcome: bad, Title: []Piece{{bad, forRight}}, Text: []Piece{{bad, forNothing}, {bad, forWrong}},
		Missed: []Answer{{bad, 0, 0.1}},
	})
	page := written(t, p)
	if n := strings.Count(page, "<script"); n > 0 {
		t.Errorf("%d scripts in the page", n)
	}
	if strings.Contains(page, "<img") || strings.Contains(page, `" onload="`) {
		t.Error("an element or attribute of the article is one of the page")
	}
	if n := strings.Count(page, "&lt;script&gt;alert(1)&lt;/script&gt;"); n < 15 {
		t.Errorf("shown %d times only: something was lost", n)
	}
	if n := strings.Count(page, "</style>"); n != 1 {
		t.Errorf("%d ends of the style sheet", n)
	}
}

// TestLittle: a page of almost nothing has no NaN and no empty section.
func TestLittle(t *testing.T) {
	for _, task := range []string{classifier.Single, classifier.Multi} {
		page := written(t, &Page{Title: "nothing", Report: classifier.Report{Task: task}})
		for _, bad := range []string{"NaN", "Inf", `id="mistakes"`, `id="confusions"`, `id="parts"`, `id="comparison"`, "nil"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: %s in the page", task, bad)
			}
		}
	}
}

type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

func TestWriteError(t *testing.T) {
	disk := errors.New("disk full")
	if err := Write(full{disk}, example()); !errors.Is(err, disk) {
		t.Errorf("error %v, want one that wraps that of the writer", err)
	}
}
