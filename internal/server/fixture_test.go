package server

import (
	"context"
	"fmt"
	"maps"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// words by topic, of which the articles of the tiny model are made.
var words = map[string][]string{
	"football": {"kiper", "gol", "penalti", "liga", "pelatih", "stadion", "penyerang", "wasit", "babak", "klub"},
	"economy":  {"inflasi", "anggaran", "pajak", "ekspor", "suku", "bunga", "rupiah", "subsidi", "investasi", "defisit"},
	"health":   {"dokter", "pasien", "vaksin", "rumah", "sakit", "obat", "gejala", "virus", "klinik", "perawat"},
}

var tinyTopics = []model.Topic{
	{ID: "football", Name: map[string]string{"id": "Sepak bola", "en": "Football"}, IPTC: "20001065", Parent: "sport"},
	{ID: "economy", Name: map[string]string{"id": "Ekonomi", "en": "Economy"}, IPTC: "20000344"},
	{ID: "health", Name: map[string]string{"id": "Kesehatan", "en": "Health"}, IPTC: "07000000"},
	{ID: "sport", Name: map[string]string{"id": "Olahraga", "en": "Sport"}, IPTC: "15000000"},
}

// article makes the n-th article about a topic: five of its words, in a frame.
func article(topic string, n int) *pb.Document {
	w := words[topic]
	at := func(i int) string { return w[(n*3+i*(1+n%4))%len(w)] }
	return &pb.Document{
		DocumentId: fmt.Sprintf("%s-%d", topic, n),
		Title:      fmt.Sprintf("Kabar %s dan %s", at(0), at(1)),
		Text:       fmt.Sprintf("Warga membahas %s setelah %s bertemu %s. Soal %s, kata mereka, menyangkut %s.", at(2), at(3), at(4), at(0), at(1)),
	}
}

// tiny is a real model, trained on a few made-up articles.
var tiny = sync.OnceValues(func() (*classifier.Classifier, error) {
	o := classifier.TrainOptions{Name: "mini", Task: classifier.Multi, Learner: classifier.NB, Topics: tinyTopics}
	bagger := classifier.NewBagger(text.DefaultConfig())
	var bags []classifier.Bag
	for topic := range words {
		for n := range 20 {
			d := article(topic, n)
			labels := []string{topic}
			if topic == "football" {
				labels = append(labels, "sport")
			}
			bags = append(bags, bagger.Bag(&classifier.Document{ID: d.DocumentId, Title: d.Title, Text: d.Text, Labels: labels}))
		}
	}
	m, err := classifier.Train(context.Background(), bags, o)
	if err != nil {
		return nil, err
	}
	return classifier.New(m)
})

func tinyClassifier(t testing.TB) *classifier.Classifier {
	t.Helper()
	c, err := tiny()
	if err != nil {
		t.Fatalf("train the tiny model: %v", err)
	}
	return c
}

// fake is an engine whose decisions a test makes.
type fake struct {
	tag func(doc *classifier.Document, p *classifier.Prediction)
}

func (f fake) Tag(doc *classifier.Document, p *classifier.Prediction) { f.tag(doc, p) }

func (f fake) Explain(_ *classifier.Document, topic int) classifier.Explanation {
	return classifier.Explanation{Topic: topic}
}

// fakeEngine answers with one assigned topic after tag has had its way.
func fakeEngine(tag func(doc *classifier.Document)) *engine {
	answer := func(doc *classifier.Document, p *classifier.Prediction) {
		tag(doc)
		p.Outcome = classifier.Tagged
		p.Topics = append(p.Topics[:0], classifier.TopicScore{Topic: 0, Confidence: 0.75, Threshold: 0.5, Assigned: true})
	}
	return &engine{
		model:   &model.Model{Manifest: model.Manifest{Name: "fake", Topics: tinyTopics}, Threshold: make([]float64, len(tinyTopics))},
		version: "fake@1",
		workers: sync.Pool{New: func() any { return &worker{tagger: fake{answer}} }},
	}
}

// running is a server on an in-memory listener.
type running struct {
	tagging pb.TaggingServiceClient
	topics  pb.TopicServiceClient
	conn    *grpc.ClientConn
	dial    func() *grpc.ClientConn
	stop    context.CancelFunc
	done    <-chan error // what Serve returned
}

func start(t *testing.T, s *Server) *running {
	t.Helper()
	listener := bufconn.Listen(1 << 20)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, listener); close(done) }()
	dial := func() *grpc.ClientConn {
		conn, err := grpc.NewClient("passthrough:///bufconn", grpc.WithTransportCredentials(insecure.NewCredentials()),
			grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		return conn
	}
	t.Cleanup(func() { stop(); <-done })
	conn := dial()
	return &running{pb.NewTaggingServiceClient(conn), pb.NewTopicServiceClient(conn), conn, dial, stop, done}
}

func startTiny(t *testing.T) *running {
	t.Helper()
	s, err := New(tinyClassifier(t), Config{})
	if err != nil {
		t.Fatal(err)
	}
	return start(t, s)
}

func startFake(t *testing.T, c Config, tag func(doc *classifier.Document)) *running {
	t.Helper()
	c, err := c.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	return start(t, newServer(oneEngine(fakeEngine(tag)), c))
}

// wantFault checks code, reason and field to blame of an error from a call.
func wantFault(t *testing.T, err error, code codes.Code, reason, field string) {
	t.Helper()
	s := status.Convert(err)
	if s.Code() != code {
		t.Fatalf("error %v, want code %v", err, code)
	}
	var gotReason, gotField string
	for _, d := range s.Details() {
		switch d := d.(type) {
		case *errdetails.ErrorInfo:
			gotReason = d.Reason
			if d.Domain != "tajuk.v1" {
				t.Errorf("domain %q, want %q", d.Domain, "tajuk.v1")
			}
		case *errdetails.BadRequest:
			gotField = d.FieldViolations[0].Field
		}
	}
	if gotReason != reason || gotField != field {
		t.Errorf("reason %q field %q, want %q and %q (%v)", gotReason, gotField, reason, field, err)
	}
}

// mixed is n articles on all topics in turn, with ids in order.
func mixed(n int) []*pb.Document {
	topics := slices.Sorted(maps.Keys(words))
	docs := make([]*pb.Document, n)
	for i := range docs {
		docs[i] = article(topics[i%len(topics)], i)
		docs[i].DocumentId = fmt.Sprint(i)
	}
	return docs
}

// waitFor waits until a condition holds, a minute at most.
func waitFor(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited in vain")
		}
	}
}
