// Package chart draws small charts as inline SVG for a page without scripts.
//
//  1. Fill in a [Bars], [Lines], [Reliability] or [HeatMap].
//  2. Put SVG() into an html/template: every text is escaped, whatever it holds.
//  3. Put [Style] into the page's style sheet once, and Table() beside the picture for those who cannot see it.
//
// A chart is a plain value; its methods change nothing and may be called concurrently. Equal values give
// equal bytes. Numbers that are not finite are left out rather than drawn somewhere.
//
// gonum.org/v1/plot, the usual library, was tried and left: its SVG has fixed colours on a
// white ground, so that a page cannot turn dark, fonts by name, and neither title nor description.
package chart

import (
	"html/template"
	"math"
	"strconv"
	"strings"
)

// Chart is what all charts have.
type Chart interface {
	// SVG is one svg element with a title and a description.
	SVG() template.HTML
	// Table is the same in words and numbers.
	Table() Table
}

// Table is the text alternative of a chart. Every row is as long as Head.
type Table struct {
	Head []string
	Rows [][]string
}

// Style colours all charts, by variables that a page may set otherwise. It follows the reader's choice
// of light or dark.
const Style template.CSS = `
:root{--chart-grid:#d9dce1;--chart-muted:#5b6472;--chart-1:#2563eb;--chart-2:#c2410c;--chart-3:#0f766e;--chart-4:#7e22ce}
@media (prefers-color-scheme:dark){:root{--chart-grid:#3a4150;--chart-muted:#a3acba;--chart-1:#7aa7ff;--chart-2:#ff9a5c;--chart-3:#4fd1c0;--chart-4:#c99bff}}
.chart{max-width:100%;height:auto;font:11px system-ui,sans-serif;overflow:visible}
.chart text{fill:currentColor}.chart .small{fill:var(--chart-muted)}.chart .mid{text-anchor:middle}.chart .end{text-anchor:end}
.chart .grid{stroke:var(--chart-grid);fill:none}.chart .ideal{stroke:var(--chart-muted);stroke-dasharray:4 4;fill:none}
.chart .line{fill:none;stroke-width:2;stroke-linejoin:round}.chart .faint{fill:var(--chart-muted);fill-opacity:.35}
.chart .s1{stroke:var(--chart-1)}.chart .s2{stroke:var(--chart-2);stroke-dasharray:7 3}.chart .s3{stroke:var(--chart-3);stroke-dasharray:2 3}.chart .s4{stroke:var(--chart-4);stroke-dasharray:8 3 2 3}
.chart .f1{fill:var(--chart-1)}.chart .f2{fill:var(--chart-2)}
@media print{.chart *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`

// canvas writes an SVG. Classes are ours; texts are anyone's.
type canvas struct{ strings.Builder }

// begin opens the picture. Its size is that of the screen in pixels, and less where there is no room.
func (c *canvas) begin(width, height float64, title, about string) {
	w, h := number(math.Ceil(width)), number(math.Ceil(height))
	c.put(`<svg class="chart" role="img" xmlns="http://www.w3.org/2000/svg" width="`, w, `" height="`, h, `" viewBox="0 0 `, w, ` `, h, `">`)
	c.put(`<title>`, escape(title), `</title>`)
	if about != "" {
		c.put(`<desc>`, escape(about), `</desc>`)
	}
}

func (c *canvas) end() template.HTML {
	c.put(`</svg>`)
	return template.HTML(c.String())
}

func (c *canvas) put(parts ...string) {
	for _, p := range parts {
		c.WriteString(p)
	}
}

func (c *canvas) line(class string, x1, y1, x2, y2 float64) {
	if finite(x1, y1, x2, y2) {
		c.put(`<line class="`, class, `" x1="`, number(x1), `" y1="`, number(y1), `" x2="`, number(x2), `" y2="`, number(y2), `"/>`)
	}
}

// rect draws a rectangle, with the text that a mouse shows on it if there is one.
func (c *canvas) rect(class string, x, y, width, height, opacity float64, hover string) {
	if !finite(x, y, width, height, opacity) || width < 0 || height < 0 {
		return
	}
	c.put(`<rect class="`, class, `" x="`, number(x), `" y="`, number(y), `" width="`, number(width), `" height="`, number(height), `"`)
	if opacity < 1 {
		c.put(` fill-opacity="`, number(math.Max(0, opacity)), `"`)
	}
	c.hovered("rect", hover)
}

func (c *canvas) dot(class string, x, y float64, hover string) {
	if finite(x, y) {
		c.put(`<circle class="`, class, `" cx="`, number(x), `" cy="`, number(y), `" r="4"`)
		c.hovered("circle", hover)
	}
}

func (c *canvas) hovered(element, hover string) {
	if hover == "" {
		c.put(`/>`)
		return
	}
	c.put(`><title>`, escape(hover), `</title></`, element, `>`)
}

func (c *canvas) text(class string, x, y float64, text string) {
	if finite(x, y) {
		c.put(`<text class="`, class, `" x="`, number(x), `" y="`, number(y), `">`, escape(text), `</text>`)
	}
}

// turned writes a text from bottom to top, or for a positive angle downwards.
func (c *canvas) turned(class string, x, y, angle float64, text string) {
	c.put(`<text class="`, class, `" transform="translate(`, number(x), ` `, number(y), `) rotate(`, number(angle), `)">`, escape(text), `</text>`)
}

// number writes a coordinate to a hundredth of a pixel.
func number(x float64) string {
	return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64)
}

func finite(list ...float64) bool {
	for _, x := range list {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// escape also takes out what XML forbids, so that a picture saved from the page can be opened.
func escape(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == '\uFFFE' || r == '\uFFFF' {
			return '\uFFFD'
		}
		return r
	}, s)
	return template.HTMLEscapeString(s)
}

// short cuts a label to so many characters.
func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
