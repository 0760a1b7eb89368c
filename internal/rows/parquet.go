package rows

import (
	"bufio"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// A row group, which the writer keeps in memory, is closed after so many rows or so many bytes of JSON.
const (
	groupRows  = 64 << 10
	groupBytes = 8 << 20
)

// answerRow is a row of a Parquet file and, but for its names, of JSON.
type answerRow struct {
	ID           string      `json:"id" parquet:"id"`
	Outcome      string      `json:"outcome" parquet:"outcome,dict"`
	Topics       []topicRow  `json:"topics" parquet:"topics,list"`
	Notices      []noticeRow `json:"notices" parquet:"notices,list"`
	ModelVersion string      `json:"model_version" parquet:"model_version,dict"`
}

type topicRow struct {
	Topic      string  `json:"topic" parquet:"topic,dict"`
	Confidence float64 `json:"confidence" parquet:"confidence"`
	Threshold  float64 `json:"threshold" parquet:"threshold"`
	Assigned   bool    `json:"assigned" parquet:"assigned"`
}

type noticeRow struct {
	Code    string `json:"code" parquet:"code,dict"`
	Message string `json:"message" parquet:"message"`
}

// inputRow has the fields of the record besides.
type inputRow struct {
	answerRow `json:",embed"`
	Title     string         `json:"title" parquet:"title"`
	Text      string         `json:"text" parquet:"text"`
	Date      string         `json:"date" parquet:"date"`
	Source    string         `json:"source" parquet:"source,dict"`
	URL       string         `json:"url" parquet:"url"`
	Labels    []string       `json:"labels" parquet:"labels,list"`
	Extra     string         `json:"-" parquet:"extra"`
	Others    jsontext.Value `json:",embed" parquet:"-"`
}

func (r *answerRow) complete() {}

// complete makes a column of the keys without one.
func (r *inputRow) complete() { r.Extra = string(r.Others) }

// completed is a row that can be decoded.
type completed[T any] interface {
	*T
	complete()
}

// WriteParquet writes the rows that in holds as JSON, made by an encoder of [NewJSON] without Explain, to w as a Parquet
// file whose columns are packed by codec. Input tells whether the rows have the fields of the record. Memory is
// bounded by a row group and the longest row. Equal rows give equal bytes.
func WriteParquet(w io.Writer, in io.Reader, codec compress.Codec, input bool) error {
	if input {
		return writeParquet[inputRow](w, in, codec)
	}
	return writeParquet[answerRow](w, in, codec)
}

func writeParquet[T any, P completed[T]](w io.Writer, in io.Reader, codec compress.Codec) error {
	p := parquet.NewGenericWriter[T](w, parquet.Compression(codec), parquet.CreatedBy("tajuk", "", ""))
	lines := bufio.NewReaderSize(in, 256<<10)
	group := groupSize{}
	var long []byte
	for n := 1; ; n++ {
		line, err := readLine(lines, &long)
		if err == io.EOF {
			return p.Close()
		}
		if err != nil {
			return fmt.Errorf("row %d: %w", n, err)
		}
		one := make([]T, 1)
		if err := json.Unmarshal(line, P(&one[0])); err != nil {
			return fmt.Errorf("row %d: %w", n, err)
		}
		P(&one[0]).complete()
		if _, err = p.Write(one); err == nil && group.full(len(line)) {
			err = p.Flush()
		}
		if err != nil {
			return err
		}
	}
}

// groupSize tells when a row group is full.
type groupSize struct{ rows, bytes int }

func (g *groupSize) full(row int) bool {
	g.rows++
	g.bytes += row
	if g.rows < groupRows && g.bytes < groupBytes {
		return false
	}
	*g = groupSize{}
	return true
}

// readLine returns the next line, valid until the next call; long is scratch for one beyond the buffer.
func readLine(r *bufio.Reader, long *[]byte) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		if err == io.EOF && len(line) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return line, err
	}
	*long = append((*long)[:0], line...)
	for err == bufio.ErrBufferFull {
		line, err = r.ReadSlice('\n')
		*long = append(*long, line...)
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return *long, err
}
