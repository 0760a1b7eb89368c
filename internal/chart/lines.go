package chart

import (
	"fmt"
	"html/template"
)

// Point is a place in a plane.
type Point struct{ X, Y float64 }

// Series is one curve, by rising X.
type Series struct {
	Name   string // shown where there is more than one
	Points []Point
}

// Mark is a point to which the reader's eye is drawn.
type Mark struct {
	Point
	Text string // shown under a mouse, and in the table
}

// MaxSeries is how many curves can be told apart; further ones are not drawn.
const MaxSeries = 4

// Lines draws curves. The zero Width and Height mean 360 by 250 pixels.
type Lines struct {
	Title, About  string
	Width, Height float64
	X, Y          Axis
	Series        []Series
	Marks         []Mark
	Step          bool // a value holds from the point before it up to its own, as precision does
}

// SVG implements Chart.
func (l Lines) SVG() template.HTML {
	p := l.plane()
	c := &canvas{}
	c.begin(p.left+p.width+18, p.top+p.height+36, l.Title, l.About)
	p.draw(c)
	for i, s := range l.series() {
		l.path(c, p, s, fmt.Sprintf("line s%d", i+1))
	}
	for _, m := range l.Marks {
		c.dot("f2", p.atX(m.X), p.atY(m.Y), m.Text)
	}
	l.legend(c, p)
	return c.end()
}

func (l *Lines) series() []Series { return l.Series[:min(len(l.Series), MaxSeries)] }

func (l *Lines) plane() *plane {
	var xs, ys []float64
	for _, s := range l.series() {
		for _, p := range s.Points {
			xs, ys = append(xs, p.X), append(ys, p.Y)
		}
	}
	p := &plane{left: 48, top: 10, x: l.X.over(xs), y: l.Y.over(ys)}
	if len(l.Series) > 1 {
		p.top = 28
	}
	p.width = orElse(l.Width, 360) - p.left - 18
	p.height = orElse(l.Height, 250) - p.top - 36
	return p
}

func orElse(x, otherwise float64) float64 {
	if x > 0 {
		return x
	}
	return otherwise
}

func (l *Lines) path(c *canvas, p *plane, s Series, class string) {
	command := "M"
	d := &canvas{}
	last := 0.0
	for _, at := range s.Points {
		x, y := p.atX(at.X), p.atY(at.Y)
		if !finite(x, y) {
			continue
		}
		if l.Step && command == "M" {
			last = y
			d.put("M", number(p.left), " ", number(y))
			command = "L"
		}
		if l.Step && y != last {
			d.put("V", number(y))
		}
		if l.Step {
			d.put("H", number(x))
			last = y
			continue
		}
		d.put(command, number(x), " ", number(y))
		command = "L"
	}
	c.put(`<path class="`, class, `" d="`, d.String(), `"/>`)
}

// legend names the curves above the plane.
func (l *Lines) legend(c *canvas, p *plane) {
	if len(l.Series) < 2 {
		return
	}
	room := p.width / float64(len(l.series()))
	for i, s := range l.series() {
		x := p.left + float64(i)*room
		c.line(fmt.Sprintf("line s%d", i+1), x, 12, x+18, 12)
		c.text("", x+22, 16, short(s.Name, int(room/7)-3))
	}
}

// tableRows bounds the text alternative of a curve.
const tableRows = 11

// Table implements Chart: the marks, and of each curve some points, the ends among them.
func (l Lines) Table() Table {
	t := Table{Head: []string{"", orName(l.X.Label, "x"), orName(l.Y.Label, "y")}}
	for _, m := range l.Marks {
		t.Rows = append(t.Rows, []string{m.Text, l.X.format(m.X), l.Y.format(m.Y)})
	}
	for _, s := range l.series() {
		n := min(len(s.Points), tableRows)
		for i := range n {
			at := s.Points[i*(len(s.Points)-1)/max(1, n-1)]
			t.Rows = append(t.Rows, []string{s.Name, l.X.format(at.X), l.Y.format(at.Y)})
		}
	}
	return t
}

func orName(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
