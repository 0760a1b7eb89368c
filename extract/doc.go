// Package extract finds the article in text that was pasted or scraped from a
// news page, furniture and all: navigation, bylines, photo captions, "Baca juga"
// lines, share buttons, tag lists, comment rules, lists of other stories.
//
// How to use it:
//
//  1. Call [AppendPlain] with a slice to reuse and the text.
//  2. Read the spans in order: at most one [Title], which comes first, then [Body].
//  3. Slice the text with them; nothing is rewritten, so every position found in a
//     span is a position in the text as it was given.
//
// How it decides. Text is read line by line. A line is prose when it looks like a
// paragraph of sentences: long enough, mostly words in lower case, closed by
// punctuation. The lines before the first prose are a header; a byline or a date in
// it is the sign of a pasted page, and then all of the header but the headline goes,
// captions included. From there on every line is kept, however short, unless it is
// known furniture. After a marker that ends articles ("Terkini Lainnya", comment
// rules, a copyright line) nothing is kept until several paragraphs of prose follow
// one another without a break.
//
// It fails open. A headline alone, a poem, a list, a text of another script: when
// nothing looks like an article with furniture around it, all of the text is
// returned. In-line furniture goes only where its end can be told: a bracket, or the
// end of the line.
//
// Functions of this package hold no state and may be called from any number of
// goroutines. Time is linear in the text, memory constant but for the caller's slice.
//
// It refuses to do three things: it does not read HTML, it does not repair text, and
// it does not guess where a "Baca juga" ends in the middle of a paragraph.
package extract
