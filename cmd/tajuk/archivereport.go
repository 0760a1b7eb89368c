package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/archive"
	"github.com/tajuk/tajuk/internal/report"
)

// archiveReport writes the page about an archive.
func (a *app) archiveReport(path string, s *archive.Summary, c *classifier.Classifier) error {
	page := archivePage(s, c)
	return a.write(path, func(w io.Writer) error { return report.WriteArchive(w, page) })
}

func archivePage(s *archive.Summary, c *classifier.Classifier) *report.Archive {
	p := &report.Archive{
		Title: c.Version(), Articles: s.Rows, Tagged: s.Tagged, NoTopic: s.NoTopic, Abstained: s.Abstained,
		Unchanged: s.Unchanged, Errors: s.Errors,
		Topics: countList(s.Topics), Notices: countList(s.Notices), Months: groupList(s.Months), Sources: groupList(s.Sources),
	}
	slices.SortStableFunc(p.Sources, func(a, b report.Group) int { return b.Articles - a.Articles })
	for _, e := range s.Troubled {
		p.Files = append(p.Files, report.File{Name: e.Input, Articles: e.Rows, Lost: e.Errors, Broken: strings.TrimPrefix(e.Broken, e.Input+":")})
	}
	slices.SortStableFunc(p.Files, func(a, b report.File) int { return cmp.Compare(b.Lost, a.Lost) })
	p.Facts = []report.Fact{{Name: "input", Value: fmt.Sprintf("%s, %.1f MB", count(s.Files, "file"), float64(s.Bytes)/1e6)}}
	if s.Failed > 0 {
		p.Facts = append(p.Facts, report.Fact{Name: "without output", Value: count(s.Failed, "file")})
	}
	return p
}

func countList(counts map[string]int) (list []report.Count) {
	for _, name := range byCount(counts) {
		list = append(list, report.Count{Name: name, N: counts[name]})
	}
	return list
}

// groupList is by name.
func groupList(cells map[string]*archive.Cell) (list []report.Group) {
	for _, name := range slices.Sorted(maps.Keys(cells)) {
		cell := cells[name]
		list = append(list, report.Group{Name: name, Articles: cell.Rows, Abstained: cell.Abstained, Topics: cell.Topics})
	}
	return list
}
