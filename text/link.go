package text

import "strings"

// longestRun bounds a host or mail address in bytes, as the DNS does for names.
const longestRun = 254

// link is the end of the address or site name that begins at start, or 0. Byte i
// is where its first word ends. A site's name is a class token, so that the
// outlet a text comes from never becomes a term.
func (s *Scanner) link(start, i int) int {
	if i >= len(s.text) {
		return 0
	}
	if strings.HasPrefix(s.text[i:], "://") && isScheme(s.text[start:i]) && isAlnumAt(s.text, i+3) {
		return urlEnd(s.text, i+3)
	}
	c := s.text[i]
	if start < s.noLink || (c != '.' && c != '@' && c != '_') || !isAlnumAt(s.text, i+1) {
		return 0
	}
	run := addressRun(s.text, start)
	end := addressEnd(run)
	if end == 0 {
		s.noLink = start + len(run)
		return 0
	}
	end += start
	if end < len(s.text) && strings.IndexByte("/:?#", s.text[end]) >= 0 && isAlnumAt(s.text, end+1) {
		return urlEnd(s.text, end)
	}
	return end
}

func isScheme(word string) bool {
	return equalFoldAny(word, "http", "https", "ftp")
}

// equalFoldAny reports whether s is one of the names, in any case.
func equalFoldAny(s string, names ...string) bool {
	for _, name := range names {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	return false
}

// addressRun is the longest piece at start that a host or mail address could fill.
func addressRun(text string, start int) string {
	end := start
	for end < len(text) && end-start < longestRun {
		if c := text[end]; alnum[c] == 0 && strings.IndexByte("._-+@", c) < 0 {
			break
		}
		end++
	}
	return text[start:end]
}

// addressEnd is the length of the mail address or the site name at the start of
// run, or 0.
func addressEnd(run string) int {
	run = strings.TrimRight(run, "._-+@")
	if at := strings.IndexByte(run, '@'); at > 0 {
		if strings.IndexByte(run[at:], '.') < 0 {
			return 0
		}
		return len(run)
	}
	if len(run) > 4 && strings.EqualFold(run[:4], "www.") {
		return len(run)
	}
	return hostEnd(run)
}

// hostEnd is the end of the last label in run that closes a site's name, or 0.
// What follows it behind a hyphen is not part of it: KOMPAS.com-Jakarta.
func hostEnd(run string) int {
	best, before := 0, ""
	for i := 0; i < len(run); {
		end := i
		for end < len(run) && alnum[run[end]] != 0 {
			end++
		}
		label := run[i:end]
		if i > 0 && run[i-1] == '.' && closesHost(before, label) {
			best = end
		}
		before = label
		i = end + 1
	}
	return best
}

// closesHost reports a top-level domain of the sites that Indonesian news names,
// or a country behind a second-level one such as co.uk.
func closesHost(before, label string) bool {
	if equalFoldAny(label, "com", "co", "id", "net", "org", "tv", "io", "gov", "edu") {
		return true
	}
	return len(label) == 2 && equalFoldAny(before, "com", "co", "go", "ac", "or", "net", "org", "gov", "edu")
}

// urlEnd is the end of the address that goes on at i: up to a blank, a quotation
// mark, a bracket or a byte beyond ASCII, without the punctuation at its end.
func urlEnd(text string, i int) int {
	end := i
	for end < len(text) && text[end] > ' ' && text[end] < 0x7F && strings.IndexByte("\"<>()[]{}`", text[end]) < 0 {
		end++
	}
	for end > i && strings.IndexByte(".,;:!?'*&", text[end-1]) >= 0 {
		end--
	}
	return end
}

// shortcode reads a mark of the publishing system such as [Gambas:Video ...]: a
// word and a colon right behind the bracket.
func (s *Scanner) shortcode(i int) bool {
	const longest = 80
	name := i + 1
	for name < len(s.text) && lower[s.text[name]] != 0 && name-i < longest {
		name++
	}
	if name == i+1 || !isByteAt(s.text, name, ':') {
		return s.skip(i + 1)
	}
	for end := name; end < len(s.text) && end-i < longest && s.text[end] != '\n'; end++ {
		if s.text[end] == ']' {
			return s.emit(Link, "<tautan>", i, end+1)
		}
	}
	return s.skip(i + 1)
}

// initials is the end of a run of single capitals with points between them, or
// of letters around an ampersand, appended to the form: K.H., U.S., R&D. It is i
// if there is none. Small letters are not joined: s.d. is no primary school, SD.
func (s *Scanner) initials(start, i int) int {
	if s.n == 1 && isUpperAt(s.text, start) {
		for isByteAt(s.text, i, '.') && isUpperAt(s.text, i+1) && !wordGoesOnAt(s.text, i+2) {
			s.add(lower[s.text[i+1]])
			i += 2
		}
	}
	if s.n > 2 || !isByteAt(s.text, i, '&') {
		return i
	}
	return s.ampersand(i)
}

// ampersand joins one or two letters behind the ampersand at i to the form.
func (s *Scanner) ampersand(i int) int {
	from := i + 1
	if strings.HasPrefix(s.text[i:], "&amp;") {
		from = i + len("&amp;")
	}
	word, end := s.peek(from)
	if len(word) < 1 || len(word) > 2 || isByteAt(s.text, end, ';') {
		return i
	}
	s.add('&')
	for _, c := range word {
		s.add(c)
	}
	return end
}
