package rows_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/rows"
	"github.com/tajuk/tajuk/text"
)

// desk is a small model.
func desk(t testing.TB) *classifier.Classifier {
	t.Helper()
	config := text.DefaultConfig()
	bagger := classifier.NewBagger(config)
	var bags []classifier.Bag
	for i := range 20 {
		bags = append(bags,
			bagger.Bag(&classifier.Document{ID: fmt.Sprint("s", i), Text: fmt.Sprintf("gol pemain klub liga pelatih %d", i), Labels: []string{"sport"}}),
			bagger.Bag(&classifier.Document{ID: fmt.Sprint("h", i), Text: fmt.Sprintf("dokter pasien rumah sakit obat %d", i), Labels: []string{"health"}}))
	}
	m, err := classifier.Train(t.Context(), bags, classifier.TrainOptions{Text: config, Learner: classifier.NB})
	if err != nil {
		t.Fatal(err)
	}
	c, err := classifier.New(m)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var documents = []classifier.Document{
	{ID: "a", Title: "Klub menang", Text: "gol pemain klub liga, \"kata\" pelatih\nbaris kedua", Labels: []string{"sport", "x"}, Date: "2024-05-06", Source: "Koran", URL: "http://k/1", Extra: []byte(`{"page": 3, "topics":["own"], "input":{}}`)},
	{ID: "b", Text: "x"},
	{ID: "c", Text: "dokter pasien rumah sakit", Extra: []byte(`{}`)},
}

func answers(c *classifier.Classifier) (list []rows.Answer) {
	tagger := c.NewTagger()
	for i := range documents {
		p := &classifier.Prediction{}
		tagger.Tag(&documents[i], p)
		p.Apply(classifier.Options{All: i == 0})
		list = append(list, rows.Answer{ID: documents[i].ID, Document: &documents[i], Prediction: p})
	}
	return list
}

func encode(e rows.Encoder, list []rows.Answer) []byte {
	out := append([]byte{}, e.Header()...)
	for i := range list {
		out = e.Append(out, &list[i])
	}
	return out
}

// TestJSONInput: with the record's fields a row begins as without, no key stands twice, and the row is an article again.
func TestJSONInput(t *testing.T) {
	c := desk(t)
	list := answers(c)
	short := bytes.Split(encode(rows.NewJSON(c, rows.Options{}), list), []byte("\n"))
	long := encode(rows.NewJSON(c, rows.Options{Input: true}), list)
	for i, line := range bytes.Split(long, []byte("\n")) {
		if !bytes.HasPrefix(line, bytes.TrimSuffix(short[i], []byte("}"))) {
			t.Errorf("row %s does not begin like %s", line, short[i])
		}
	}
	if want := `"page":3,"input":{"topics":["own"],"input":{}}}`; !bytes.Contains(long, []byte(want)) {
		t.Errorf("no %s in %s", want, long)
	}
	back, errs := corpus.ReadAll(t.Context(), []string{"-"}, corpus.Options{Stdin: bytes.NewReader(long), Format: corpus.JSONL})
	if len(errs) > 0 || len(back) != len(documents) {
		t.Fatalf("%d records, errors %v", len(back), errs)
	}
	for i, r := range back {
		r.Extra = nil
		want := documents[i]
		want.Extra = nil
		if !reflect.DeepEqual(r.Document, want) {
			t.Errorf("record %d came back as %+v", i, r.Document)
		}
	}
}

func TestCSVInput(t *testing.T) {
	c := desk(t)
	table, err := csv.NewReader(bytes.NewReader(encode(rows.NewCSV(c, rows.Options{Input: true}), answers(c)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(table) != 1+2+1+1 { // the header, both topics of the first record, and a row for each of the others
		t.Errorf("%d rows", len(table))
	}
	if got, want := table[1][8:], []string{"Klub menang", documents[0].Text, "2024-05-06", "Koran", "http://k/1", "sport;x", string(documents[0].Extra)}; !reflect.DeepEqual(got, want) {
		t.Errorf("cells %q", got)
	}
}

// TestParquet: a Parquet file holds what the JSON rows hold, and equal rows give equal bytes.
func TestParquet(t *testing.T) {
	c := desk(t)
	list := answers(c)
	for _, input := range []bool{false, true} {
		lines := encode(rows.NewJSON(c, rows.Options{Input: input}), list)
		for name, codec := range map[string]compress.Codec{"none": &parquet.Uncompressed, "gzip": &parquet.Gzip, "zstd": rows.NewZstd()} {
			var a, b bytes.Buffer
			for _, w := range []*bytes.Buffer{&a, &b} {
				if err := rows.WriteParquet(w, bytes.NewReader(lines), codec, input); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Errorf("%s: other bytes the second time", name)
			}
			compareParquet(t, a.Bytes(), lines)
		}
	}
}

// consumer is how another program may read the columns.
type consumer struct {
	ID      string `parquet:"id" json:"id"`
	Outcome string `parquet:"outcome" json:"outcome"`
	Topics  []struct {
		Topic      string  `parquet:"topic" json:"topic"`
		Confidence float64 `parquet:"confidence" json:"confidence"`
		Threshold  float64 `parquet:"threshold" json:"threshold"`
		Assigned   bool    `parquet:"assigned" json:"assigned"`
	} `parquet:"topics,list" json:"topics"`
	Notices []struct {
		Code    string `parquet:"code" json:"code"`
		Message string `parquet:"message" json:"message"`
	} `parquet:"notices,list" json:"notices"`
	ModelVersion string   `parquet:"model_version" json:"model_version"`
	Title        string   `parquet:"title,optional" json:"title"`
	Text         string   `parquet:"text,optional" json:"text"`
	Labels       []string `parquet:"labels,list" json:"labels"`
	Extra        string   `parquet:"extra,optional" json:"-"`
}

func compareParquet(t *testing.T, file, lines []byte) {
	t.Helper()
	got, err := parquet.Read[consumer](bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var want []consumer
	for line := range bytes.Lines(lines) {
		var row consumer
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		want = append(want, row)
	}
	if got[0].Extra != "" && !strings.Contains(got[0].Extra, `"page":3`) || bytes.Contains(lines, []byte("page")) == (got[0].Extra == "") {
		t.Errorf("extra is %q", got[0].Extra)
	}
	for i := range got {
		got[i].Extra = ""
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("rows differ (-JSON +Parquet):\n%s", diff)
	}
}

func TestParquetRefuses(t *testing.T) {
	for _, in := range []string{"{", "{}", "[1]\n", `{"topics":3}` + "\n"} {
		if err := rows.WriteParquet(&bytes.Buffer{}, strings.NewReader(in), &parquet.Zstd, false); err == nil || !strings.Contains(err.Error(), "row 1") {
			t.Errorf("%q: error %v", in, err)
		}
	}
}
