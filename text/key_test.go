package text

import (
	"strings"
	"testing"
)

func TestKeyOf(t *testing.T) {
	seen := map[Key]string{}
	for n := range KeyLength + 1 {
		for _, form := range []string{strings.Repeat("a", n), "z" + strings.Repeat("é", n/2), strings.Repeat("b", n)} {
			k, ok := KeyOf([]byte(form))
			if ok != (len(form) <= KeyLength) {
				t.Errorf("KeyOf(%q) = %v, %v", form, k, ok)
			}
			if got := k.AppendForm([]byte("<")); ok && string(got) != "<"+form {
				t.Errorf("the form of the key of %q is %q", form, got)
			}
			if other, taken := seen[k]; ok && taken && other != form {
				t.Errorf("%q and %q have the same key", form, other)
			}
			seen[k] = form
		}
	}
	if k, ok := KeyOf([]byte(strings.Repeat("a", KeyLength+1))); ok {
		t.Errorf("a form of %d bytes has the key %v", KeyLength+1, k)
	}
}

// TestScannerKey: what earlier, longer tokens left behind is no part of a key.
func TestScannerKey(t *testing.T) {
	var s Scanner
	s.Reset("Mempertanggungjawabkan perekonomian anak-anak Rp 5.000, di ujung kebijaksanaannya é 17 " + strings.Repeat("x", 99) + " ya")
	for s.Scan() {
		form := s.Token().Form
		got, ok := s.Key()
		want, has := KeyOf(form)
		if got != want || ok != has {
			t.Errorf("%q: key %v, %v, want %v, %v", form, got, ok, want, has)
		}
	}
}
