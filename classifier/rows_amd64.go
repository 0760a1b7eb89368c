package classifier

import "golang.org/x/sys/cpu"

// addRows adds each feature's row, multiplied by its value, to out. It is addRowsInGo, four numbers at a time:
// the same sums in the same order, so the same bits.
func addRows(out []float64, rows []float32, features []uint32, values []float64) {
	if !cpu.X86.HasAVX || len(features) == 0 {
		addRowsInGo(out, rows, features, values)
		return
	}
	addRowsAVX(&out[0], len(out), &rows[0], &features[0], &values[0], len(features))
}

// addRowsAVX needs a stride, which is the length of out and of a row, that is a multiple of 4 and above 0.
//
//go:noescape
func addRowsAVX(out *float64, stride int, rows *float32, features *uint32, values *float64, n int)
