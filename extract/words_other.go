//go:build !amd64

package extract

func kindsOf(s string) kinds { return kindsInGo(s) }
