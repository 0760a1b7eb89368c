package server

import (
	"context"
	"errors"
	"strings"

	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/extract/page"
)

// MaxPageBytes is the size of the longest page that ExtractArticle reads. Pages of news sites have 0.03 to 1.6 MB.
const MaxPageBytes = 4 << 20

// The further reasons of ExtractArticle.
const (
	reasonPageMissing     = "PAGE_MISSING"
	reasonPageTooLong     = "PAGE_TOO_LONG"
	reasonPageWithoutText = "PAGE_WITHOUT_TEXT"
)

// ExtractArticle finds the article in a page.
func (t *tagging) ExtractArticle(_ context.Context, req *pb.ExtractArticleRequest) (*pb.ExtractArticleResponse, error) {
	field, size := pageOf(req)
	switch {
	case size == 0:
		return nil, invalid(reasonPageMissing, field, "no page: set html, pasted_text or content")
	case size > MaxPageBytes:
		return nil, invalid(reasonPageTooLong, field, "%d bytes: at most %d are allowed", size, MaxPageBytes)
	}
	article, err := readPage(req)
	if errors.Is(err, page.ErrNoText) {
		return nil, invalid(reasonPageWithoutText, field, "%v", err)
	}
	if err != nil {
		return nil, err
	}
	out := &pb.ExtractArticleResponse{Title: article.Title, Date: article.Date, Text: article.Text}
	if proto.Size(out) > MaxAnswerBytes { // other encodings take less room than UTF-8
		return nil, tooLong("send a shorter page")
	}
	return out, nil
}

// pageOf names the field that holds the page, and says how long that is.
func pageOf(req *pb.ExtractArticleRequest) (field string, size int) {
	switch p := req.GetPage().(type) {
	case *pb.ExtractArticleRequest_Html:
		return "html", len(p.Html)
	case *pb.ExtractArticleRequest_PastedText:
		return "pasted_text", len(p.PastedText)
	case *pb.ExtractArticleRequest_Content:
		return "content", len(p.Content)
	}
	return "page", 0
}

// readPage reads the page of a request that has one.
func readPage(req *pb.ExtractArticleRequest) (page.Article, error) {
	switch p := req.GetPage().(type) {
	case *pb.ExtractArticleRequest_Html:
		return page.HTML([]byte(p.Html))
	case *pb.ExtractArticleRequest_Content:
		return page.Read(p.Content)
	}
	text := req.GetPastedText()
	if strings.TrimSpace(text) == "" {
		return page.Article{}, page.ErrNoText
	}
	return page.Text(text), nil
}
