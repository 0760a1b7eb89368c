package server

import (
	"context"
	"fmt"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
)

// answer puts one prediction into messages. Numbers are copied, never rounded.
type answer struct {
	engine  *engine
	tagger  tagger
	options options
	left    int // bytes that the answer may still take
}

// convert copies p, which is used again for the next document, into out. Bytes are counted
// as the answer grows: an explanation of a long document can be
// a hundred times the document, and must not be built before it is refused.
func (a *answer) convert(ctx context.Context, doc *classifier.Document, p *classifier.Prediction, out *pb.DocumentPrediction) error {
	out.DocumentId = doc.ID
	out.Outcome = pb.Outcome(p.Outcome)
	out.Notices = notices(p.Notices)
	out.ModelVersion = a.engine.version
	if a.options.analysis {
		out.Analysis = &pb.DocumentAnalysis{TokenCount: int32(p.Tokens), VocabularyCoverage: p.Coverage()}
	}
	a.left -= proto.Size(out)
	topics := make([]pb.TopicPrediction, len(p.Topics)) // one allocation for all
	out.Topics = make([]*pb.TopicPrediction, len(p.Topics))
	for i, s := range p.Topics {
		out.Topics[i] = &topics[i]
		a.topic(&topics[i], s)
		if a.options.explain {
			if err := ctx.Err(); err != nil {
				return status.FromContextError(err).Err()
			}
			a.explain(&topics[i], doc, s.Topic)
			a.left -= proto.Size(&topics[i])
		} else {
			a.left -= len(topics[i].Topic) + plainTopicBytes
		}
		a.left -= messageOverhead
		if a.left < 0 {
			return tooLong("set max_predictions or max_evidence, or send less in a message")
		}
	}
	if a.options.observe != nil {
		a.options.observe(a.engine.model, p)
	}
	return nil
}

const (
	messageOverhead = 5  // what the tag and the length of a message inside another take
	plainTopicBytes = 35 // what a topic without evidence takes beside its id, at most: three numbers, a flag, tags and a length
)

func tooLong(hint string) *fault {
	return &fault{
		codes.ResourceExhausted, reasonAnswerTooLong, "",
		fmt.Sprintf("the answer exceeds %d bytes: %s", MaxAnswerBytes, hint),
	}
}

func (a *answer) topic(out *pb.TopicPrediction, s classifier.TopicScore) {
	out.Topic = a.engine.model.Manifest.Topics[s.Topic].ID
	out.Confidence = s.Confidence
	out.Threshold = s.Threshold
	out.Assigned = s.Assigned
	out.RawScore = s.Score
}

func (a *answer) explain(out *pb.TopicPrediction, doc *classifier.Document, topic int) {
	e := a.tagger.Explain(doc, topic)
	out.Bias = e.Bias
	shown := e.Terms
	if n := a.options.maxEvidence; n > 0 && n < len(shown) {
		shown = shown[:n]
	}
	out.Evidence = make([]*pb.Evidence, len(shown))
	for i, t := range shown {
		out.Evidence[i] = &pb.Evidence{Term: t.Term, Contribution: t.Value, Spans: spans(t.Spans)}
	}
	for _, t := range e.Terms[len(shown):] {
		out.OtherEvidence += t.Value
	}
}

func spans(in []classifier.Span) []*pb.TextSpan {
	out := make([]*pb.TextSpan, len(in))
	for i, s := range in {
		out[i] = &pb.TextSpan{Field: pb.TextSpan_Field(s.Field), StartByte: int32(s.Start), EndByte: int32(s.End)}
	}
	return out
}

func notices(in []classifier.Notice) []*pb.Notice {
	if len(in) == 0 {
		return nil
	}
	out := make([]*pb.Notice, len(in))
	for i, n := range in {
		out[i] = &pb.Notice{Code: pb.Notice_Code(n.Code), Message: n.Message}
	}
	return out
}
