package doctor

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/classifier"
)

// Two articles of our own, and a third that is the first with a few words changed.
const (
	bridge = `Pemerintah daerah akan memperbaiki empat jembatan yang rusak akibat banjir pada awal tahun ini. Kepala dinas
mengatakan anggaran sudah disetujui dewan, dan lelang dimulai pekan depan. Sejak jembatan ditutup, pedagang harus memutar
sejauh empat puluh kilometer sehingga ongkos angkut naik.`
	match = `Kiper tuan rumah menepis dua tendangan penalti sehingga pertandingan berakhir imbang. Pelatih memuji kerja keras
pemain muda yang baru pertama kali turun sejak menit awal di kandang sendiri.`
	english = `The committee said on Tuesday that it would publish its report before the end of the month, after the ministers
had read what the auditors found in the accounts of the two companies that built the bridge.`
)

var bridgeEdited = strings.NewReplacer("empat jembatan", "lima jembatan", "pekan depan", "bulan depan").Replace(bridge)

func doc(text string, labels ...string) classifier.Document {
	return classifier.Document{Text: text, Labels: labels}
}

// checked adds articles, each of the source given or all of one, and returns what is found.
func checked(o Options, sources []int, docs ...classifier.Document) []Finding {
	c, e := NewCheck(o), NewExaminer("id")
	for i := range docs {
		x := e.Examine(&docs[i])
		source := 0
		if sources != nil {
			source = sources[i]
		}
		c.Add(Place{"a.jsonl", i + 1}, source, &docs[i], &x)
	}
	return c.Findings()
}

// brief is severity, line and kind of each finding.
func brief(findings []Finding) (out []string) {
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%d %s %s", f.Place.Line, f.Severity, f.Kind))
	}
	return out
}

func TestCheck(t *testing.T) {
	withID := func(d classifier.Document, id string) classifier.Document { d.ID = id; return d }
	partial, disputed := doc(bridge, "transport"), doc(bridge, "transport")
	partial.Partial = true
	disputed.Disputed = []string{"economy"}
	tests := []struct {
		name    string
		options Options
		sources []int
		docs    []classifier.Document
		want    []string
	}{
		{"sound", Options{}, nil, []classifier.Document{doc(bridge, "transport"), doc(match, "sport")}, nil},
		{"no articles", Options{MinArticles: 9, Topics: []string{"a"}, AllTopics: true}, nil, nil, nil},
		{"unknown topics", Options{Topics: []string{"sport"}}, nil, []classifier.Document{doc(match, "sport", "spor"), {Text: bridge, NotLabels: []string{"x"}}}, []string{"1 error unknown-topic", "2 error unknown-topic"}},
		{"a topic that need not have articles", Options{Topics: []string{"sport", "law"}}, nil, []classifier.Document{doc(match, "sport")}, nil},
		{"a topic without articles", Options{Topics: []string{"sport", "law"}, AllTopics: true}, nil, []classifier.Document{doc(match, "sport")}, []string{"0 warning few-articles"}},
		{"few articles", Options{MinArticles: 2}, nil, []classifier.Document{doc(bridge, "a", "b"), doc(match, "a")}, []string{"1 warning few-articles"}},
		{"copies that agree", Options{}, nil, []classifier.Document{doc(bridge, "a"), doc(match, "b"), doc("  "+strings.ToUpper(bridge), "a")}, []string{"3 warning copy"}},
		{"copies that do not", Options{}, nil, []classifier.Document{doc(bridge, "a"), doc(bridge, "b")}, []string{"2 error label-conflict"}},
		{"near-copies that agree", Options{}, nil, []classifier.Document{doc(bridge, "a"), doc(bridgeEdited, "a")}, []string{"2 note near-copy"}},
		{"near-copies that do not", Options{}, nil, []classifier.Document{doc(bridge, "a"), doc(bridgeEdited, "a", "b")}, []string{"2 warning label-conflict"}},
		{"a label that may be missing", Options{}, nil, []classifier.Document{partial, doc(bridge, "economy", "transport")}, []string{"2 warning copy"}},
		{"a label that is disputed", Options{}, nil, []classifier.Document{doc(bridge, "economy", "transport"), disputed}, []string{"2 warning copy"}},
		{"headlines", Options{}, nil, []classifier.Document{doc("rupiah menguat tipis pagi ini", "a"), doc("rupiah melemah tipis pagi ini", "b")}, nil},
		{"the same headline", Options{}, nil, []classifier.Document{doc("rupiah menguat tipis pagi ini", "a"), doc("Rupiah menguat tipis pagi ini", "b")}, []string{"2 error label-conflict"}},
		{"a leak", Options{}, []int{0, 1, 1}, []classifier.Document{doc(bridge, "a"), doc(match, "b"), doc(bridge, "a")}, []string{"3 error leakage"}},
		{"a leak of a near-copy", Options{}, []int{0, 1}, []classifier.Document{doc(bridge, "a"), doc(bridgeEdited, "a")}, []string{"2 warning leakage"}},
		{"a leak with other labels", Options{}, []int{0, 1}, []classifier.Document{doc(bridge, "a"), doc(bridge, "b")}, []string{"2 error leakage", "2 error label-conflict"}},
		{"a leak behind a copy", Options{}, []int{0, 1, 1}, []classifier.Document{doc(bridge, "a"), doc(bridge, "a"), doc(bridge, "a")}, []string{"2 error leakage", "3 error leakage", "3 warning copy"}},
		{"spellings", Options{}, nil, []classifier.Document{doc(bridge, "Politik"), doc(match, "politik", "luar negeri"), doc("", "politik", "Luar-Negeri")}, []string{"1 warning label-spelling", "3 warning label-spelling"}},
		{"ids", Options{}, nil, []classifier.Document{withID(doc(bridge, "a"), "1"), withID(doc(match, "b"), "1"), doc("", "c"), doc("", "d")}, []string{"2 warning id-twice"}},
		{"short", Options{MinWords: 3}, nil, []classifier.Document{doc("gol indah", "a"), {Title: "gol indah", Text: "sekali", Labels: []string{"a"}}}, []string{"1 warning short-text"}},
		{"another language", Options{}, nil, []classifier.Document{doc(english, "a")}, []string{"1 warning language"}},
		{"no labels", Options{}, nil, []classifier.Document{doc(bridge)}, []string{"1 note unlabelled"}},
		{"the gravest first", Options{MinWords: 1}, nil, []classifier.Document{doc(""), doc("", "a"), doc(bridge, "a"), doc(bridge, "b")}, []string{"4 error label-conflict", "2 warning short-text", "1 note unlabelled"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := checked(test.options, test.sources, test.docs...); !slices.Equal(brief(got), test.want) {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

func TestMessages(t *testing.T) {
	o := Options{Topics: []string{"sport", "law", "public works"}, TopicsFrom: "topics.yaml", AllTopics: true, MinArticles: 2}
	first, second := doc(bridge, "Sport"), doc(bridgeEdited, "public-works")
	first.ID = "k1"
	got := checked(o, []int{0, 1}, first, second)
	for _, want := range []string{
		`a.jsonl:1: error: label "Sport" is not among the topics of topics.yaml: is "sport" meant? [unknown-topic]`,
		`a.jsonl:2: error: label "public-works" is not among the topics of topics.yaml: is "public works" meant? [unknown-topic]`,
		`a.jsonl:1: warning: label "Sport" has 1 article, fewer than 2 [few-articles]`,
		`topics.yaml: warning: topic "law" has no articles [few-articles]`,
		` % of the words) of a.jsonl:1, in another source: what is trained on one cannot be measured on the other [leakage]`,
		` % of the words) of a.jsonl:1, but labelled public-works and not Sport [label-conflict]`,
	} {
		if !slices.ContainsFunc(got, func(f Finding) bool { return strings.Contains(f.String(), want) }) {
			t.Errorf("not found: %s\nin %q", want, got)
		}
	}
	if got[0].ID != "k1" || got[0].Topic != "Sport" {
		t.Errorf("finding %+v", got[0])
	}
	if far := checked(Options{Topics: []string{"sport"}, TopicsFrom: "t"}, nil, doc(match, "gardening")); strings.Contains(far[0].Message, "meant") {
		t.Errorf("a hint that is no help: %s", far[0].Message)
	}
}

func TestReportedFindingsComeFirst(t *testing.T) {
	c, e, d := NewCheck(Options{Topics: []string{"x"}}), NewExaminer(""), doc(bridge, "a")
	x := e.Examine(&d)
	c.Add(Place{"a.jsonl", 1}, 0, &d, &x)
	c.Report(Finding{Severity: Error, Kind: BadRecord, Place: Place{"a.jsonl", 2}, Message: "broken"})
	if got := c.Findings(); got[0].Kind != BadRecord || got[0].String() != "a.jsonl:2: error: broken [bad-record]" || c.Articles() != 1 || c.Labels() != 1 {
		t.Errorf("found %q", got)
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"sport", "sport", 0}, {"sport", "spots", 2}, {"law", "flaw", 1}, {"kitten", "sitting", 3}} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("%q, %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
