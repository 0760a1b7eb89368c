//go:build !amd64

package text

func hasMasks() bool { return false }

// masksOf is not called here: a loop over bytes would cost more than Scanner.word does.
func masksOf(string) masks { return masks{} }
