package chart

import "html/template"

// Bar is one value with its name.
type Bar struct {
	Name  string
	Value float64
	Note  string // shown after the value, such as a count
}

// Bars draws lying bars from 0, one below the other. Negative values have no bar.
type Bars struct {
	Title, About string
	Width        float64 // 0 means 360 pixels; the height follows from the bars
	Value        Axis    // its Min is taken to be 0
	Bars         []Bar
}

const (
	barHeight = 18.0
	barName   = 110.0
	barValue  = 76.0
)

// SVG implements Chart.
func (b Bars) SVG() template.HTML {
	c := &canvas{}
	width := orElse(b.Width, 360)
	c.begin(width, barHeight*float64(len(b.Bars))+4, b.Title, b.About)
	axis := b.axis()
	room := width - barName - barValue
	for i, bar := range b.Bars {
		y := 2 + barHeight*float64(i)
		c.text("end", barName-6, y+13, short(bar.Name, 17))
		length := room * min(1, bar.Value/axis.Max)
		c.rect("f1", barName, y+3, length, barHeight-6, 1, bar.Name)
		at := barName + 5
		if finite(length) && length > 0 {
			at += length
		}
		c.text("small", at, y+13, b.words(bar))
	}
	return c.end()
}

func (b *Bars) axis() Axis {
	var values []float64
	for _, bar := range b.Bars {
		values = append(values, bar.Value)
	}
	axis := b.Value.over(values)
	if axis.Max <= 0 {
		axis.Max = 1
	}
	return axis
}

func (b *Bars) words(bar Bar) string {
	words := b.Value.format(bar.Value)
	if bar.Note != "" {
		words += " " + bar.Note
	}
	return words
}

// Table implements Chart.
func (b Bars) Table() Table {
	t := Table{Head: []string{"", orName(b.Value.Label, "value")}}
	for _, bar := range b.Bars {
		t.Rows = append(t.Rows, []string{bar.Name, b.words(bar)})
	}
	return t
}
