package report

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// archived is a page about an archive, made up by hand.
func archived() *Archive {
	a := &Archive{
		Title: "desk@0123456789ab", Facts: []Fact{{"input", "3 files, 4.5 MB"}},
		Articles: 130, Tagged: 100, NoTopic: 10, Abstained: 20, Unchanged: 5, Errors: 3,
		Topics: []Count{{"olahraga", 70}, {"kesehatan", 50}}, Notices: []Count{{"TOO_SHORT", 20}},
		Sources: []Group{{"Koran", 90, 0, map[string]int{"olahraga": 60}}, {"Majalah", 40, 20, map[string]int{"kesehatan": 50}}},
		Files:   []File{{"a.jsonl", 100, 3, ""}, {"b.jsonl.gz", 30, 0, "7: the gzip file is cut off"}},
	}
	for m := 1; m <= 12; m++ {
		a.Months = append(a.Months, Group{fmt.Sprintf("2024-%02d", m), 10 + m%2, m % 3, map[string]int{"olahraga": m % 7, "kesehatan": m % 5}})
	}
	return a
}

func writtenArchive(t *testing.T, a *Archive) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteArchive(&out, a); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestArchiveGolden(t *testing.T) {
	got := writtenArchive(t, archived())
	checkGolden(t, "testdata/archive.html", got)
	if got != writtenArchive(t, archived()) {
		t.Error("written twice, it is not the same")
	}
	if bad := outside.FindString(strings.ReplaceAll(got, "http://www.w3.org/2000/svg", "")); bad != "" {
		t.Errorf("%q in the page", bad)
	}
}

// TestArchiveHostile: whatever sources, topics and file names hold is shown, and does nothing.
func TestArchiveHostile(t *testing.T) {
	const bad = `</style></title><script>alert(1)</script><img src=x onerror="alert(2)">`
	a := archived()
	a.Title, a.Facts = bad, []Fact{{bad, bad}}
	a.Topics[0].Name, a.Notices[0].Name, a.Sources[0].Name, a.Months[0].Name = bad, bad, bad, bad
	a.Files[0] = File{bad, 1, 1, bad}
	page := writtenArchive(t, a)
	if strings.Contains(page, "<script") || strings.Contains(page, "<img") || strings.Count(page, "</style>") != 1 {
		t.Error("an element of the archive is one of the page")
	}
	if n := strings.Count(page, "&lt;script&gt;alert(1)"); n < 8 {
		t.Errorf("shown %d times only: something was lost", n)
	}
}

// TestArchiveSizes: of nothing there is a page, without empty charts; of very much there is one of bounded size.
func TestArchiveSizes(t *testing.T) {
	page := writtenArchive(t, &Archive{Title: "nothing"})
	for _, bad := range []string{"NaN", "Inf", `id="time"`, `id="sources"`, "nil"} {
		if strings.Contains(page, bad) {
			t.Errorf("%s in the page", bad)
		}
	}
	a := archived()
	for i := range 1000 {
		a.Months = append(a.Months, Group{Name: fmt.Sprintf("%d-%02d", 2025+i/12, 1+i%12), Articles: 3})
		a.Sources = append(a.Sources, Group{Name: fmt.Sprint("s", i), Articles: 1})
		a.Files = append(a.Files, File{fmt.Sprint("f", i), 1, 1, ""})
	}
	page = writtenArchive(t, a)
	if len(page) > 500_000 || !strings.Contains(page, "952 more files had errors") {
		t.Errorf("%d bytes", len(page))
	}
}

func TestArchiveWriteError(t *testing.T) {
	disk := errors.New("disk full")
	if err := WriteArchive(full{disk}, archived()); !errors.Is(err, disk) {
		t.Errorf("error %v, want one that wraps that of the writer", err)
	}
}

func TestMonths(t *testing.T) {
	for y := 1990; y < 2030; y++ {
		for m := 1; m <= 12; m++ {
			name := fmt.Sprintf("%d-%02d", y, m)
			if x, ok := year(name); !ok || monthOf(x) != name {
				t.Errorf("%s came back as %s", name, monthOf(x))
			}
		}
	}
}
