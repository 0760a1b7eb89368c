// Package bags reads and writes files of bags of words: labelled articles
// reduced to which surface forms they hold, how often, title, lead and rest apart. A bag
// has no order and no rare words, so that a text cannot be read back from
// it, and it is all that training needs.
//
// A file is JSON Lines under zstd, one article a line, forms sorted:
//
//	{"id":"a1","labels":["sport"],"title":"juara piala","lead":"gol juara","body":"<angka>:3 gol"}
//
// "<angka>:3" stands for three of them. Unlike corpus, which is for other people's
// files, this package has one strict format and refuses every other.
package bags

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/klauspost/compress/zstd"

	"github.com/tajuk/tajuk/classifier"
)

type record struct {
	ID     string   `json:"id"`
	Labels []string `json:"labels"`
	Title  string   `json:"title,omitzero"`
	Lead   string   `json:"lead,omitzero"`
	Body   string   `json:"body"`
}

// maxLine bounds one article; the longest real ones need some 20 kB.
const maxLine = 4 << 20

// Prune drops the forms that stand in fewer than minDocs of the bags.
func Prune(bags []classifier.Bag, minDocs int) {
	docs := make(map[string]int)
	for i := range bags {
		for _, f := range bags[i].Forms {
			docs[f.Form]++
		}
	}
	for i := range bags {
		bags[i].Forms = slices.DeleteFunc(bags[i].Forms, func(f classifier.FormCount) bool { return docs[f.Form] < minDocs })
	}
}

// Write writes the bags, sorted by id; equal bags give equal bytes. Only id, labels and
// forms are kept.
func Write(w io.Writer, bags []classifier.Bag) error {
	z, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	sorted := slices.Clone(bags)
	slices.SortStableFunc(sorted, func(a, b classifier.Bag) int { return strings.Compare(a.ID, b.ID) })
	for i := range sorted {
		line, err := encodeLine(&sorted[i])
		if err != nil {
			return fmt.Errorf("bag %q cannot be written: %w", sorted[i].ID, err)
		}
		if _, err := z.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return z.Close()
}

// encodeLine refuses a bag that would not be read back as it is: with a blank or a colon in a
// form, or without the order that NewBag gives.
func encodeLine(b *classifier.Bag) ([]byte, error) {
	line, err := json.Marshal(encode(b))
	if err != nil {
		return nil, err
	}
	again, err := decode(line)
	if err == nil && (!slices.Equal(again.Forms, b.Forms) || !slices.Equal(again.Labels, b.Labels)) {
		err = errors.New("forms or labels are not as NewBag orders them, or a form has no count")
	}
	return line, err
}

func encode(b *classifier.Bag) record {
	r := record{ID: b.ID, Labels: b.Labels}
	var title, lead, body []byte
	for _, f := range b.Forms {
		title = appendForm(title, f.Form, f.Title)
		lead = appendForm(lead, f.Form, f.Lead)
		body = appendForm(body, f.Form, f.Body)
	}
	r.Title, r.Lead, r.Body = string(title), string(lead), string(body)
	return r
}

func appendForm(dst []byte, form string, count uint32) []byte {
	if count == 0 {
		return dst
	}
	if len(dst) > 0 {
		dst = append(dst, ' ')
	}
	dst = append(dst, form...)
	if count > 1 {
		dst = strconv.AppendUint(append(dst, ':'), uint64(count), 10)
	}
	return dst
}

// Read reads what Write wrote and refuses all else, but for the order of the bags. Errors
// name the line.
func Read(r io.Reader) ([]classifier.Bag, error) {
	in := bufio.NewReader(r)
	if _, err := in.Peek(1); err != nil {
		return nil, fmt.Errorf("line 1: the file is empty or cannot be read: %w", err)
	}
	z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, maxLine)
	lines.Split(wholeLines)
	var out []classifier.Bag
	for number := 1; lines.Scan(); number++ {
		b, err := decode(lines.Bytes())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		out = append(out, b)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", len(out)+1, err)
	}
	return out, nil
}

// wholeLines splits at line feeds and nothing else, and refuses a last line without one.
func wholeLines(data []byte, atEOF bool) (advance int, line []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, io.ErrUnexpectedEOF
	}
	return 0, nil, nil
}

func decode(line []byte) (classifier.Bag, error) {
	var r record
	if err := json.Unmarshal(line, &r, json.RejectUnknownMembers(true)); err != nil {
		return classifier.Bag{}, err
	}
	var forms []classifier.FormCount
	for place, list := range []string{r.Title, r.Lead, r.Body} {
		var err error
		if forms, err = parseForms(forms, list, place); err != nil {
			return classifier.Bag{}, fmt.Errorf("bag %q: %w", r.ID, err)
		}
	}
	b := classifier.NewBag(r.ID, forms, r.Labels)
	again, err := json.Marshal(encode(&b))
	if err == nil && !bytes.Equal(again, line) {
		err = fmt.Errorf("bag %q: not spelt as it is written, which is %.200s", r.ID, again)
	}
	return b, err
}

// parseForms reads the forms of a place: 0 the title, 1 the lead, 2 the rest.
func parseForms(dst []classifier.FormCount, list string, place int) ([]classifier.FormCount, error) {
	last := ""
	for word := range strings.FieldsSeq(list) {
		form, digits, counted := strings.Cut(word, ":")
		count := uint64(1)
		if counted {
			n, err := strconv.ParseUint(digits, 10, 32)
			if err != nil || n < 2 {
				return nil, fmt.Errorf("%q has no count of 2 or more after the colon", word)
			}
			count = n
		}
		if form <= last {
			return nil, fmt.Errorf("%q does not sort after %q", form, last)
		}
		last = form
		f := classifier.FormCount{Form: form}
		*[]*uint32{&f.Title, &f.Lead, &f.Body}[place] = uint32(count)
		dst = append(dst, f)
	}
	return dst, nil
}
