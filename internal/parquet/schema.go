package parquet

import (
	"errors"
	"math/bits"
)

// Kind is what the values of a column are. All are given as text.
type Kind int

// The kinds of columns.
const (
	Text    Kind = iota
	Bytes        // text in old files, or a picture
	Integer      // as JSON has it
	Number       // with a fraction, as JSON has it
	Truth        // true or false
	Time         // a day or a time of RFC 3339, without a zone where the file has none
)

// String names the kind in messages.
func (k Kind) String() string {
	return [...]string{"text", "bytes", "whole numbers", "numbers", "true or false", "times"}[k]
}

// Column is a column of the first level.
type Column struct {
	Name string
	Kind Kind
	List bool // of Kind

	element  element // of the leaf
	index    int     // among the leaves
	rep, def int     // largest levels
}

// walker finds the columns in a schema.
type walker struct {
	schema  []element
	at      int
	leaves  int
	columns []Column
	left    []string
}

var errSchema = errors.New("broken Parquet footer: the schema is no tree")

func (w *walker) walk() error {
	if len(w.schema) == 0 {
		return errSchema
	}
	root := w.schema[0]
	w.at = 1
	for range root.children {
		if w.at >= len(w.schema) {
			return errSchema
		}
		top, first := w.schema[w.at], w.leaves
		c := Column{Name: top.name}
		if err := w.leaf(&c, 0); err != nil {
			return err
		}
		kind, readable := kindOf(c.element)
		c.Kind, c.List = kind, c.rep > 0
		isLeaf := top.physical != physNone
		isList := top.logical == logicalList && w.leaves == first+1 && c.rep == 1
		if readable && (isLeaf || isList) {
			w.columns = append(w.columns, c)
		} else {
			w.left = append(w.left, top.name)
		}
	}
	if w.at != len(w.schema) {
		return errSchema
	}
	return nil
}

// leaf walks over an element and all in it, and leaves in c the last leaf.
func (w *walker) leaf(c *Column, depth int) error {
	if w.at >= len(w.schema) || depth > maxDepth {
		return errSchema
	}
	e := w.schema[w.at]
	w.at++
	rep, def := c.rep, c.def
	switch e.repetition {
	case required:
	case optional:
		def++
	case repeated:
		rep, def = rep+1, def+1
	default:
		return errSchema
	}
	if e.physical != physNone {
		c.element, c.index, c.rep, c.def = e, w.leaves, rep, def
		w.leaves++
		return nil
	}
	if e.children < 0 {
		return errSchema
	}
	for range e.children {
		inner := Column{rep: rep, def: def}
		if err := w.leaf(&inner, depth+1); err != nil {
			return err
		}
		c.element, c.index, c.rep, c.def = inner.element, inner.index, inner.rep, inner.def
	}
	return nil
}

// kindOf tells what is read of a leaf.
func kindOf(e element) (Kind, bool) {
	switch e.physical {
	case physBytes:
		switch e.logical {
		case 0:
			return Bytes, true
		case logicalString, logicalEnum, logicalJSON:
			return Text, true
		}
	case physFixed:
		return Text, e.logical == logicalUUID && e.length == 16
	case physInt32:
		switch e.logical {
		case 0, logicalInteger:
			return Integer, true
		case logicalDate:
			return Time, true
		}
	case physInt64:
		switch e.logical {
		case 0, logicalInteger:
			return Integer, true
		case logicalTimestamp:
			return Time, e.unit >= 1 && e.unit <= 3
		}
	case physInt96:
		return Time, true
	case physFloat, physDouble:
		return Number, true
	case physBool:
		return Truth, true
	}
	return 0, false
}

// width is how many bits a level takes.
func width(max int) uint { return uint(bits.Len(uint(max))) }
