package server

import (
	"fmt"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

// errorDomain is the domain of every google.rpc.ErrorInfo sent.
const errorDomain = "tajuk.v1"

// The reasons sent, as listed at TaggingService in the .proto file.
const (
	reasonMalformed        = "MALFORMED_REQUEST"
	reasonDocumentMissing  = "DOCUMENT_MISSING"
	reasonDocumentEmpty    = "DOCUMENT_EMPTY"
	reasonDocumentTooLong  = "DOCUMENT_TOO_LONG"
	reasonTooManyDocuments = "TOO_MANY_DOCUMENTS"
	reasonBatchTooLong     = "BATCH_TOO_LONG"
	reasonOptionInvalid    = "OPTION_INVALID"
	reasonStreamOutOfOrder = "STREAM_OUT_OF_ORDER"
	reasonModelNotFound    = "MODEL_NOT_FOUND"
	reasonAnswerTooLong    = "ANSWER_TOO_LONG"
)

// The further reasons of ModelService.
const (
	reasonVersionNotFound = "VERSION_NOT_FOUND"
	reasonVersionDamaged  = "VERSION_DAMAGED"
	reasonNoActive        = "NO_ACTIVE_VERSION"
	reasonNoPrevious      = "NO_PREVIOUS_VERSION"
	reasonNoStore         = "NO_STORE"
	reasonGateClosed      = "GATE_NOT_PASSED"
	reasonNotAuthorized   = "NOT_AUTHORIZED"
)

// fault is an error that a caller may see. It becomes the status of a call, or
// an ItemError where it concerns one of many documents.
type fault struct {
	code    codes.Code
	reason  string
	field   string // path of the field to blame, or empty
	message string // for people: lower case, with the value and a hint
}

// invalid is the caller's mistake in a field of the request.
func invalid(reason, field, format string, args ...any) *fault {
	return &fault{codes.InvalidArgument, reason, field, fmt.Sprintf(format, args...)}
}

// Error returns the message for people.
func (f *fault) Error() string { return f.message }

// GRPCStatus is how grpc asks an error for its status.
func (f *fault) GRPCStatus() *status.Status {
	details := []protoadapt.MessageV1{&errdetails.ErrorInfo{Reason: f.reason, Domain: errorDomain}}
	message := f.message
	if f.field != "" {
		message = f.field + ": " + message
		details = append(details, &errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{
			{Field: f.field, Description: f.message, Reason: f.reason},
		}})
	}
	s := status.New(f.code, message)
	if detailed, err := s.WithDetails(details...); err == nil {
		return detailed
	}
	return s // a message that cannot be packed: the code and the text still stand
}

// item is the fault as the result of one of many documents.
func (f *fault) item(documentID string) *pb.TagResult {
	return &pb.TagResult{Result: &pb.TagResult_Error{Error: &pb.ItemError{
		DocumentId: documentID, Code: int32(f.code), Reason: f.reason, Message: f.message,
	}}}
}
