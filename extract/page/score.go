package page

// scores holds what is known of the lines and blocks of a document.
type scores struct {
	*document
	prose  []float32 // by line: how much of a paragraph it is, in bytes
	factor []float32 // by block: what hints leave of the prose in it
	sums   []sum     // over the lines before each
}

// sum is of a range of lines, in bytes but for links.
type sum struct {
	prose, text, link float64
	links             int32 // lines that are links
}

func newScores(d *document) *scores {
	s := &scores{
		document: d, prose: make([]float32, len(d.lines)),
		factor: make([]float32, len(d.nodes)), sums: make([]sum, len(d.lines)+1),
	}
	for i, l := range d.lines {
		if d.headingOf(l.node) == 0 {
			s.prose[i] = proseOf(d.text[l.start:l.end], int(l.link))
		}
		t := s.sums[i]
		s.sums[i+1] = sum{
			t.prose + float64(s.prose[i]), t.text + float64(l.end-l.start),
			t.link + float64(l.link), t.links + l.isLink(),
		}
	}
	s.markTeasers()
	s.weigh()
	return s
}

// A teaser has no more lines and bytes than this.
const (
	mostTeaserLines = 6
	longestTeaser   = 600
)

// markTeasers gives blocks that hold the headline of another story and how it begins the hint
// that they are furniture. One alone could be an article after a link, so it takes two side
// by side.
func (s *scores) markTeasers() {
	seen := make([]int32, len(s.nodes)) // by block: the first teaser in it, if it has one
	for i := range s.nodes {
		n, c := &s.nodes[i], int32(i)
		if n.parent < 0 || !s.isTeaser(c) {
			continue
		}
		if first := seen[n.parent]; first > 0 {
			n.hint |= furniture
			s.nodes[first].hint |= furniture
		} else {
			seen[n.parent] = c
		}
	}
}

// isTeaser reports whether a block is a link and then a little prose.
func (s *scores) isTeaser(c int32) bool {
	n, t := s.nodes[c], s.of(c)
	if n.end-n.first > mostTeaserLines || t.links == 0 || t.prose == 0 || t.text > longestTeaser {
		return false
	}
	for i := n.first; s.prose[i] == 0; i++ {
		if s.lines[i].isLink() > 0 {
			return true
		}
	}
	return false
}

// of sums over the lines of a block.
func (s *scores) of(n int32) sum {
	a, b := s.sums[s.nodes[n].first], s.sums[s.nodes[n].end]
	return sum{b.prose - a.prose, b.text - a.text, b.link - a.link, b.links - a.links}
}

// isLink is 1 if the line is a link and nothing else, long enough for a headline, else 0.
func (l line) isLink() int32 {
	if n := l.end - l.start; n >= 20 && l.link*10 >= n*8 {
		return 1
	}
	return 0
}

// What a hint leaves of the prose in a block.
const (
	furnitureFactor = 0.25
	talkFactor      = 0.1
	contentFactor   = 1.2
	bodyFactor      = 1.5
)

// Hints count less than text. A block that holds more than this share of the page's prose is
// the article, whatever it is called; only long talk can be more than the article is.
const (
	mostFurniture = 0.5
	mostTalk      = 0.8
)

// weigh finds the factor of each block and forgets hints that are wrong.
func (s *scores) weigh() {
	all := s.of(0).prose
	for i := range s.nodes {
		n := &s.nodes[i]
		share := s.of(int32(i)).prose
		if share > mostFurniture*all {
			n.hint &^= furniture | caption
		}
		if share > mostTalk*all {
			n.hint &^= talk
		}
		f := float32(1)
		if n.parent >= 0 {
			f = s.factor[n.parent]
		}
		switch {
		case n.hint&talk != 0:
			f *= talkFactor
		case n.hint&(furniture|caption) != 0:
			f *= furnitureFactor
		case n.hint&content != 0:
			f *= contentFactor
		}
		if n.hint&body != 0 {
			f *= bodyFactor
		}
		s.factor[i] = f
	}
}

// Prose counts in full for the block around its paragraph, and less by decay for each block
// around that, up to reach of them. The block that has all of an article wins over its parts
// unless one of them has more than decay of it.
const (
	decay = 0.7
	reach = 6
)

// top returns the block that holds the article, or most of it. Without any prose it is the
// root.
func (s *scores) top() int32 {
	total := make([]float32, len(s.nodes))
	for i, l := range s.lines {
		w := s.prose[i] * s.factor[l.node]
		n := l.node
		if roleOf(s.nodes[n].tag) == para {
			n = s.nodes[n].parent
		}
		for r := 0; w > 0 && n >= 0 && r < reach; r++ {
			total[n] += w
			w *= decay
			n = s.nodes[n].parent
		}
	}
	best := int32(0)
	for i, t := range total {
		if t > total[best] {
			best = int32(i)
		}
	}
	return best
}

// A line is no prose if it is shorter than a short sentence, and half prose if it is as short
// as a headline, in bytes.
const (
	shortestProse = 25
	shortProse    = 80
)

// proseOf says how much of a line reads like an article, in bytes: nothing of a link or a
// label, little of a headline, all of a paragraph. link is how many bytes are inside links.
func proseOf(s []byte, link int) float32 {
	if len(s) < shortestProse || link*2 > len(s) {
		return 0
	}
	lower, upper, stops := countWords(s)
	if all := lower + upper; all < 5 || lower*4 < all {
		return 0
	}
	w := float32(len(s) - link)
	if stops == 0 {
		w *= 0.2
	}
	if len(s) < shortProse {
		w *= 0.5
	}
	return w
}

// countWords counts words that start in lower case, others, and signs that close or divide
// sentences. Letters beyond ASCII count as lower case; of scripts without spaces, five
// characters count as a word.
func countWords(s []byte) (lower, upper, stops int) {
	const wide = 15 // bytes of five characters of such a script
	start, high := true, 0
	for i, c := range s {
		switch {
		case c == ' ':
			start, high = true, 0
			continue
		case c >= 0x80:
			if high++; high%wide == 0 {
				lower++
			}
		case (c == ',' || c == '.' || c == ';' || c == '?' || c == '!' || c == '"') && (i+1 == len(s) || s[i+1] == ' '):
			stops++
		}
		if !start || c == '"' || c == '(' || c == '\'' {
			continue
		}
		start = false
		switch {
		case 'a' <= c && c <= 'z' || c >= 0x80:
			lower++
		case 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			upper++
		}
	}
	if lower > 0 && len(s) > wide && stops == 0 && s[len(s)-1] >= 0x80 {
		stops = 1 // a full stop or a quotation mark of another script
	}
	return lower, upper, stops
}
