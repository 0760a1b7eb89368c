package indonesian

import "strings"

// Reasons that [Explain] gives where no affix was removed.
const (
	ReasonUnchanged = "unchanged" // nothing that looks like an affix
	ReasonTooShort  = "too short" // at most two bytes, or at most two vowels
)

// Explain returns what Stem(word, true) returns, and why: the affixes in the order
// of their removal, such as "-nya, mem-, -kan", with a restored letter as in
// "meny- (s)"; or [ReasonUnchanged] or [ReasonTooShort].
func Explain(word string) (stem, reason string) {
	low := appendLower(nil, strings.TrimSpace(word))
	if len(low) <= 2 || vowels(low) < leastVowels {
		return string(low), ReasonTooShort
	}
	var c cuts
	c.analyse(low)
	reason = c.affixes(string(low))
	return string(c.apply(low)), reason
}

// affixes lists what c removes from word.
func (c *cuts) affixes(word string) string {
	var list []string
	end := func(n int) {
		if n > 0 {
			list = append(list, "-"+word[len(word)-n:])
			word = word[:len(word)-n]
		}
	}
	begin := func(n int) {
		if n > 0 {
			list = append(list, word[:n]+"-")
			word = word[n:]
		}
	}
	end(c.particle)
	end(c.possessive)
	begin(c.first)
	if c.letter != 0 {
		list[len(list)-1] += " (" + string(rune(c.letter)) + ")"
	}
	if c.first == 0 { // the second prefix comes before the suffix only then
		begin(c.second)
		end(c.suffix)
	} else {
		end(c.suffix)
		begin(c.second)
	}
	if len(list) == 0 {
		return ReasonUnchanged
	}
	return strings.Join(list, ", ")
}
