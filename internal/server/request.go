package server

import (
	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
)

// options are TagOptions once checked.
type options struct {
	classifier.Options
	explain     bool
	analysis    bool
	maxEvidence int                                        // 0 = no limit
	observe     func(*model.Model, *classifier.Prediction) // told of each answer, unless nil
}

// readOptions checks what a caller wants returned. Field paths start with prefix.
func readOptions(o *pb.TagOptions, prefix string) (options, error) {
	view := o.GetView()
	if _, known := pb.PredictionView_name[int32(view)]; !known {
		return options{}, invalid(reasonOptionInvalid, prefix+".view", "view %d is unknown: use BASIC, FULL or EXPLAIN", view)
	}
	var confidence classifier.Options
	if o != nil {
		confidence.MinConfidence = o.MinConfidence
	}
	if err := confidence.Validate(); err != nil {
		return options{}, invalid(reasonOptionInvalid, prefix+".min_confidence", "%v", err)
	}
	limit := classifier.Options{Limit: int(o.GetMaxPredictions())}
	if err := limit.Validate(); err != nil {
		return options{}, invalid(reasonOptionInvalid, prefix+".max_predictions", "%v", err)
	}
	if n := o.GetMaxEvidence(); n < 0 {
		return options{}, invalid(reasonOptionInvalid, prefix+".max_evidence", "limit %d is negative: use 0 for no limit", n)
	}
	everything := view == pb.PredictionView_PREDICTION_VIEW_FULL || view == pb.PredictionView_PREDICTION_VIEW_EXPLAIN
	return options{
		Options:     classifier.Options{MinConfidence: confidence.MinConfidence, Limit: limit.Limit, All: everything},
		explain:     view == pb.PredictionView_PREDICTION_VIEW_EXPLAIN,
		analysis:    everything,
		maxEvidence: int(o.GetMaxEvidence()),
	}, nil
}

// readDocument checks a document and hands it to the engine without copying.
func readDocument(d *pb.Document) (classifier.Document, *fault) {
	if d.GetTitle() == "" && d.GetText() == "" {
		return classifier.Document{}, invalid(reasonDocumentEmpty, "document", "neither title nor text: set at least one")
	}
	if n := documentBytes(d); n > MaxDocumentBytes {
		return classifier.Document{}, invalid(reasonDocumentTooLong, "document",
			"%d bytes of id, title and text: at most %d are allowed", n, MaxDocumentBytes)
	}
	return classifier.Document{ID: d.DocumentId, Title: d.Title, Text: d.Text}, nil
}

// checkDocuments checks what concerns a message of documents as a whole.
func checkDocuments(docs []*pb.Document, field string) error {
	if len(docs) == 0 {
		return invalid(reasonDocumentMissing, field, "no documents: send at least one")
	}
	if len(docs) > MaxDocuments {
		return invalid(reasonTooManyDocuments, field, "%d documents: send at most %d in a message", len(docs), MaxDocuments)
	}
	total := 0
	for _, d := range docs {
		total += documentBytes(d)
	}
	if total > MaxBatchBytes {
		return invalid(reasonBatchTooLong, field, "%d bytes of documents: send at most %d in a message", total, MaxBatchBytes)
	}
	return nil
}

func documentBytes(d *pb.Document) int {
	return len(d.GetDocumentId()) + len(d.GetTitle()) + len(d.GetText())
}
