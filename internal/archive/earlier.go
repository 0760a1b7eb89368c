package archive

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/zeebo/xxh3"

	"github.com/tajuk/tajuk/classifier"
)

// digestSize is the length of a record's digest in a file of digests.
const digestSize = 16

// recordDigest tells whether a record was answered before in the same way: it covers all that the
// record holds, and what decides on the answer.
type recordDigest struct {
	answers string // digest of model and options
	buf     []byte
}

func (d *recordDigest) of(doc *classifier.Document) xxh3.Uint128 {
	d.buf = d.buf[:0]
	d.put(d.answers)
	for _, s := range [...]string{doc.ID, doc.Title, doc.Text, doc.Date, doc.Source, doc.URL} {
		d.put(s)
	}
	for _, l := range doc.Labels {
		d.put(l)
	}
	d.buf = append(d.buf, doc.Extra...)
	return xxh3.Hash128(d.buf)
}

// put adds a string so that no two lists of strings give the same bytes.
func (d *recordDigest) put(s string) {
	d.buf = binary.LittleEndian.AppendUint64(d.buf, uint64(len(s)))
	d.buf = append(d.buf, s...)
}

func appendDigest(dst []byte, d xxh3.Uint128) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(dst, d.Hi), d.Lo)
}

// earlier are the digests of records that earlier runs have, in order.
type earlier struct {
	digests []xxh3.Uint128
	digest  string // of which runs they are
}

func compareDigests(a, b xxh3.Uint128) int {
	return cmp.Or(cmp.Compare(a.Hi, b.Hi), cmp.Compare(a.Lo, b.Lo))
}

func (e *earlier) has(d xxh3.Uint128) bool {
	_, found := slices.BinarySearchFunc(e.digests, d, compareDigests)
	return found
}

// readEarlier reads the digests that earlier runs of the same model left in their folders.
func readEarlier(folders []string, model string) (*earlier, error) {
	e := &earlier{}
	var of []any
	for _, dir := range folders {
		found := false
		for entry, err := range ReadManifest(dir) {
			found = true
			if err == nil && entry.ModelVersion == model {
				of = append(of, entry.InputSHA256, entry.Settings)
				err = e.read(dir, entry)
			}
			if err != nil {
				return nil, err
			}
		}
		if !found {
			return nil, fmt.Errorf("%s: no finished files in %s: give the folder of an earlier run", dir, ManifestName)
		}
	}
	if len(folders) > 0 {
		e.digest = digestOf(of...)
	}
	slices.SortFunc(e.digests, compareDigests)
	e.digests = slices.Compact(e.digests)
	return e, nil
}

// read reads the digests of one file. Where they are gone, its records count as changed.
func (e *earlier) read(dir string, entry Entry) error {
	f, err := os.Open(stateFile(dir, entry.Output, digestsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 64<<10)
	var d [digestSize]byte
	for range entry.Rows + entry.Unchanged {
		if _, err := io.ReadFull(r, d[:]); err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		} else if err != nil {
			return err
		}
		e.digests = append(e.digests, xxh3.Uint128{Hi: binary.BigEndian.Uint64(d[:8]), Lo: binary.BigEndian.Uint64(d[8:])})
	}
	return nil
}
