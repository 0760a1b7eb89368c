//go:build !amd64

package classifier

func addRows(out []float64, rows []float32, features []uint32, values []float64) {
	addRowsInGo(out, rows, features, values)
}
