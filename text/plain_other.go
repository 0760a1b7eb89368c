//go:build !amd64

package text

func hasPlain() bool { return false }

// readPlain is not called here: Scanner.word reads plain words well enough.
func readPlain(string, int, []Plain) (n, pos int) { return 0, 0 }
