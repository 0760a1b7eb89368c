package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/feedback"
)

func TestMetrics(t *testing.T) {
	log, _, err := feedback.Open(t.TempDir(), feedback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	s := newTiny(t, Config{Access: tokens(t), Feedback: log})
	w := startWeb(t, s)
	version := tinyClassifier(t).Version()
	ctx := bearer(t.Context(), "read")
	tagging := pb.NewTaggingServiceClient(w.conn)
	docs := []*pb.Document{article("economy", 1), article("economy", 2), {Text: "zzz"}, {DocumentId: "bad"}}
	if _, err := tagging.BatchTagDocuments(ctx, &pb.BatchTagDocumentsRequest{Documents: docs}); err != nil {
		t.Fatal(err)
	}
	ask(t, "POST", w.url+"/v1/tag", `{"document":{"text":"kiper menahan penalti di stadion"}}`, "Authorization: Bearer read")
	_, _ = tagging.TagDocument(t.Context(), one("tanpa token"))
	wantMetrics(t, w, "read", []string{
		`tajuk_documents_total{model="mini",outcome="tagged"} 3`,
		`tajuk_documents_total{model="mini",outcome="abstained"} 1`,
		`tajuk_documents_total{model="mini",outcome="no_topic"} 0`,
		`tajuk_topics_assigned_total{model="mini",topic="economy"} 2`,
		`tajuk_topics_assigned_total{model="mini",topic="football"} 1`,
		`tajuk_document_coverage_count{model="mini"} 4`,
		`tajuk_refused_total{reason="TOKEN_MISSING"} 1`,
		`tajuk_model_info{model="mini",version="` + version + `"} 1`,
		`tajuk_work_in_progress 0`,
		`tajuk_work_waiting 0`,
		`tajuk_feedback_corrections 0`,
		`grpc_server_handled_total{grpc_code="OK",grpc_method="BatchTagDocuments",grpc_service="tajuk.v1.TaggingService",grpc_type="unary"} 1`,
		`grpc_server_handled_total{grpc_code="OK",grpc_method="TagDocument",grpc_service="tajuk.v1.TaggingService",grpc_type="unary"} 1`,
		`grpc_server_handling_seconds_count{grpc_method="TagDocument",grpc_service="tajuk.v1.TaggingService",grpc_type="unary"} 1`,
		`tajuk_http_request_duration_seconds_count{code="200",method="post"} 1`,
		"go_goroutines", "process_open_fds",
	})
	if body := ask(t, "GET", w.url+"/readyz", "").body; !strings.Contains(body, version) {
		t.Errorf("ready: %s", body)
	}
}

// TestMetricsByModel: what is told of one of several models carries its name.
func TestMetricsByModel(t *testing.T) {
	maxi, mini, next := variant(t, "maxi", 1), variant(t, "mini", 2), variant(t, "mini", 3)
	source := newShelf(maxi, mini)
	m := loadModels(t, source, ModelsOptions{})
	s, err := NewWithModels(m, Config{})
	if err != nil {
		t.Fatal(err)
	}
	w := startWeb(t, s)
	tagging := pb.NewTaggingServiceClient(w.conn)
	for _, name := range []string{"mini", "mini", mini.Version(), "maxi", "rahasia"} {
		_, _ = tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{Model: name, Document: article("economy", 1)})
	}
	source.put("mini", next, nil)
	source.put("maxi", nil, errors.New("bad file"))
	source.put("midi", nil, errors.New("bad file")) // one that never answered
	if err := m.Reload(); err == nil {
		t.Fatal("bad files were taken up")
	}
	wantMetrics(t, w, "", []string{
		`tajuk_documents_total{model="maxi",outcome="tagged"} 1`, `tajuk_documents_total{model="mini",outcome="tagged"} 3`,
		`tajuk_topics_assigned_total{model="maxi",topic="economy"} 1`, `tajuk_topics_assigned_total{model="mini",topic="economy"} 3`,
		`tajuk_document_coverage_count{model="mini"} 3`,
		`tajuk_model_info{model="maxi",version="` + maxi.Version() + `"} 1`, `tajuk_model_info{model="mini",version="` + next.Version() + `"} 1`,
		`tajuk_model_last_reload_successful{model="maxi"} 0`, `tajuk_model_last_reload_successful{model="midi"} 0`,
		`tajuk_model_last_reload_successful{model="mini"} 1`, `tajuk_model_resident_versions{model="mini"} 1`,
		`tajuk_model_loads_total{model="mini"} 2`, `tajuk_model_load_failures_total{model="maxi"} 1`,
	})
	if text := ask(t, "GET", w.url+"/metrics", "").body; strings.Contains(text, "rahasia") {
		t.Error("a label came from a request")
	}
}

// wantMetrics waits until the metrics have all that is wanted: some are written a moment after an answer.
func wantMetrics(t *testing.T, w *web, token string, wanted []string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		got := ask(t, "GET", w.url+"/metrics", "", "Authorization: Bearer "+token).body
		missing := slices.DeleteFunc(slices.Clone(wanted), func(want string) bool { return strings.Contains(got, want) })
		if len(missing) == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("metrics lack %s", strings.Join(missing, "\n"))
		}
	}
}

// TestLabelsAreFew: whatever callers send, it makes no new series.
func TestLabelsAreFew(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{}))
	series := func() int {
		return strings.Count(ask(t, "GET", w.url+"/metrics", "").body, "\ntajuk_")
	}
	probe := func(i int) {
		ask(t, "GET", w.url+fmt.Sprint("/x", i), "")
		ask(t, fmt.Sprint("VERB", i), w.url+"/v1/tag", "")
		ask(t, "POST", w.url+"/v1/tag", `{"document":{"text":"teks"}}`, fmt.Sprint("X-Request-Id: ", i))
	}
	series() // the first one makes its own
	probe(0)
	before := series()
	for i := range 20 {
		probe(i)
	}
	if after := series(); after != before {
		t.Errorf("%d series became %d", before, after)
	}
}

// TestRoutesAreNamed: a span has the name of each path that OpenAPI lists.
func TestRoutesAreNamed(t *testing.T) {
	var spec struct{ Paths map[string]any }
	if err := json.Unmarshal(pb.OpenAPI, &spec); err != nil || len(spec.Paths) < 5 {
		t.Fatalf("%d paths, %v", len(spec.Paths), err)
	}
	for path := range spec.Paths {
		if route(path) != path {
			t.Errorf("%s is %s", path, route(path))
		}
	}
}

func TestTracing(t *testing.T) {
	recorder := tracetest.NewSpanRecorder()
	provider := trace.NewTracerProvider(trace.WithSpanProcessor(recorder))
	w := startWeb(t, newTiny(t, Config{Tracing: provider}))
	if _, err := pb.NewTaggingServiceClient(w.conn).TagDocument(t.Context(), one("rahasia")); err != nil {
		t.Fatal(err)
	}
	ask(t, "POST", w.url+"/v1/tag", `{"document":{"text":"rahasia"}}`, "Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	ask(t, "GET", w.url+"/x/rahasia", "")
	w.stop()
	<-w.done
	spans := map[string]trace.ReadOnlySpan{}
	for _, s := range recorder.Ended() {
		spans[s.Name()] = s
		if text := fmt.Sprint(s.Attributes(), s.Events(), s.Name()); strings.Contains(text, "rahasia") {
			t.Errorf("a span tells what a call was about: %s", text)
		}
	}
	for _, want := range []string{"tajuk.v1.TaggingService/TagDocument", "POST /v1/tag", "GET /other"} {
		if spans[want] == nil {
			t.Errorf("no span %q among %v", want, spans)
		}
	}
	if s := spans["POST /v1/tag"]; s != nil && s.Parent().TraceID().String() != "0af7651916cd43dd8448eb211c80319c" {
		t.Errorf("the caller's trace is not continued: %v", s.Parent())
	}
}
