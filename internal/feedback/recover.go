package feedback

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/tajuk/tajuk/internal/disk"
)

// Report is what Open found.
type Report struct {
	Entries int
	// Damaged names lines that were passed over, as "file:line: reason", ten at most.
	Damaged      []string
	DamagedLines int
	// Torn is the file that holds what was cut off the last segment, or empty, and
	// TornBytes how much that is. Nobody was told that it was stored.
	Torn      string
	TornBytes int64
}

const maxReported = 10

func (r *Report) damaged(file string, number int, err error) {
	r.DamagedLines++
	if len(r.Damaged) < maxReported {
		r.Damaged = append(r.Damaged, fmt.Sprintf("%s:%d: %v", file, number, err))
	}
}

func segmentName(number int) string { return fmt.Sprintf("feedback-%06d.jsonl", number) }

func segmentNumber(name string) (number int, ok bool) {
	digits := strings.TrimSuffix(strings.TrimPrefix(name, "feedback-"), ".jsonl")
	number, err := strconv.Atoi(digits)
	return number, err == nil && segmentName(number) == name
}

// recover reads every segment and readies the last one for more.
func (l *Log) recover() (*Report, error) {
	var err error
	if l.segments, err = segmentNames(l.dir); err != nil {
		return nil, err
	}
	report := &Report{}
	end := int64(0) // of the last segment's good lines
	for i := range l.segments {
		if end, err = l.scan(i, report); err != nil {
			return nil, err
		}
	}
	report.Entries = len(l.places)
	if len(l.segments) == 0 {
		return report, nil
	}
	return report, l.reopen(end, report)
}

// badLine is a line that cannot be read, and may yet prove to be the torn end.
type badLine struct {
	number int
	err    error
}

// scan indexes a segment and returns where its last good line ends.
func (l *Log) scan(segment int, report *Report) (end int64, err error) {
	name := l.segments[segment]
	f, err := os.Open(filepath.Join(l.dir, name))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var bad []badLine // since the last good line
	offset, number := int64(0), 0
	for r := bufio.NewReaderSize(f, 1<<20); ; {
		data, err := r.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		if len(data) == 0 {
			break
		}
		number++
		if fault := l.index(segment, offset, data); fault != nil {
			bad = append(bad, badLine{number, fault})
		} else {
			report.all(name, bad)
			bad, end = nil, offset+int64(len(data))
		}
		offset += int64(len(data))
	}
	if segment < len(l.segments)-1 {
		report.all(name, bad)
	}
	return end, nil
}

func (r *Report) all(file string, bad []badLine) {
	for _, b := range bad {
		r.damaged(file, b.number, b.err)
	}
}

// index takes one line of a segment in.
func (l *Log) index(segment int, offset int64, data []byte) error {
	if data[len(data)-1] != '\n' {
		return errors.New("no line feed: the line is not complete")
	}
	e, err := parseLine(data[:len(data)-1])
	if err != nil {
		return err
	}
	if e.ID < l.next {
		return fmt.Errorf("feedback id %s is not above the one before", FormatID(e.ID))
	}
	if e.RequestID != "" {
		key := keyOf(e.RequestID)
		if _, found := l.requests[key]; found {
			return fmt.Errorf("request id %.60q came before", e.RequestID)
		}
		l.requests[key] = request{e.digest(), len(l.places)}
	}
	l.places = append(l.places, place{e.ID, offset, int32(len(data)), int32(segment)})
	l.next = e.ID + 1
	return nil
}

// reopen opens the last segment for writing. What lies behind its good lines goes
// into a file of its own, on disk before it is cut off.
func (l *Log) reopen(end int64, report *Report) error {
	name := l.segments[len(l.segments)-1]
	f, err := os.OpenFile(filepath.Join(l.dir, name), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil && info.Size() > end {
		report.TornBytes = info.Size() - end
		report.Torn, err = l.setAside(f, name, end)
	}
	if err != nil {
		f.Close()
		return err
	}
	l.active, l.size = f, end
	return nil
}

// setAside moves the end of a segment from offset end into a file, which it names.
func (l *Log) setAside(f *os.File, name string, end int64) (string, error) {
	aside, err := os.CreateTemp(l.dir, fmt.Sprintf("torn-%s-%d-", strings.TrimSuffix(name, ".jsonl"), end))
	if err != nil {
		return "", err
	}
	defer aside.Close()
	if _, err := io.Copy(aside, io.NewSectionReader(f, end, 1<<62)); err != nil {
		return "", err
	}
	if err := errors.Join(aside.Sync(), disk.SyncFolder(l.dir)); err != nil {
		return "", err
	}
	return filepath.Base(aside.Name()), errors.Join(f.Truncate(end), f.Sync())
}
