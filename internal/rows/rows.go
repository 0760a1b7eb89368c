// Package rows writes answers down for programs: JSON Lines, CSV and Parquet.
//
//  1. [NewJSON] or [NewCSV] makes an [Encoder] for a classifier.
//  2. [Encoder.Header] comes first; [Encoder.Append] adds the row or rows of one [Answer].
//  3. [WriteParquet] makes a Parquet file of JSON rows.
//
// JSON is one object a record, Parquet one row a record with its topics as a list, CSV one row a topic (and one for a
// record without topics, so that none is lost). With [Options.Input] the fields of the record follow its answer. An
// encoder may be used by several goroutines at a time; equal answers give equal bytes.
//
// Strings are taken to be valid UTF-8, as corpus and model see to; were one not, its broken bytes would become
// replacement characters.
package rows

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tajuk/tajuk/classifier"
)

// Answer is what was found out about one record.
type Answer struct {
	ID       string // what the record is called in the rows
	Document *classifier.Document
	*classifier.Prediction
	Evidence []classifier.Explanation // of each of Topics; nil if not asked for
}

// Options say what rows hold besides the answer.
type Options struct {
	Explain bool // the words that speak for and against each topic
	Input   bool // the fields of the record
}

// Encoder writes answers in one form.
type Encoder interface {
	// Header is what stands before the first row; it may be empty.
	Header() []byte
	// Append appends the rows of an answer to dst.
	Append(dst []byte, a *Answer) []byte
}

// separate puts a comma before every element but the first.
func separate(dst []byte, i int) []byte {
	if i > 0 {
		dst = append(dst, ',')
	}
	return dst
}

// AppendNumber appends the shortest decimal that reads back to the same number.
func AppendNumber(dst []byte, x float64) []byte {
	format := byte('f')
	if x != 0 && x < 1e-6 && x > -1e-6 {
		format = 'e'
	}
	return strconv.AppendFloat(dst, x, format, -1, 64)
}

// AppendString appends a JSON string.
func AppendString(dst []byte, s string) []byte {
	dst, _ = jsontext.AppendQuote(dst, s)
	return dst
}
