package feedback

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// Entry is one correction: an article with the topics that a person gave it.
type Entry struct {
	ID      uint64    // given by the log, from 1 upwards; gaps are possible
	Created time.Time // given by the log, UTC
	// RequestID tells a repeated request from a new one; empty: always new.
	RequestID string

	DocumentID, Title, Text string
	Labels                  []string // topics that apply; none and not Partial: no topic does
	NotLabels               []string // topics that do not
	Partial                 bool     // there may be topics besides Labels

	ModelVersion, Author, Comment string
}

// line is an entry as it is written. The keys up to Partial are those of training data.
type line struct {
	DocumentID   string    `json:"id,omitempty"`
	Title        string    `json:"title,omitempty"`
	Text         string    `json:"text,omitempty"`
	Labels       []string  `json:"labels"`
	NotLabels    []string  `json:"not_labels,omitempty"`
	Partial      bool      `json:"partial,omitzero"`
	ID           string    `json:"feedback_id"`
	RequestID    string    `json:"request_id,omitempty"`
	Created      time.Time `json:"created"`
	ModelVersion string    `json:"model_version,omitempty"`
	Author       string    `json:"author,omitempty"`
	Comment      string    `json:"comment,omitempty"`
}

// A line ends with its checksum: `…,"crc32c":"0123abcd"}` and a line feed.
const (
	sumStart  = `,"crc32c":"`
	sumEnd    = `"}`
	sumLength = len(sumStart) + 8 + len(sumEnd)
)

var errDamaged = errors.New("damaged: the checksum does not fit")

func checksum(data []byte) string {
	return fmt.Sprintf("%08x", crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)))
}

// FormatID writes an entry's ID as callers see it.
func FormatID(id uint64) string { return fmt.Sprintf("fb-%010d", id) }

// ParseID reads what FormatID wrote.
func ParseID(s string) (uint64, error) {
	digits, found := strings.CutPrefix(s, "fb-")
	id, err := strconv.ParseUint(digits, 10, 64)
	if !found || err != nil || FormatID(id) != s {
		return 0, fmt.Errorf("%.40q is no feedback id: give one such as %s", s, FormatID(12))
	}
	return id, nil
}

// AppendJSON appends e as one line of labelled articles, as training reads them, with
// where the labels come from. It fails if a string is not valid UTF-8.
func AppendJSON(dst []byte, e *Entry) ([]byte, error) {
	body, err := json.Marshal(&line{
		e.DocumentID, e.Title, e.Text, e.Labels, e.NotLabels, e.Partial,
		FormatID(e.ID), e.RequestID, e.Created, e.ModelVersion, e.Author, e.Comment,
	}, json.Deterministic(true))
	return append(append(dst, body...), '\n'), err
}

// appendLine appends e as it is kept: as AppendJSON does, with a checksum as last member.
func appendLine(dst []byte, e *Entry) ([]byte, error) {
	start := len(dst)
	dst, err := AppendJSON(dst, e)
	if err != nil {
		return dst[:start], err
	}
	dst = dst[:len(dst)-len("}\n")]
	return append(dst, sumStart+checksum(dst[start:])+sumEnd+"\n"...), nil
}

// parseLine reads a line without its line feed.
func parseLine(data []byte) (Entry, error) {
	n := len(data) - sumLength
	if n < 0 || !bytes.HasPrefix(data[n:], []byte(sumStart)) || string(data[n+len(sumStart):]) != checksum(data[:n])+sumEnd {
		return Entry{}, errDamaged
	}
	var l line
	if err := json.Unmarshal(data, &l); err != nil {
		return Entry{}, err
	}
	id, err := ParseID(l.ID)
	if err != nil {
		return Entry{}, err
	}
	return Entry{
		ID: id, Created: l.Created, RequestID: l.RequestID,
		DocumentID: l.DocumentID, Title: l.Title, Text: l.Text, Labels: l.Labels, NotLabels: l.NotLabels, Partial: l.Partial,
		ModelVersion: l.ModelVersion, Author: l.Author, Comment: l.Comment,
	}, nil
}

// requestKey stands for a request id in memory.
type requestKey [16]byte

func keyOf(requestID string) requestKey {
	sum := sha256.Sum256([]byte(requestID))
	return requestKey(sum[:])
}

// Article identifies the article that e is about: by its id, or by its text if it has none.
func (e *Entry) Article() string {
	if e.DocumentID != "" {
		return "id " + e.DocumentID
	}
	sum := sha256.Sum256([]byte(e.Title + "\x00" + e.Text))
	return "text " + string(sum[:])
}

// digest is of what the caller sent, so that a repeated request can be told from another.
func (e *Entry) digest() uint64 {
	h := sha256.New()
	field := func(values ...string) {
		var size [8]byte
		for _, s := range append(values, strconv.Itoa(len(values))) {
			binary.LittleEndian.PutUint64(size[:], uint64(len(s)))
			h.Write(size[:])
			h.Write([]byte(s))
		}
	}
	field(e.DocumentID, e.Title, e.Text, e.ModelVersion, e.Author, e.Comment, strconv.FormatBool(e.Partial))
	field(e.Labels...)
	field(e.NotLabels...)
	return binary.LittleEndian.Uint64(h.Sum(nil))
}
