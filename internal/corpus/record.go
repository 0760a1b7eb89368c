package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/tajuk/tajuk/classifier"
)

// maxLabels bounds each list of labels of a record, so that a broken record
// cannot make the set operations on it slow.
const maxLabels = 1000

var (
	errAbsent = errors.New("neither title nor text: give one")
	errEmpty  = errors.New("title and text are both empty: a labelled article needs one")
)

// Record is one article and the place it was read from.
type Record struct {
	classifier.Document        // ID is empty if the record gives none: name it by its Place
	Path                string // the file as named by the caller or found in a folder or archive; "stdin"
	Line                int    // line on which the record starts, from 1, or what else Unit counts
	Unit                Unit
	Offset              int64 // of a WARC record: its first byte in the decompressed file
	Page                bool  // title, date and text were found in an HTML page

	page []byte // that title, date and text are still to be found in; nil if there is none
	kind string // content type of page, if it was sent with one
}

// Place names the record in messages: "path:line", "path:row 3" or "path:record 3 at byte 120",
// where a path in an archive is "archive.zip!path".
func (r *Record) Place() string { return place(r.Path, r.position()) }

func (r *Record) position() position { return position{r.Line, r.Unit, r.Offset} }

// Refuse is the error of a caller that cannot use the record, for the reason err.
func (r *Record) Refuse(err error) *RecordError {
	return &RecordError{Path: r.Path, Line: r.Line, Unit: r.Unit, Offset: r.Offset, Err: err}
}

// RecordError is one record that could not be read. The records around it
// are not affected.
type RecordError struct {
	Path   string
	Line   int // line on which the record starts, from 1, or what else Unit counts
	Unit   Unit
	Offset int64 // of a WARC record: its first byte in the decompressed file
	Err    error
}

// Error returns the place, as [Record.Place] has it, and the reason.
func (e *RecordError) Error() string {
	return place(e.Path, position{e.Line, e.Unit, e.Offset}) + ": " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *RecordError) Unwrap() error { return e.Err }

// SourceError is a file, a folder or a file in an archive that could not be read, or not to its end.
// The records before its place have been delivered.
type SourceError struct {
	Path   string
	Line   int // line that was being read, from 1, or what else Unit counts; 0 if none was
	Unit   Unit
	Offset int64 // of a WARC record: its first byte in the decompressed file
	Err    error
}

// Error returns the place, which is the path alone if no line was reached, and the reason.
func (e *SourceError) Error() string {
	return place(e.Path, position{e.Line, e.Unit, e.Offset}) + ": " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *SourceError) Unwrap() error { return e.Err }

// validate checks what must hold for a document of any format and makes
// its lists of labels sets. A blank article is one to abstain from, but there is nothing to
// learn from it.
func validate(d *classifier.Document) error {
	if len(d.Labels)+len(d.NotLabels) > 0 && isBlank(d.Title) && isBlank(d.Text) {
		return errEmpty
	}
	var err error
	if d.Labels, err = labelSet("labels", d.Labels); err != nil {
		return err
	}
	if d.NotLabels, err = labelSet("not_labels", d.NotLabels); err != nil {
		return err
	}
	if d.Disputed, err = labelSet("disputed", d.Disputed); err != nil {
		return err
	}
	for _, label := range d.NotLabels {
		if slices.Contains(d.Labels, label) {
			return fmt.Errorf("label %.60q is both in labels and not_labels: keep one", label)
		}
	}
	return nil
}

// labelSet returns labels without repetitions, in order.
func labelSet(field string, labels []string) ([]string, error) {
	if len(labels) > maxLabels {
		return nil, fmt.Errorf("%s: %d labels, more than %d", field, len(labels), maxLabels)
	}
	set := labels[:0]
	for _, label := range labels {
		if label == "" || strings.TrimSpace(label) != label {
			return nil, fmt.Errorf("%s: label %.60q is empty or has space around it", field, label)
		}
		if !slices.Contains(set, label) {
			set = append(set, label)
		}
	}
	return set, nil
}

func isBlank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) }) < 0
}
