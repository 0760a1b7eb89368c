//go:build !amd64

package text

func hasMasks() bool { return false }

func masksOf(text string) masks { return masksInGo(text) }
