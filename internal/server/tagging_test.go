package server

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/text"
)

const (
	full    = pb.PredictionView_PREDICTION_VIEW_FULL
	explain = pb.PredictionView_PREDICTION_VIEW_EXPLAIN
)

func TestTagDocumentGivesTheEnginesAnswer(t *testing.T) {
	c, r := tinyClassifier(t), startTiny(t)
	for _, d := range mixed(60) {
		resp, err := r.tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{Document: d, Options: &pb.TagOptions{View: full}})
		if err != nil {
			t.Fatal(err)
		}
		checkSame(t, c, d, resp.Prediction)
	}
}

// TestBlankTextIsAnswered: a page without a word is one to abstain from. A document without title and
// text is a fault; see TestBatchSparesTheGoodDocuments.
func TestBlankTextIsAnswered(t *testing.T) {
	resp, err := startTiny(t).tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{Document: &pb.Document{Title: " ", Text: "\n\t\u00a0"}})
	if err != nil {
		t.Fatal(err)
	}
	if p := resp.Prediction; p.Outcome != pb.Outcome_OUTCOME_ABSTAINED || len(p.Notices) != 1 || p.Notices[0].Code != pb.Notice_CODE_TOO_SHORT {
		t.Errorf("%v with notices %v, want ABSTAINED as too short", p.Outcome, p.Notices)
	}
}

// checkSame compares an answer in the FULL view with the engine's own, bit for bit.
func checkSame(t *testing.T, c *classifier.Classifier, d *pb.Document, got *pb.DocumentPrediction) {
	t.Helper()
	var want classifier.Prediction
	c.NewTagger().Tag(&classifier.Document{Title: d.Title, Text: d.Text}, &want)
	if got.DocumentId != d.DocumentId || got.ModelVersion != c.Version() {
		t.Errorf("id %q version %q, want %q and %q", got.DocumentId, got.ModelVersion, d.DocumentId, c.Version())
	}
	if got.Outcome.String() != "OUTCOME_"+want.Outcome.String() || len(got.Topics) != len(want.Topics) {
		t.Fatalf("%v with %d topics, want %v with %d", got.Outcome, len(got.Topics), want.Outcome, len(want.Topics))
	}
	bits := math.Float64bits
	for i, w := range want.Topics {
		g := got.Topics[i]
		if g.Topic != c.Model().Manifest.Topics[w.Topic].ID || g.Assigned != w.Assigned ||
			bits(g.Confidence) != bits(w.Confidence) || bits(g.RawScore) != bits(w.Score) || bits(g.Threshold) != bits(w.Threshold) {
			t.Errorf("document %q: topic %v, want %+v", d.DocumentId, g, w)
		}
	}
	if got.Analysis.TokenCount != int32(want.Tokens) || bits(got.Analysis.VocabularyCoverage) != bits(want.Coverage()) {
		t.Errorf("analysis %v, want %d tokens, coverage %v", got.Analysis, want.Tokens, want.Coverage())
	}
}

func TestViews(t *testing.T) {
	r := startTiny(t)
	d := article("football", 1)
	tag := func(o *pb.TagOptions) *pb.DocumentPrediction {
		resp, err := r.tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{Document: d, Options: o})
		if err != nil {
			t.Fatal(err)
		}
		return resp.Prediction
	}
	for _, p := range []*pb.DocumentPrediction{tag(nil), tag(&pb.TagOptions{View: pb.PredictionView_PREDICTION_VIEW_BASIC})} {
		if p.Outcome != pb.Outcome_OUTCOME_TAGGED || p.Topics[0].Topic != "football" && p.Topics[0].Topic != "sport" {
			t.Errorf("basic view: %v, want football and sport", p)
		}
		for _, topic := range p.Topics {
			if !topic.Assigned || topic.Evidence != nil || p.Analysis != nil {
				t.Errorf("basic view: %v, want assigned topics alone", p)
			}
		}
	}
	if p := tag(&pb.TagOptions{View: full}); len(p.Topics) != len(tinyTopics) || p.Analysis == nil || p.Topics[0].Evidence != nil {
		t.Errorf("full view: %v, want every topic, the analysis, no evidence", p)
	}
	if p := tag(&pb.TagOptions{View: full, MaxPredictions: 1}); len(p.Topics) != 1 {
		t.Errorf("%d topics, want 1", len(p.Topics))
	}
	if p := tag(&pb.TagOptions{MinConfidence: proto.Float64(0)}); len(p.Topics) != len(tinyTopics) || p.Topics[3].Threshold != 0 {
		t.Errorf("minimum confidence 0: %v, want every topic assigned", p)
	}
	if p := tag(&pb.TagOptions{MinConfidence: proto.Float64(1)}); p.Outcome != pb.Outcome_OUTCOME_NO_TOPIC && p.Topics[0].Confidence < 1 {
		t.Errorf("minimum confidence 1: %v, want no topic", p)
	}
}

func TestExplanationSumsToTheScore(t *testing.T) {
	r := startTiny(t)
	for _, d := range mixed(9) {
		for _, most := range []int32{0, 2} {
			resp, err := r.tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{
				Document: d, Options: &pb.TagOptions{View: explain, MaxEvidence: most},
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, topic := range resp.Prediction.Topics {
				checkEvidence(t, d, topic, int(most))
			}
		}
	}
}

func checkEvidence(t *testing.T, d *pb.Document, topic *pb.TopicPrediction, most int) {
	t.Helper()
	if n := len(topic.Evidence); n == 0 || most > 0 && n > most {
		t.Errorf("%d terms of evidence, want 1 to %d", n, most)
	}
	sum := topic.Bias + topic.OtherEvidence
	for _, e := range topic.Evidence {
		sum += e.Contribution
		if len(e.Spans) == 0 {
			t.Errorf("evidence %q has no place in the document", e.Term)
		}
		for _, s := range e.Spans {
			field := map[pb.TextSpan_Field]string{pb.TextSpan_FIELD_TITLE: d.Title, pb.TextSpan_FIELD_TEXT: d.Text}[s.Field]
			if s.StartByte < 0 || s.StartByte >= s.EndByte || int(s.EndByte) > len(field) {
				t.Fatalf("evidence %q: span %v outside %q", e.Term, s, field)
			}
			word := field[s.StartByte:s.EndByte]
			if terms := tinyClassifier(t).Analyzer().Terms(word); len(terms) != 1 || terms[0].Stem != e.Term {
				t.Errorf("evidence %q stands on %q", e.Term, word)
			}
		}
	}
	if math.Abs(sum-topic.RawScore) > 1e-9*(1+math.Abs(sum)) {
		t.Errorf("%s: bias and evidence sum to %v, want the score %v", topic.Topic, sum, topic.RawScore)
	}
}

func TestBatchSparesTheGoodDocuments(t *testing.T) {
	c, r := tinyClassifier(t), startTiny(t)
	docs := mixed(9)
	docs[2] = &pb.Document{DocumentId: "empty"}
	docs[5] = &pb.Document{DocumentId: "long", Text: strings.Repeat("a", MaxDocumentBytes)}
	docs[7] = nil // travels as an empty message
	resp, err := r.tagging.BatchTagDocuments(t.Context(), &pb.BatchTagDocumentsRequest{
		Model: "mini", Documents: docs, Options: &pb.TagOptions{View: full},
	})
	if err != nil {
		t.Fatal(err)
	}
	bad := map[int]string{2: reasonDocumentEmpty, 5: reasonDocumentTooLong, 7: reasonDocumentEmpty}
	for i, result := range resp.Results {
		e := result.GetError()
		if reason, want := bad[i]; !want {
			checkSame(t, c, docs[i], result.GetPrediction())
		} else if e.GetReason() != reason || codes.Code(e.GetCode()) != codes.InvalidArgument || e.GetDocumentId() != docs[i].GetDocumentId() {
			t.Errorf("result %d: %v, want error %s", i, result, reason)
		}
	}
	if len(resp.Results) != len(docs) {
		t.Errorf("%d results, want %d", len(resp.Results), len(docs))
	}
}

func TestAnswerLimit(t *testing.T) {
	r := startTiny(t)
	text := strings.Repeat("gol kiper penalti wasit. ", MaxDocumentBytes/26)
	docs := []*pb.Document{article("health", 1), {DocumentId: "long", Text: text}, article("health", 2)}
	resp, err := r.tagging.BatchTagDocuments(t.Context(), &pb.BatchTagDocumentsRequest{Documents: docs, Options: &pb.TagOptions{View: explain}})
	if err != nil {
		t.Fatal(err)
	}
	if e := resp.Results[1].GetError(); e.GetReason() != reasonAnswerTooLong || codes.Code(e.Code) != codes.ResourceExhausted {
		t.Errorf("explanation of a long document: %v, want %s", e, reasonAnswerTooLong)
	}
	if resp.Results[0].GetPrediction() == nil || resp.Results[2].GetPrediction() == nil {
		t.Error("the answers beside it are missing")
	}

	docs = mixed(MaxDocuments) // each explanation fits, all together do not
	for _, d := range docs[:100] {
		d.Text = strings.Repeat(d.Text, 20<<10/len(d.Text))
	}
	for _, d := range docs[100:] { // these fill what is left, so that there is no room for errors
		d.Text = strings.Repeat(d.Text, 4)
	}
	resp, err = r.tagging.BatchTagDocuments(t.Context(), &pb.BatchTagDocumentsRequest{Documents: docs, Options: &pb.TagOptions{View: explain}})
	if err != nil { // as from grpc's client, if the answer is over its limit
		t.Fatal(err)
	}
	if n := proto.Size(resp); n > MaxAnswerBytes || n < MaxAnswerBytes*9/10 {
		t.Errorf("answer of %d bytes, want just under %d", n, MaxAnswerBytes)
	}
	if e := resp.Results[99].GetError(); e.GetReason() != reasonAnswerTooLong || resp.Results[0].GetPrediction() == nil {
		t.Errorf("result 99 %v, want %s after the first ones were answered", e, reasonAnswerTooLong)
	}

	_, err = r.tagging.AnalyzeText(t.Context(), &pb.AnalyzeTextRequest{Text: strings.Repeat("di ", MaxDocumentBytes/3)})
	wantFault(t, err, codes.ResourceExhausted, reasonAnswerTooLong, "")
}

// TestSizeOfPlainTopics: the size that is counted without encoding is never less than the true one, and little more.
func TestSizeOfPlainTopics(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		topic := &pb.TopicPrediction{
			Topic:      strings.Repeat("t", 1+random.IntN(200)),
			Confidence: 1 - random.Float64(), Threshold: 1 - random.Float64(), RawScore: 1 + random.Float64(), Assigned: random.IntN(2) == 0,
		}
		size, counted := proto.Size(topic), len(topic.Topic)+plainTopicBytes
		if counted < size || counted > size+6 {
			t.Fatalf("%d bytes counted as %d", size, counted)
		}
	}
}

func TestAnalyzeText(t *testing.T) {
	c, r := tinyClassifier(t), startTiny(t)
	const in = "Pemerintah membangun jembatan senilai Rp2,5 triliun di Papua pada 12 Mei 2021."
	resp, err := r.tagging.AnalyzeText(t.Context(), &pb.AnalyzeTextRequest{Model: c.Version(), Text: in})
	if err != nil {
		t.Fatal(err)
	}
	want := c.Analyzer().Terms(in)
	if len(resp.Terms) != len(want) || resp.ModelVersion != c.Version() {
		t.Fatalf("%d terms of %q, want %d of %q", len(resp.Terms), resp.ModelVersion, len(want), c.Version())
	}
	for i, w := range want {
		g := resp.Terms[i]
		if g.Text != in[g.StartByte:g.EndByte] || g.Text != w.Token || g.Form != w.Form || g.Stem != w.Stem ||
			g.StopWord != w.Stop || g.Reason != w.Reason || g.Kind.String() != "KIND_"+strings.ToUpper(w.Kind.String()) {
			t.Errorf("term %v, want %+v", g, w)
		}
	}
}

func TestListTopics(t *testing.T) {
	c, r := tinyClassifier(t), startTiny(t)
	resp, err := r.topics.ListTopics(t.Context(), &pb.ListTopicsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if len(resp.Topics) != len(tinyTopics) || resp.ModelVersion != c.Version() {
		t.Fatalf("%v, want %d topics of %q", resp, len(tinyTopics), c.Version())
	}
	for i, g := range resp.Topics {
		w := tinyTopics[i]
		if g.Id != w.ID || g.Names["id"] != w.Name["id"] || g.Names["en"] != w.Name["en"] || g.IptcCode != w.IPTC ||
			g.Parent != w.Parent || g.Threshold != c.Model().Threshold[i] {
			t.Errorf("topic %v, want %+v", g, w)
		}
	}
	_, err = r.topics.ListTopics(t.Context(), &pb.ListTopicsRequest{Model: "other"})
	wantFault(t, err, codes.NotFound, reasonModelNotFound, "model")
}

// The numbers of the engine's enumerations go over the wire as they are.
func TestEnumsAgree(t *testing.T) {
	for n, name := range pb.Outcome_name {
		if got := "OUTCOME_" + classifier.Outcome(n).String(); n > 0 && got != name {
			t.Errorf("outcome %d is %s, in the API %s", n, got, name)
		}
	}
	for n, name := range pb.Notice_Code_name {
		if got := "CODE_" + classifier.NoticeCode(n).String(); n > 0 && got != name {
			t.Errorf("notice %d is %s, in the API %s", n, got, name)
		}
	}
	for n, name := range pb.AnalyzeTextResponse_Term_Kind_name {
		if got := "KIND_" + strings.ToUpper(text.Kind(n).String()); n > 0 && got != name {
			t.Errorf("kind %d is %s, in the API %s", n, got, name)
		}
	}
	if pb.TextSpan_FIELD_TITLE != pb.TextSpan_Field(classifier.Title) || pb.TextSpan_FIELD_TEXT != pb.TextSpan_Field(classifier.Text) {
		t.Error("the fields of spans differ")
	}
	if _, more := pb.Outcome_name[int32(classifier.Abstained)+1]; more {
		t.Error("the API has an outcome that the engine lacks")
	}
}
