package extract

import "strings"

// longestPlace bounds the place and outlet before the dash of a lead, in bytes.
const longestPlace = 72

// isLead reports whether a paragraph starts as the first one of agency copy does: with
// a place, an outlet and a dash ("MEDAN, Kabar.com - "), or with the outlet's address.
func isLead(s string, sh shape) bool {
	head := s[:min(len(s), longestPlace)]
	place, rest, ok := cutDash(head)
	if !ok {
		return sh.prose() && isOutlet(head)
	}
	if place == "" || strings.Count(place, " ") > 8 || startsLower(place) {
		return false
	}
	return sh.prose() || rest == "" || strings.IndexByte(place, '(') >= 0
}

// cutDash cuts s at the first dash that stands behind a word or a bracket.
func cutDash(s string) (before, after string, ok bool) {
	at, size := len(s), 0
	for _, d := range [...]string{" - ", " – ", " — ", " --", " -" + nbsp, ") -"} {
		if i := strings.Index(s[:at], d); i >= 0 {
			at, size = i, len(d)
		}
	}
	if size == 0 {
		return s, "", false
	}
	before, after = s[:at], s[at+size:]
	if s[at] == ')' {
		before = s[:at+1]
	}
	return before, after, true
}

// startsLower reports whether any word of s starts with a letter in lower case, but
// for internet addresses.
func startsLower(s string) bool {
	for w := range strings.SplitSeq(s, " ") {
		if w != "" && 'a' <= w[0] && w[0] <= 'z' && !isOutlet(w) {
			return true
		}
	}
	return false
}

// isOutlet reports whether the first word of s is an internet address.
func isOutlet(s string) bool {
	w, _, _ := strings.Cut(s, " ")
	w = strings.TrimRight(w, ",:")
	for _, top := range [...]string{".com", ".co", ".id", ".net", ".tv"} {
		if len(w) > len(top)+2 && strings.EqualFold(w[len(w)-len(top):], top) {
			return true
		}
	}
	return false
}

// credits are the words that only the line under a photograph has.
var credits = [...]string{
	"AFP PHOTO", "ANTARA FOTO", "AFP/", "REUTERS/", "Reuters/", "AP Photo", "(AP/", "Getty Images", "(Foto:", "Foto:", "(Foto ",
	"Dok.", "(Dok", "(Antara/", "(ANTARA/", "(Antaranews/", "Shutterstock", "SHUTTERSTOCK", "KOMPAS.com/", "Istimewa)",
}

// longestCaption bounds the lines that are searched for a credit, in bytes.
const longestCaption = 1000

// isCaption reports whether a line before the article describes a photograph: it names
// who took it, or says everything twice as a picture's text and caption glued together.
func isCaption(s string) bool {
	if len(s) > longestCaption {
		return false
	}
	for _, c := range credits {
		if strings.Contains(s, c) {
			return true
		}
	}
	const opening = 40
	return len(s) > 2*opening && strings.Contains(s[opening:], s[:opening])
}
