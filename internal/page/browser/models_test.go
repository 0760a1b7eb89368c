package browser

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// versions are what /v1/models says, as far as the tests look at it.
type versions struct {
	Versions []struct {
		Name        string             `json:"name"`
		Version     string             `json:"version"`
		Serving     bool               `json:"serving"`
		Metrics     map[string]float64 `json:"metrics"`
		Reliability []bin              `json:"reliability"`
	} `json:"versions"`
}

type bin struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	Count      int     `json:"count"`
	Confidence float64 `json:"confidence"`
	Right      float64 `json:"right"`
}

const cellsScript = `((id) => [...at(id).tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)))`

// TestReliability: the page draws the bins of the model, and has them as a table, too.
func TestReliability(t *testing.T) {
	s := serve(t)
	p := open(t, s, view{})
	p.click("#models summary")
	p.shot("reliability-desk")
	p.see(view{phone: true, dark: true})
	p.shot("reliability-phone")
	p.see(view{})
	var all versions
	s.call(t, "GET", "/v1/models", nil, &all)
	v := all.Versions[0]
	if len(v.Reliability) < 5 {
		t.Fatalf("%d bins", len(v.Reliability))
	}
	cells := value[[][]string](p, cellsScript+`("bins")`)
	heights := value[[]float64](p, `[...at("chart").querySelectorAll(".right")].map((r) => r.getBoundingClientRect().height)`)
	whole := value[float64](p, `at("chart").querySelector(".ideal").getBoundingClientRect().height`)
	if len(cells) != len(v.Reliability) || len(heights) != len(v.Reliability) || whole < 100 {
		t.Fatalf("%d rows and %d bars for %d bins, %v pixels high", len(cells), len(heights), len(v.Reliability), whole)
	}
	for i, b := range v.Reliability {
		percent := func(x float64) string { return fmt.Sprintf("%.1f%%", 100*x) }
		if got := cells[i]; strings.ReplaceAll(got[1], ",", "") != fmt.Sprint(b.Count) || got[2] != percent(b.Confidence) || got[3] != percent(b.Right) {
			t.Errorf("row %d is %q, the bin %+v", i, got, b)
		}
		if math.Abs(heights[i]/whole-b.Right) > 0.01 {
			t.Errorf("bar %d has %.3f of the height, %.3f were right", i, heights[i]/whole, b.Right)
		}
	}
	if got := p.text(`at("chart").querySelector("title").textContent`); !strings.Contains(got, v.Name+"@"+v.Version) {
		t.Errorf("the chart is called %q", got)
	}
	if row := value[[][]string](p, cellsScript+`("versions")`)[0]; row[0] != v.Name || row[1] != v.Version || row[8] != fmt.Sprintf("%.3f", v.Metrics["ece"]) {
		t.Errorf("the version is listed as %q", row)
	}
}

// TestVersions: several models and versions can be told apart, and chosen.
func TestVersions(t *testing.T) {
	store := trained(t)
	s := serve(t, "--models", store, "--model", "warta")
	p := open(t, s, view{language: "id"})
	p.click("#models summary")
	var all versions
	s.call(t, "GET", "/v1/models", nil, &all)
	if len(all.Versions) != 3 {
		t.Fatalf("%d versions", len(all.Versions))
	}
	rows := value[[][]string](p, cellsScript+`("versions")`)
	if len(rows) != 3 {
		t.Fatalf("rows %q", rows)
	}
	for i, v := range all.Versions {
		if rows[i][1] != v.Version || v.Serving != strings.Contains(rows[i][2], "menjawab") {
			t.Errorf("%+v is listed as %q", v, rows[i])
		}
		p.click(fmt.Sprintf("#versions tbody tr:nth-child(%d) button", i+1))
		if got := p.text(`at("reliability-of").textContent`); !strings.Contains(got, v.Name+"@"+v.Version) {
			t.Errorf("the diagram is of %q, want %s", got, v.Version)
		}
		if got := value[int](p, `at("bins").tBodies[0].rows.length`); got != len(v.Reliability) {
			t.Errorf("%d bins, want %d", got, len(v.Reliability))
		}
	}
	p.shot("versions-desk")
	// The chosen model answers.
	for _, name := range []string{"warta", "desk"} {
		p.eval(fmt.Sprintf(`at("model").value = %q; at("model").dispatchEvent(new Event("change"))`, name))
		p.tag(document{Text: "Kiper menahan penalti pada babak akhir pertandingan di stadion, kata pelatih klub itu."})
		p.wait(fmt.Sprintf(`at("status").textContent.includes("%s@")`, name))
		p.click("#edit")
	}
}

// trained is a store with two versions of the model "desk" and one of "warta".
func trained(t *testing.T) string {
	t.Helper()
	file, err := command()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	words := map[string][]string{
		"sport":   {"kiper", "penalti", "stadion", "pelatih", "klub", "babak", "wasit", "liga"},
		"economy": {"inflasi", "pajak", "anggaran", "ekspor", "rupiah", "bunga", "saham", "subsidi"},
	}
	var lines strings.Builder
	for label, w := range words {
		for n := range 24 {
			at := func(i int) string { return w[(n+i*(1+n%3))%len(w)] }
			data, err := json.Marshal(map[string]any{
				"id": fmt.Sprint(label, n), "labels": []string{label},
				"text": fmt.Sprintf("Warga membahas %s setelah %s bertemu %s. Soal %s, kata mereka, menyangkut %s.", at(0), at(1), at(2), at(3), at(4)),
			})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&lines, "%s\n", data)
		}
	}
	articles, store := filepath.Join(dir, "articles.jsonl"), filepath.Join(dir, "store")
	if err := os.WriteFile(articles, []byte(lines.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--name", "desk", "--learner", "nb"}, {"--name", "desk", "--learner", "cnb"}, {"--name", "warta", "--learner", "nb"}} {
		args = append([]string{"train", articles, "--models", store, "--activate"}, args...)
		if out, err := exec.Command(file, args...).CombinedOutput(); err != nil {
			t.Fatalf("tajuk %q: %v\n%s", args, err, out)
		}
	}
	return store
}

// TestNotRecorded: a model of a program that recorded no reliability says so, and draws nothing.
func TestNotRecorded(t *testing.T) {
	p := open(t, serve(t), view{})
	p.click("#models summary")
	p.eval(`for (const v of state.versions.versions) v.reliability = []; showModels()`)
	if !p.is(`at("reliability-none").checkVisibility() && at("reliability-none").textContent.includes("Not recorded")`) {
		t.Error("nothing says that it is not recorded")
	}
	if p.is(`at("chart").checkVisibility() || at("bins").checkVisibility() || at("reliability-key").checkVisibility()`) {
		t.Error("something is drawn")
	}
}
