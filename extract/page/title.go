package page

import "strings"

// titleOf returns the headline and the line it stands on, -1 if it stands on none: the
// heading that is most like what the page's head says, else what the head says.
func (d *document) titleOf() (title string, at int32) {
	refs := d.meta.titles()
	best, at, seen := 0.0, int32(-1), 0
	for i, l := range d.lines {
		level := d.headingOf(l.node)
		if level == 0 || l.end-l.start > longestTitle {
			continue
		}
		if seen++; seen > maxHeadings {
			break
		}
		s, last := d.heading(int32(i))
		for _, ref := range refs {
			// Of equals, the heading of the higher rank.
			if x := likeness(strings.ToLower(s), strings.ToLower(ref)) - 0.01*float64(level); x > best {
				best, at, title = x, last, s
			}
		}
	}
	if best >= alike {
		return title, at
	}
	if title, at := d.titleLine(refs); at >= 0 {
		return title, at
	}
	for _, ref := range refs {
		return withoutSite(ref), -1
	}
	return d.firstHeading()
}

// heading returns the text of the heading that starts on a line, and its last line.
func (d *document) heading(i int32) (text string, last int32) {
	last = i
	for last+1 < int32(len(d.lines)) && last < i+3 && d.lines[last+1].node == d.lines[i].node {
		last++
	}
	for ; i < last; i++ {
		text += d.str(i) + " "
	}
	return text + d.str(last), last
}

// titleLine returns the first line that is most of a title, where no heading is one.
func (d *document) titleLine(refs []string) (string, int32) {
	for i, l := range d.lines[:min(len(d.lines), maxTitleLines)] {
		if l.link > 0 || l.end-l.start > longestTitle {
			continue
		}
		for _, ref := range refs {
			s := d.str(int32(i))
			if 2*len(s) > len(ref) && strings.Count(s, " ") >= 2 && strings.Contains(ref, s) {
				return s, int32(i)
			}
		}
	}
	return "", -1
}

// maxHeadings bounds how many headings are compared with the title, maxTitleLines how many
// lines.
const (
	maxHeadings   = 256
	maxTitleLines = 1024
)

// longestTitle bounds a headline, in bytes.
const longestTitle = 300

// alike is from which likeness on a heading is the page's title, in the words of the article's
// own headline.
const alike = 0.6

// headingOf returns the level of the heading that the block is or lies in, 0 if none.
func (d *document) headingOf(n int32) int {
	for range 3 {
		if n < 0 {
			return 0
		}
		if level := headingLevel(d.nodes[n].tag); level > 0 {
			return level
		}
		n = d.nodes[n].parent
	}
	return 0
}

func (d *document) str(i int32) string {
	l := d.lines[i]
	return string(d.text[l.start:l.end])
}

// titles are what the head of the page calls it, the most trustworthy first.
func (m *metadata) titles() (list []string) {
	for _, s := range [...]string{m.og, m.headline, m.title} {
		if s != "" {
			list = append(list, s)
		}
	}
	return list
}

func (d *document) firstHeading() (string, int32) {
	for i, l := range d.lines {
		if d.headingOf(l.node) == 1 {
			return d.str(int32(i)), int32(i)
		}
	}
	return "", -1
}

// likeness is the share of words that a heading and a title have in common (Dice 1945), and a
// little over 1 if the title starts with the heading, to go on with the name of the site.
func likeness(heading, title string) float64 {
	a, b := strings.Fields(heading), strings.Fields(title)
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if rest, ok := strings.CutPrefix(title, heading); ok && len(a) >= 2 && (rest == "" || rest[0] == ' ') {
		return 1 + float64(len(a))/1000
	}
	in := make(map[string]bool, len(b))
	for _, w := range b {
		in[w] = true
	}
	common := 0
	for _, w := range a {
		if in[w] {
			common++
			delete(in, w)
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

// withoutSite cuts the name of the site off a title.
func withoutSite(title string) string {
	for _, mark := range [...]string{" | ", " - ", " – ", " — ", " :: ", " » "} {
		i := strings.LastIndex(title, mark)
		if i > 0 && strings.Count(title[i+len(mark):], " ") < 4 && strings.Count(title[:i], " ") >= 2 {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}
