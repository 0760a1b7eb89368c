package chart

import (
	"fmt"
	"html/template"
	"strconv"
)

// Bin is the answers of one range of confidence. All but Count are shares of 1.
type Bin struct {
	From, To   float64
	Count      int
	Confidence float64 // mean
	Right      float64 // share that was right
}

// fewAnswers is how many answers a bar must rest on not to be drawn pale.
const fewAnswers = 10

// Reliability draws how often answers of each confidence were right (DeGroot & Fienberg 1983): a bar below the
// diagonal was too sure. Bars of fewer than ten answers are pale. The strip underneath shows how many answers there were.
type Reliability struct {
	Title, About string
	Bins         []Bin
}

// SVG implements Chart.
func (r Reliability) SVG() template.HTML {
	p := &plane{left: 48, top: 10, width: 294, height: 190, x: Axis{Label: "confidence", Max: 1, Format: Percent}, y: Axis{Label: "was right", Max: 1, Format: Percent}}
	c := &canvas{}
	c.begin(360, 292, r.Title, r.About)
	p.draw(c)
	most := 1
	for _, b := range r.Bins {
		most = max(most, b.Count)
	}
	const strip, floor = 36.0, 288.0
	for _, b := range r.Bins {
		x, width := p.atX(b.From)+1, p.atX(b.To)-p.atX(b.From)-2
		opacity := 0.75
		if b.Count < fewAnswers {
			opacity = 0.3
		}
		c.rect("f1", x, p.atY(b.Right), width, p.atY(0)-p.atY(b.Right), opacity, r.words(b))
		c.line("line s2", x, p.atY(b.Confidence), x+width, p.atY(b.Confidence))
		height := strip * float64(b.Count) / float64(most)
		c.rect("faint", x, floor-height, width, height, 1, r.words(b))
	}
	c.line("ideal", p.atX(0), p.atY(0), p.atX(1), p.atY(1))
	c.line("grid", p.left, floor, p.left+p.width, floor)
	c.text("small end", p.left-5, floor-strip/2+4, "count")
	return c.end()
}

func (r *Reliability) words(b Bin) string {
	return fmt.Sprintf("%d answers of confidence %s: %s right", b.Count, Percent(b.Confidence), Percent(b.Right))
}

// Table implements Chart.
func (r Reliability) Table() Table {
	t := Table{Head: []string{"confidence", "answers", "mean confidence", "right"}}
	for _, b := range r.Bins {
		t.Rows = append(t.Rows, []string{
			Percent(b.From) + " to " + Percent(b.To), strconv.Itoa(b.Count), Percent(b.Confidence), Percent(b.Right),
		})
	}
	return t
}
