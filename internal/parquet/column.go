package parquet

import (
	"math"
	"strconv"
	"time"

	"github.com/google/uuid"
	lib "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
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

	leaf *lib.Column
	// text writes a value that is not null; false if JSON or RFC 3339 cannot.
	text func(lib.Value) (string, bool)
}

// columnOf tells what is read of a column of the first level: itself, or the items of its list.
func columnOf(top *lib.Column) (c Column, ok bool) {
	leaf := top
	for !leaf.Leaf() {
		if len(leaf.Columns()) != 1 {
			return Column{}, false
		}
		leaf = leaf.Columns()[0]
	}
	c = Column{Name: top.Name(), List: leaf.MaxRepetitionLevel() > 0, leaf: leaf}
	if _, isList := logical(top).(*format.ListType); !top.Leaf() && (!isList || leaf.MaxRepetitionLevel() != 1) {
		return Column{}, false
	}
	c.Kind, c.text = reading(leaf)
	return c, c.text != nil
}

func logical(c *lib.Column) any {
	if t := c.Type().LogicalType(); t != nil {
		return t.Value
	}
	return nil
}

// reading tells how the values of a leaf are written as text: not at all if there is no function.
func reading(leaf *lib.Column) (Kind, func(lib.Value) (string, bool)) {
	switch t := logical(leaf).(type) {
	case nil:
		return readingPlain(leaf.Type().Kind())
	case *format.StringType, *format.EnumType, *format.JsonType:
		return Text, bytesText
	case *format.UUIDType:
		return Text, uuidText
	case *format.DateType:
		return Time, dateText
	case *format.TimestampType:
		return Time, timeText(t)
	case *format.IntType:
		return Integer, integerText(t)
	}
	return 0, nil
}

func readingPlain(kind lib.Kind) (Kind, func(lib.Value) (string, bool)) {
	switch kind {
	case lib.ByteArray:
		return Bytes, bytesText
	case lib.Int32:
		return Integer, func(v lib.Value) (string, bool) { return strconv.Itoa(int(v.Int32())), true }
	case lib.Int64:
		return Integer, func(v lib.Value) (string, bool) { return strconv.FormatInt(v.Int64(), 10), true }
	case lib.Int96:
		return Time, julianText
	case lib.Float:
		return Number, func(v lib.Value) (string, bool) { return number(float64(v.Float()), 32) }
	case lib.Double:
		return Number, func(v lib.Value) (string, bool) { return number(v.Double(), 64) }
	case lib.Boolean:
		return Truth, func(v lib.Value) (string, bool) { return strconv.FormatBool(v.Boolean()), true }
	}
	return 0, nil
}

func bytesText(v lib.Value) (string, bool) { return string(v.ByteArray()), true }

func uuidText(v lib.Value) (string, bool) {
	id, err := uuid.FromBytes(v.ByteArray())
	return id.String(), err == nil
}

func integerText(t *format.IntType) func(lib.Value) (string, bool) {
	return func(v lib.Value) (string, bool) {
		switch {
		case t.IsSigned && t.BitWidth == 64:
			return strconv.FormatInt(v.Int64(), 10), true
		case t.IsSigned:
			return strconv.FormatInt(int64(v.Int32()), 10), true
		case t.BitWidth == 64:
			return strconv.FormatUint(v.Uint64(), 10), true
		}
		return strconv.FormatUint(uint64(v.Uint32()), 10), true
	}
}

// number writes a number as JSON has it, which knows no infinite ones.
func number(f float64, size int) (string, bool) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "", false
	}
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.FormatFloat(f, format, -1, size), true
}

func dateText(v lib.Value) (string, bool) {
	return stamp(time.Unix(int64(v.Int32())*86400, 0), time.DateOnly)
}

// withoutZone is RFC 3339 for times of which the file does not say where they were.
const withoutZone = "2006-01-02T15:04:05.999999999"

func timeText(t *format.TimestampType) func(lib.Value) (string, bool) {
	layout := withoutZone
	if t.IsAdjustedToUTC {
		layout = time.RFC3339Nano
	}
	switch t.Unit.Value.(type) {
	case *format.MilliSeconds:
		return func(v lib.Value) (string, bool) { return stamp(time.UnixMilli(v.Int64()), layout) }
	case *format.MicroSeconds:
		return func(v lib.Value) (string, bool) { return stamp(time.UnixMicro(v.Int64()), layout) }
	case *format.NanoSeconds:
		return func(v lib.Value) (string, bool) { return stamp(time.Unix(0, v.Int64()), layout) }
	}
	return nil
}

// julianText writes the time of old files: nanoseconds of a day, and its number.
func julianText(v lib.Value) (string, bool) {
	const epoch = 2440588 // 1970-01-01
	at := v.Int96()
	nanos := uint64(at[0]) | uint64(at[1])<<32
	return stamp(time.Unix((int64(int32(at[2]))-epoch)*86400, int64(nanos%(86400*1e9))), withoutZone)
}

// stamp writes a time to what the file has of it. One outside the years of RFC 3339 is none.
func stamp(t time.Time, layout string) (string, bool) {
	t = t.UTC()
	return t.Format(layout), t.Year() >= 0 && t.Year() <= 9999
}
