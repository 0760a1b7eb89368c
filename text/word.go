package text

import "unicode/utf8"

// compound reads a word with more to it than ASCII letters. The letters up to i
// have been looked at already; it begins again, as it is rarely called.
func (s *Scanner) compound(start, i int) bool {
	if isByteAt(s.text, i, '.') && !isAlnumAt(s.text, i+1) {
		return s.finish(start, i) // the end of a sentence
	}
	if s.moneyCode(start, i) {
		return true
	}
	i = s.part(start, 0)
	if end := s.link(start, i); end > 0 {
		return s.emit(Link, "<tautan>", start, end)
	}
	if end := s.initials(start, i); end > i {
		return s.finish(start, end)
	}
	return s.hyphens(start, i)
}

// part reads one run of letters, digits and inner apostrophes at start. Its form
// goes to form[off:]; it returns the end of the run.
func (s *Scanner) part(start, off int) int {
	s.n = off
	i := start
	for i < len(s.text) {
		if c := alnum[s.text[i]]; c != 0 {
			s.add(c)
			i++
			continue
		}
		if n := innerApostrophe(s.text, i); n > 0 && i > start {
			s.add('\'')
			i += n
			continue
		}
		if s.text[i] >= utf8.RuneSelf && wordGoesOnAt(s.text, i) {
			return s.unicodePart(start, off)
		}
		break
	}
	return i
}

// unicodePart is part for any script: the general path of which part is the
// short cut.
func (s *Scanner) unicodePart(start, off int) int {
	raw := s.folder.raw[:0]
	end, fits := start, true
	for i := start; i < len(s.text); {
		piece, size := s.piece(i, end == i)
		if size == 0 {
			break
		}
		i += size
		if piece == "" {
			continue // an invisible rune belongs to the word only if more follows
		}
		end = i
		fits = fits && len(raw)+len(piece) <= maxRaw
		if fits {
			raw = append(raw, piece...)
		}
	}
	s.n = off
	if !fits {
		s.n = off + maxRaw
		return end
	}
	for _, c := range s.folder.form(raw) {
		s.add(c)
	}
	return end
}

// piece is the next rune of a word as it enters the form, with its size in the
// text; size 0 is the end of the word.
func (s *Scanner) piece(i int, visibleBefore bool) (string, int) {
	if n := apostrophe(s.text, i); n > 0 {
		if !visibleBefore || innerApostrophe(s.text, i) == 0 {
			return "", 0
		}
		return "'", n
	}
	r, size := decode(s.text, i)
	switch {
	case isIgnorable(r):
		return "", size
	case isWordPart(r):
		return s.text[i : i+size], size
	}
	return "", 0
}

// maybeClitic reports that a word's last three letters are in lower case, and not the one before.
func maybeClitic(text string, start, end int) bool {
	return end-start >= 5 && isUpperAt(text, end-4) && lower[text[end-3]] == text[end-3]
}

// finish makes a token of the word text[start:end], whose form is complete,
// unless it is worthless.
func (s *Scanner) finish(start, end int) bool {
	if s.n < 2 || s.n > maxForm {
		return s.skip(end)
	}
	if s.text[start] >= utf8.RuneSelf && !hasLetter(s.form[:s.n]) {
		return s.emit(Number, "<angka>", start, end) // digits of other scripts
	}
	if maybeClitic(s.text, start, end) {
		s.dropClitic()
	}
	if keywords.may(s.firstEight()) {
		if found, done := s.keyword(start, end); done {
			return found
		}
	}
	return s.accept(Word, start, end)
}
