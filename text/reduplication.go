package text

import "bytes"

// reduplication reports whether a-b is one word said twice, and its base:
//
//	buku-buku, anak-anaknya, sebaik-baiknya   the end of a begins b
//	tolong-menolong, balas-berbalas           b holds a, perhaps without its first letter
//	sayur-mayur, gerak-gerik, putra-putri     b rhymes with a
//
// The base is a part of a or b.
func reduplication(a, b []byte) (base []byte, ok bool) {
	if len(a) < 2 || len(b) < 2 {
		return nil, false
	}
	if bytes.Equal(a, b) {
		return a, true
	}
	for n := min(len(a), len(b)); n >= 3; n-- {
		if bytes.HasSuffix(a, b[:n]) && isPrefix(a[:len(a)-n]) && isSuffix(b[n:]) {
			return b[:n], true
		}
	}
	if mutual(a, b) || rhyme(a, b) {
		return a, true
	}
	return nil, false
}

// mutual reports that b is a with a prefix, which may have eaten its first letter.
func mutual(a, b []byte) bool {
	if len(a) < 3 {
		return false
	}
	at := bytes.Index(b, a[1:])
	if at < 2 || !isSuffix(b[at+len(a)-1:]) {
		return false
	}
	if b[at-1] == a[0] {
		return at > 2 && isPrefix(b[:at-1])
	}
	switch string(b[:at]) {
	case "mem", "men", "meny", "meng", "pem", "pen", "peny", "peng":
		return bytes.IndexByte([]byte("kpst"), a[0]) >= 0
	}
	return false
}

// rhyme reports that b differs from a in its first letter alone, or in vowels alone.
func rhyme(a, b []byte) bool {
	if len(a) != len(b) || len(a) < 4 {
		return false
	}
	if bytes.Equal(a[1:], b[1:]) {
		return true
	}
	for i := range a {
		if a[i] != b[i] && (!isVowel(a[i]) || !isVowel(b[i])) {
			return false
		}
	}
	return true
}

func isVowel(c byte) bool { return bytes.IndexByte([]byte("aeiou"), c) >= 0 }

// isPrefix reports what may stand before the base in the first or second half.
func isPrefix(p []byte) bool {
	switch string(p) {
	case "", "se", "ber", "be", "ter", "ke", "di", "me", "mem", "men", "meng", "meny", "per", "pe", "pem", "pen",
		"peng", "memper", "diper", "ku":
		return true
	}
	return false
}

// isSuffix reports what may stand behind the base in the second half.
func isSuffix(s []byte) bool {
	switch string(s) {
	case "", "an", "i", "kan", "nya", "annya", "inya", "kannya", "lah", "kah", "pun", "ku", "mu":
		return true
	}
	return false
}
