package browser

import (
	"fmt"
	"slices"
	"testing"
)

// TestCorrection: what is ticked is stored as the truth about the document, once however often it is sent.
func TestCorrection(t *testing.T) {
	s := serve(t)
	p := open(t, s, view{})
	p.tag(wide)
	given := s.tag(t, wide).Topics
	removed, kept, added := given[0].Topic, given[1].Topic, given[2].Topic
	if !given[0].Assigned || !given[1].Assigned || given[2].Assigned {
		t.Fatalf("two topics should be assigned: %+v", given[:3])
	}
	for _, topic := range []string{removed, added} {
		p.click(fmt.Sprintf(`li:has(> [data-topic=%q]) input`, topic))
	}
	if got := p.text(`at("change").textContent`); got != "Added: Agriculture, fisheries and food supply · Removed: Diplomacy and international relations" {
		t.Errorf("the page says %q", got)
	}
	p.put("#author", "Ratna 🖊")
	p.put("#comment", "soal ikan")
	for range 2 {
		p.eval(`at("sent").textContent = ""`)
		p.click("#correction button")
		p.wait(`at("sent").textContent.startsWith("Stored: ")`)
	}
	if lines := s.corrections(t); len(lines) != 1 {
		t.Fatalf("%d corrections on disk: %q", len(lines), lines)
	}
	var stored struct {
		Feedback []struct {
			Document  document `json:"document"`
			Labels    []string `json:"labels"`
			NotLabels []string `json:"not_labels"`
			Author    string   `json:"author"`
			Comment   string   `json:"comment"`
		} `json:"feedback"`
	}
	s.call(t, "GET", "/v1/feedback", nil, &stored)
	if len(stored.Feedback) != 1 {
		t.Fatalf("stored %+v", stored)
	}
	f := stored.Feedback[0]
	slices.Sort(f.Labels)
	want := []string{kept, added}
	slices.Sort(want)
	if f.Document != wide || !slices.Equal(f.Labels, want) || !slices.Equal(f.NotLabels, []string{removed}) || f.Author != "Ratna 🖊" || f.Comment != "soal ikan" {
		t.Errorf("stored %+v", f)
	}
}
