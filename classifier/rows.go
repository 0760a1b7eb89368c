package classifier

// lanes is how many weights of a row are multiplied at a time where the machine can.
const lanes = 4

// stride is the width of a row of weights for so many topics: the next multiple of lanes.
func stride(topics int) int { return (topics + lanes - 1) / lanes * lanes }

// addRowsInGo adds each feature's row, multiplied by its value, to out, which is as wide as a row. The
// conversions keep a compiler from fusing product and sum, which would round otherwise than
// addRowsAVX does (Go specification, "Floating-point operators").
func addRowsInGo(out []float64, rows []float32, features []uint32, values []float64) {
	for i, t := range features {
		x, row := values[i], rows[int(t)*len(out):][:len(out)]
		for k, w := range row {
			out[k] += float64(x * float64(w))
		}
	}
}
