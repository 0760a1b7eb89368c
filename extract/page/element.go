package page

import "golang.org/x/net/html/atom"

// role says what an element does to the text in it.
type role uint8

const (
	inline   role = iota // nothing: its text belongs to the line around it
	block                // starts and ends lines
	para                 // a block that cannot hold blocks: another one closes it
	item                 // a block that one of its kind closes
	breaking             // ends the line, holds nothing
	void                 // holds nothing
	skipped              // holds nothing that is read
)

// roleOf returns the role of an element; unknown ones are inline.
func roleOf(a atom.Atom) role {
	switch a {
	case atom.Div, atom.Article, atom.Section, atom.Main, atom.Header, atom.Footer, atom.Nav, atom.Aside, atom.Figure,
		atom.Figcaption, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption,
		atom.Blockquote, atom.Pre, atom.Form, atom.Fieldset, atom.Center, atom.Address, atom.Details, atom.Summary,
		atom.Dialog, atom.Menu, atom.Hgroup, atom.Search, atom.Body, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return block
	case atom.P:
		return para
	case atom.Li, atom.Dt, atom.Dd, atom.Tr, atom.Td, atom.Th:
		return item
	case atom.Br, atom.Hr:
		return breaking
	case atom.Area, atom.Base, atom.Col, atom.Embed, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param, atom.Source,
		atom.Track, atom.Wbr:
		return void
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Video,
		atom.Audio, atom.Canvas, atom.Map, atom.Select, atom.Textarea, atom.Button, atom.Title, atom.Noframes, atom.Noembed:
		return skipped
	}
	return inline
}

// isBoundary reports whether end tags inside the element close nothing outside it.
func isBoundary(a atom.Atom) bool {
	switch a {
	case atom.Table, atom.Td, atom.Th, atom.Caption, atom.Body:
		return true
	}
	return false
}

// isList reports whether items inside the element are not those around it.
func isList(a atom.Atom) bool {
	switch a {
	case atom.Ul, atom.Ol, atom.Dl, atom.Menu, atom.Table, atom.Div, atom.Section, atom.Article:
		return true
	}
	return false
}

// closes reports whether the start of one item ends another that is open.
func closes(start, open atom.Atom) bool {
	switch start {
	case atom.Li:
		return open == atom.Li
	case atom.Dt, atom.Dd:
		return open == atom.Dt || open == atom.Dd
	case atom.Td, atom.Th:
		return open == atom.Td || open == atom.Th
	case atom.Tr:
		return open == atom.Tr
	}
	return false
}

// headingLevel is 1 to 6 for a heading, 0 for any other element.
func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}
