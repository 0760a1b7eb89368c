package parquet

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
	"time"
)

// text writes a value as the kind of its column has it; a number that JSON cannot write is none.
func (c *Column) text(v value) (string, bool) {
	e := &c.element
	switch c.Kind {
	case Integer:
		return c.integer(v), true
	case Number:
		return number(e.physical, v.bits)
	case Truth:
		return strconv.FormatBool(v.bits != 0), true
	case Time:
		return c.time(v)
	}
	if e.physical == physFixed {
		return uuid(v.bytes)
	}
	return string(v.bytes), true
}

func (c *Column) integer(v value) string {
	switch {
	case c.element.physical == physInt32 && c.element.unsigned:
		return strconv.FormatUint(uint64(uint32(v.bits)), 10)
	case c.element.physical == physInt32:
		return strconv.FormatInt(int64(int32(v.bits)), 10)
	case c.element.unsigned:
		return strconv.FormatUint(v.bits, 10)
	}
	return strconv.FormatInt(int64(v.bits), 10)
}

func number(physical int, bits uint64) (string, bool) {
	f, size := math.Float64frombits(bits), 64
	if physical == physFloat {
		f, size = float64(math.Float32frombits(uint32(bits))), 32
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "", false
	}
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.FormatFloat(f, format, -1, size), true
}

// time writes days, and times to the second or what the file has beyond that. One outside the
// years that RFC 3339 knows is none.
func (c *Column) time(v value) (string, bool) {
	var t time.Time
	switch {
	case c.element.physical == physInt32:
		t = time.Unix(int64(int32(v.bits))*86400, 0).UTC()
		return t.Format(time.DateOnly), inRange(t)
	case c.element.physical == physInt96:
		t = julian(v.bytes)
	case c.element.unit == 1:
		t = time.UnixMilli(int64(v.bits)).UTC()
	case c.element.unit == 2:
		t = time.UnixMicro(int64(v.bits)).UTC()
	default:
		t = time.Unix(0, int64(v.bits)).UTC()
	}
	if c.element.utc {
		return t.Format(time.RFC3339Nano), inRange(t)
	}
	return t.Format("2006-01-02T15:04:05.999999999"), inRange(t)
}

// julian reads the time of old files: nanoseconds of a day, and its number.
func julian(b []byte) time.Time {
	const epoch = 2440588 // 1970-01-01
	if len(b) != 12 {
		return time.Time{}
	}
	days := int64(int32(binary.LittleEndian.Uint32(b[8:]))) - epoch
	return time.Unix(days*86400, int64(binary.LittleEndian.Uint64(b)%(86400*1e9))).UTC()
}

func inRange(t time.Time) bool { return t.Year() >= 0 && t.Year() <= 9999 }

func uuid(b []byte) (string, bool) {
	if len(b) != 16 {
		return "", false
	}
	s := hex.EncodeToString(b)
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:], true
}
