package page

import (
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// run runs a script of the page in an engine without a browser, and returns the value of an expression after it.
func run(t testing.TB, script, expression string, values map[string]any) goja.Value {
	t.Helper()
	vm := goja.New()
	for name, value := range values {
		if err := vm.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := vm.RunString(script); err != nil {
		t.Fatal(err)
	}
	v, err := vm.RunString(expression)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

type span struct {
	field      string
	start, end int
}

type term struct {
	term         string
	contribution float64
	spans        []span
}

type piece struct {
	text   string
	terms  []string
	weight float64
}

// pieces is spans.pieces of the page, for the field FIELD_TEXT.
func pieces(t testing.TB, text string, terms []term) (found []piece) {
	t.Helper()
	evidence := make([]any, len(terms))
	for i, e := range terms {
		places := make([]any, len(e.spans))
		for j, s := range e.spans {
			places[j] = map[string]any{"field": s.field, "start_byte": s.start, "end_byte": s.end}
		}
		evidence[i] = map[string]any{"term": e.term, "contribution": e.contribution, "spans": places}
	}
	const expression = `spans.pieces(text, evidence, "FIELD_TEXT").map((p) => ({text: p.text, weight: p.weight, terms: p.terms.map((e) => e.term).join(" ")}))`
	v := run(t, spansJS, expression, map[string]any{"text": text, "evidence": evidence})
	for _, p := range v.Export().([]any) {
		m := p.(map[string]any)
		weight, whole := m["weight"].(float64)
		if !whole {
			weight = float64(m["weight"].(int64))
		}
		found = append(found, piece{m["text"].(string), strings.Fields(m["terms"].(string)), weight})
	}
	return found
}

func TestPieces(t *testing.T) {
	const text = "Café “Ombak” 🌊 naik, naik"
	on := func(word string) span {
		i := strings.Index(text, word)
		return span{"FIELD_TEXT", i, i + len(word)}
	}
	last := strings.LastIndex(text, "naik")
	tests := []struct {
		name  string
		terms []term
		want  []piece
	}{
		{"no evidence", nil, []piece{{text, nil, 0}}},
		{
			"after letters of two, three and four bytes",
			[]term{{"café", 1, []span{on("Café")}}, {"ombak", 2, []span{on("Ombak")}}, {"naik", -1, []span{on("naik"), {"FIELD_TEXT", last, last + 4}}}},
			[]piece{
				{"Café", []string{"café"}, 1},
				{" “", nil, 0},
				{"Ombak", []string{"ombak"}, 2},
				{"” 🌊 ", nil, 0},
				{"naik", []string{"naik"}, -1},
				{", ", nil, 0},
				{"naik", []string{"naik"}, -1},
			},
		},
		{
			"a pair over its words",
			[]term{{"pair", 0.5, []span{on("Café “Ombak")}}, {"ombak", -2, []span{on("Ombak")}}},
			[]piece{{"Café “", []string{"pair"}, 0.5}, {"Ombak", []string{"pair", "ombak"}, -1.5}, {"” 🌊 naik, naik", nil, 0}},
		},
		{"another field", []term{{"x", 1, []span{{"FIELD_TITLE", 0, 5}}}}, []piece{{text, nil, 0}}},
		{"outside, empty or within a letter", []term{{"x", 1, []span{{"FIELD_TEXT", 0, 999}, {"FIELD_TEXT", 2, 2}, {"FIELD_TEXT", 4, 6}}}}, []piece{{text, nil, 0}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := pieces(t, text, tt.terms)
			if !slices.EqualFunc(got, tt.want, func(a, b piece) bool {
				return a.text == b.text && slices.Equal(a.terms, b.terms) && math.Abs(a.weight-b.weight) < 1e-12
			}) {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// FuzzPieces: what the page marks is what Go's byte ranges hold, whatever the letters.
func FuzzPieces(f *testing.F) {
	f.Add("rapat “kabinet” 🌊 selesai", 8, 16)
	f.Add("é", 0, 2)
	f.Add("\U0010ffff\u07ff\uffff", 4, 9)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		text = strings.ToValidUTF8(text, "\ufffd")
		starts := []int{len(text)}
		for i := range text {
			starts = append(starts, i)
		}
		slices.Sort(starts)
		choose := func(n int) int { return starts[int(uint(n)%uint(len(starts)))] }
		start, end = min(choose(start), choose(end)), max(choose(start), choose(end))
		var all, marked strings.Builder
		for _, p := range pieces(t, text, []term{{"x", 1, []span{{"FIELD_TEXT", start, end}}}}) {
			all.WriteString(p.text)
			if len(p.terms) > 0 {
				marked.WriteString(p.text)
			}
		}
		if all.String() != text || marked.String() != text[start:end] {
			t.Errorf("%q, %d to %d: %q marked of %q", text, start, end, marked.String(), all.String())
		}
	})
}

// TestWellFormed: halves of pairs, which JSON would carry and the server refuse, are replaced; pairs stay.
func TestWellFormed(t *testing.T) {
	got := run(t, spansJS, `spans.wellFormed("a\ud83cb\udf0ac\ud83c\udf0a")`, nil).String()
	if want := "a\ufffdb\ufffdc🌊"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// scripts are those that use the document.
var scripts = coreJS + modelsJS + appJS

// dynamic are the phrases for what a model brings along.
var dynamic = regexp.MustCompile(`^(?:metric|task)_`)

// TestWords: both languages say everything that the page asks for, with the same blanks, and nothing else.
func TestWords(t *testing.T) {
	languages := run(t, wordsJS, "words", nil).Export().(map[string]any)
	if got := slices.Sorted(maps.Keys(languages)); !slices.Equal(got, []string{"en", "id"}) {
		t.Fatalf("languages %v", got)
	}
	en, id := languages["en"].(map[string]any), languages["id"].(map[string]any)
	if a, b := slices.Sorted(maps.Keys(en)), slices.Sorted(maps.Keys(id)); !slices.Equal(a, b) {
		t.Errorf("the languages differ:\n%v\n%v", a, b)
	}
	blank := regexp.MustCompile(`\{\d\}`)
	for key := range en {
		if a, b := blank.FindAllString(en[key].(string), -1), blank.FindAllString(id[key].(string), -1); !slices.Equal(a, b) {
			t.Errorf("%s has the blanks %v and %v", key, a, b)
		}
	}
	asked := regexp.MustCompile(`\bsay\("([a-z_]+)"[,)]|data-(?:word|title|placeholder)="([a-z_]+)"`)
	for _, m := range asked.FindAllStringSubmatch(scripts+indexHTML, -1) {
		if en[m[1]+m[2]] == nil {
			t.Errorf("nothing is said for %q", m[1]+m[2])
		}
	}
	for key := range en {
		if !strings.Contains(scripts+indexHTML, `"`+key+`"`) && key != strings.ToUpper(key) && key != "name" && !dynamic.MatchString(key) {
			t.Errorf("%q is never asked for", key)
		}
	}
}

// TestReasonsHaveWords: what the page says about refusals is about reasons that the service gives, in capitals as they are.
func TestReasonsHaveWords(t *testing.T) {
	files, err := filepath.Glob("../../api/tajuk/v1/*.proto")
	if err != nil || len(files) < 4 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var spec strings.Builder
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		spec.Write(data)
	}
	for key := range run(t, wordsJS, "words.en", nil).Export().(map[string]any) {
		if key == strings.ToUpper(key) && !strings.Contains(spec.String(), " "+key+" ") {
			t.Errorf("the service never says %s", key)
		}
	}
}

// TestScriptsParse: a slip would otherwise show in a browser alone.
func TestScriptsParse(t *testing.T) {
	for _, f := range Files() {
		if strings.HasPrefix(f.mediaType, "text/javascript") {
			if _, err := goja.Compile(f.Pattern, f.content, true); err != nil {
				t.Error(err)
			}
		}
	}
}
