package chart

import (
	"fmt"
	"html/template"
	"strconv"
	"unicode/utf8"
)

// Cell is one number of a heat map.
type Cell struct {
	Count int     // written into the cell unless 0
	Heat  float64 // from 0 to 1: how strong the colour is
	Good  bool    // another colour: what is right, in a confusion matrix
}

// HeatMap draws a table of counts in colours. Cells has a row for each of Rows with a cell for each of
// Columns; what is missing is taken as 0.
type HeatMap struct {
	Title, About          string
	RowLabel, ColumnLabel string
	Rows, Columns         []string
	Cells                 [][]Cell
}

const (
	cellSize = 26.0
	mapName  = 17 // characters of a name that are shown
)

// margins are the room for the names of the rows and, slanted, of the columns.
func (h *HeatMap) margins() (left, top float64) {
	return max(66, nameWidth(h.Rows)+12), 34 + 0.8*nameWidth(h.Columns)
}

// nameWidth estimates the width of the longest name in pixels.
func nameWidth(names []string) (width float64) {
	for _, n := range names {
		width = max(width, 6.2*float64(utf8.RuneCountInString(short(n, mapName))))
	}
	return width
}

// SVG implements Chart.
func (h HeatMap) SVG() template.HTML {
	width, height := cellSize*float64(len(h.Columns)), cellSize*float64(len(h.Rows))
	left, top := h.margins()
	c := &canvas{}
	c.begin(left+width+0.7*nameWidth(h.Columns), top+height+6, h.Title, h.About)
	c.text("small", 0, 12, h.RowLabel+" ↓")
	c.text("small", 0, 26, h.ColumnLabel+" →")
	for i, name := range h.Columns {
		c.turned("", left+cellSize*(float64(i)+0.5), top-6, -50, short(name, mapName))
	}
	for i, name := range h.Rows {
		y := top + cellSize*float64(i)
		c.text("end", left-6, y+cellSize/2+4, short(name, mapName))
		for k, column := range h.Columns {
			h.cell(c, left+cellSize*float64(k), y, h.at(i, k), name, column)
		}
	}
	return c.end()
}

func (h *HeatMap) at(row, column int) (cell Cell) {
	if row < len(h.Cells) && column < len(h.Cells[row]) {
		cell = h.Cells[row][column]
	}
	return cell
}

func (h *HeatMap) cell(c *canvas, x, y float64, cell Cell, row, column string) {
	c.rect("grid", x, y, cellSize, cellSize, 1, "")
	if cell.Count == 0 {
		return
	}
	class := "f2"
	if cell.Good {
		class = "f1"
	}
	// Never so strong that the number on it could not be read.
	c.rect(class, x+1, y+1, cellSize-2, cellSize-2, 0.08+0.52*min(1, cell.Heat), fmt.Sprintf("%s %s, %s %s: %d", h.RowLabel, row, h.ColumnLabel, column, cell.Count))
	c.text("mid", x+cellSize/2, y+cellSize/2+4, strconv.Itoa(cell.Count))
}

// Table implements Chart: the cells that are not 0.
func (h HeatMap) Table() Table {
	t := Table{Head: []string{orName(h.RowLabel, "row"), orName(h.ColumnLabel, "column"), "count"}}
	for i, row := range h.Rows {
		for k, column := range h.Columns {
			if cell := h.at(i, k); cell.Count != 0 {
				t.Rows = append(t.Rows, []string{row, column, strconv.Itoa(cell.Count)})
			}
		}
	}
	return t
}
