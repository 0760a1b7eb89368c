package server

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

const (
	boat = "Kapal itu membawa seratus penumpang “pertama” pada pelayaran perdananya ke pulau seberang."
	dock = "Tiketnya dijual di loket dermaga mulai pukul enam pagi setiap hari kerja."

	boatPage = `<!doctype html><title>Kapal Wisata Baru Berlayar | Situs</title>
<nav><a href="/">Beranda</a></nav><h1>Kapal Wisata Baru Berlayar</h1><div>Selasa, 5 Mei 2020 07:30 WIB</div>
<p>` + boat + `<script>document.cookie</script>
<p><a href="/2">Baca juga: Dermaga Lama Diperbaiki</a>
<p>` + dock + `<footer>Hak cipta 2020</footer>`

	boatPasted = "Beranda\nMasuk\nKapal Wisata Baru Berlayar\nOleh Ratna Dewi\nSelasa, 5 Mei 2020 | 07:30 WIB\n" + boat + "\n" + dock + "\nTerkini Lainnya\nPasar Ikan Dipindah\n"
)

func htmlPage(s string) *pb.ExtractArticleRequest {
	return &pb.ExtractArticleRequest{Page: &pb.ExtractArticleRequest_Html{Html: s}}
}

func pastedPage(s string) *pb.ExtractArticleRequest {
	return &pb.ExtractArticleRequest{Page: &pb.ExtractArticleRequest_PastedText{PastedText: s}}
}

func pageContent(s string) *pb.ExtractArticleRequest {
	return &pb.ExtractArticleRequest{Page: &pb.ExtractArticleRequest_Content{Content: []byte(s)}}
}

// TestExtractArticle: HTML and pasted text of one page, in whatever form, give its article, over gRPC and HTTP alike.
func TestExtractArticle(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{}))
	client := pb.NewTaggingServiceClient(w.conn)
	old, err := charmap.Windows1252.NewEncoder().String(`<meta charset="windows-1252">` + boatPage)
	if err != nil {
		t.Fatal(err)
	}
	want := &pb.ExtractArticleResponse{Title: "Kapal Wisata Baru Berlayar", Date: "2020-05-05T07:30:00+07:00", Text: boat + "\n" + dock}
	for name, req := range map[string]*pb.ExtractArticleRequest{
		"HTML": htmlPage(boatPage), "pasted": pastedPage(boatPasted), "content, HTML": pageContent(boatPage),
		"content, another encoding": pageContent(old), "content, text": pageContent(boatPasted),
	} {
		got, err := client.ExtractArticle(t.Context(), req)
		if err != nil || !proto.Equal(got, want) {
			t.Errorf("%s: %v, error %v\nwant %v", name, got, err, want)
		}
		body, err := protojson.Marshal(req)
		if err != nil {
			t.Fatal(err)
		}
		reply := ask(t, "POST", w.url+"/v1/extract", string(body))
		wantReply(t, reply, 200, "")
		var over pb.ExtractArticleResponse
		if err := protojson.Unmarshal([]byte(reply.body), &over); err != nil || !proto.Equal(&over, want) {
			t.Errorf("%s over HTTP: %s, error %v", name, reply.body, err)
		}
	}
}

// TestExtractThenTag: what the notice about markup advises leads to an answer without it.
func TestExtractThenTag(t *testing.T) {
	r := startTiny(t)
	tag := func(title, text string) *pb.DocumentPrediction {
		resp, err := r.tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{Document: &pb.Document{Title: title, Text: text}})
		if err != nil {
			t.Fatal(err)
		}
		return resp.GetPrediction()
	}
	source := "<html><body><h1>Kiper menahan penalti</h1><p>" + article("football", 3).Text + "</p></body></html>"
	raw := tag("", source)
	if len(raw.Notices) == 0 || raw.Notices[0].Code != pb.Notice_CODE_LOOKS_LIKE_MARKUP || !strings.Contains(raw.Notices[0].Message, "ExtractArticle") {
		t.Fatalf("notices %v", raw.Notices)
	}
	got, err := r.tagging.ExtractArticle(t.Context(), htmlPage(source))
	if err != nil {
		t.Fatal(err)
	}
	if clean := tag(got.Title, got.Text); len(clean.Notices) > 0 || clean.Outcome != pb.Outcome_OUTCOME_TAGGED {
		t.Errorf("%v, notices %v", clean.Outcome, clean.Notices)
	}
}

func TestExtractFaults(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{}))
	client := pb.NewTaggingServiceClient(w.conn)
	long := strings.Repeat("kata ", MaxPageBytes/5+1)
	for name, test := range map[string]struct {
		req           *pb.ExtractArticleRequest
		reason, field string
	}{
		"nothing":        {&pb.ExtractArticleRequest{}, reasonPageMissing, "page"},
		"empty HTML":     {htmlPage(""), reasonPageMissing, "html"},
		"empty content":  {pageContent(""), reasonPageMissing, "content"},
		"long HTML":      {htmlPage(long), reasonPageTooLong, "html"},
		"long text":      {pastedPage(long), reasonPageTooLong, "pasted_text"},
		"long content":   {pageContent(long), reasonPageTooLong, "content"},
		"scripts only":   {htmlPage("<html><body><script>draw()</script></body></html>"), reasonPageWithoutText, "html"},
		"blank text":     {pastedPage(" \n\u00a0"), reasonPageWithoutText, "pasted_text"},
		"blank content":  {pageContent("\n"), reasonPageWithoutText, "content"},
		"HTML, no words": {pageContent("<html><img src=x></html>"), reasonPageWithoutText, "content"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := client.ExtractArticle(t.Context(), test.req)
			wantFault(t, err, codes.InvalidArgument, test.reason, test.field)
			body, err := protojson.Marshal(test.req)
			if err != nil {
				t.Fatal(err)
			}
			wantReply(t, ask(t, "POST", w.url+"/v1/extract", string(body)), 400, test.reason)
		})
	}
	wantReply(t, ask(t, "POST", w.url+"/v1/extract", `{"html":"<p>a","content":"YQ=="}`), 400, reasonMalformed)
	wantReply(t, ask(t, "POST", w.url+"/v1/extract", `{"content":"not base 64!"}`), 400, reasonMalformed)
}

// TestExtractLimit: a page of just the limit fits into a message of gRPC and a body of HTTP, and its answer into the limit on answers.
func TestExtractLimit(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{}))
	html := "<p>" + dock + "</p>\n"
	html = strings.Repeat(html, MaxPageBytes/len(html))
	if _, err := pb.NewTaggingServiceClient(w.conn).ExtractArticle(t.Context(), htmlPage(html)); err != nil {
		t.Error(err)
	}
	quoted, err := json.Marshal(map[string]string{"html": html})
	if err != nil {
		t.Fatal(err)
	}
	wantReply(t, ask(t, "POST", w.url+"/v1/extract", string(quoted)), 200, "")
	wantReply(t, ask(t, "POST", w.url+"/v1/extract", `{"content":"`+base64.StdEncoding.EncodeToString([]byte(html))+`"}`), 200, "")

	// In windows-1252 the euro sign is one byte, in UTF-8 three.
	wide := "<meta charset=windows-1252><p>" + strings.Repeat("Harga beras naik menjadi \x80\x80\x80\x80\x80\x80\x80\x80\x80\x80 sekilo, kata mereka. ", MaxPageBytes/64)
	_, err = pb.NewTaggingServiceClient(w.conn).ExtractArticle(t.Context(), pageContent(wide))
	wantFault(t, err, codes.ResourceExhausted, reasonAnswerTooLong, "")
}

// TestExtractReasonsArePublished: callers branch on reasons, so the .proto file lists them.
func TestExtractReasonsArePublished(t *testing.T) {
	spec, err := os.ReadFile("../../api/tajuk/v1/tagging_service.proto")
	if err != nil {
		t.Fatal(err)
	}
	for _, reason := range []string{reasonPageMissing, reasonPageTooLong, reasonPageWithoutText} {
		if !strings.Contains(string(spec), "//   "+reason+" ") {
			t.Errorf("reason %s is not listed", reason)
		}
	}
}

// FuzzExtract sends any message: it is answered with text that can be sent and tagged, or refused with a reason.
func FuzzExtract(f *testing.F) {
	for _, req := range []*pb.ExtractArticleRequest{
		htmlPage(boatPage), pastedPage(boatPasted), pageContent(boatPage), pageContent("\xff\xfe<\x00p\x00>\x00a\x00"),
		htmlPage("<p>&#0;&#xd800;&#x110000;<![CDATA[<script>]]><p title='&lt;b>'>"),
		{},
	} {
		data, err := proto.Marshal(req)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var req pb.ExtractArticleRequest
		if proto.Unmarshal(data, &req) != nil {
			t.Skip("not a message")
		}
		resp, err := (&tagging{}).ExtractArticle(t.Context(), &req)
		if err != nil {
			if fault, ok := errors.AsType[*fault](err); !ok || fault.reason == "" {
				t.Fatalf("error %v is no fault", err)
			}
			return
		}
		if _, err := proto.Marshal(resp); err != nil {
			t.Errorf("the answer cannot be sent: %v", err)
		}
		if resp.Title+resp.Text == "" {
			t.Error("an article without title and text")
		}
	})
}
