package chart

import (
	"math"
	"strconv"
)

// Axis is one direction of a plane. Min and Max may be left 0 for both: then the values decide.
type Axis struct {
	Label    string
	Min, Max float64
	Format   func(float64) string // of a value; nil writes the number
}

// Percent writes a share of 1 in percent.
func Percent(x float64) string { return Axis{}.format(math.Round(x*1000)/10) + " %" }

// Decimals writes a number with four decimals, as the command line does.
func Decimals(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }

// huge numbers are written with an exponent.
const huge = 1e9

func (a Axis) format(x float64) string {
	if !finite(x) {
		return "–"
	}
	if a.Format != nil {
		return a.Format(x)
	}
	if math.Abs(x) >= huge {
		return strconv.FormatFloat(x, 'g', 4, 64)
	}
	return strconv.FormatFloat(math.Round(x*1e6)/1e6, 'f', -1, 64)
}

// over returns the axis with limits that hold the values, if it has none.
func (a Axis) over(values []float64) Axis {
	if a.Min != a.Max {
		return a
	}
	a.Min, a.Max = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if finite(v) {
			a.Min, a.Max = math.Min(a.Min, v), math.Max(a.Max, v)
		}
	}
	switch {
	case a.Min > a.Max: // no values
		a.Min, a.Max = 0, 1
	case a.Min >= 0 && a.Min < a.Max/2:
		a.Min = 0
	}
	if a.Min == a.Max {
		a.Max = a.Min + math.Max(1, math.Abs(a.Min))
	}
	return a
}

// ticks are round numbers in the limits, about so many.
func (a Axis) ticks(about int) (list []float64) {
	rough := (a.Max - a.Min) / float64(about)
	if !finite(rough) || rough <= 0 {
		return nil
	}
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * power
	for _, s := range []float64{1, 2, 2.5, 5} {
		if s*power >= rough*(1-1e-9) {
			step = s * power
			break
		}
	}
	first := math.Ceil(a.Min/step - 1e-9)
	for i := 0.0; i <= 2*float64(about)+1; i++ {
		x := (first + i) * step
		if x > a.Max+step*1e-9 {
			break
		}
		list = append(list, x)
	}
	return list
}

// plane is a rectangle of the picture with two axes.
type plane struct {
	left, top, width, height float64
	x, y                     Axis
}

func (p *plane) atX(v float64) float64 { return p.left + p.width*(v-p.x.Min)/(p.x.Max-p.x.Min) }
func (p *plane) atY(v float64) float64 { return p.top + p.height*(1-(v-p.y.Min)/(p.y.Max-p.y.Min)) }

// draw draws grid, numbers and names of the axes.
func (p *plane) draw(c *canvas) {
	for _, v := range p.x.ticks(4) {
		c.line("grid", p.atX(v), p.top, p.atX(v), p.top+p.height)
		c.text("small mid", p.atX(v), p.top+p.height+14, p.x.format(v))
	}
	for _, v := range p.y.ticks(4) {
		c.line("grid", p.left, p.atY(v), p.left+p.width, p.atY(v))
		c.text("small end", p.left-5, p.atY(v)+4, p.y.format(v))
	}
	c.text("mid", p.left+p.width/2, p.top+p.height+30, p.x.Label)
	if p.y.Label != "" {
		c.turned("mid", 11, p.top+p.height/2, -90, p.y.Label)
	}
}
