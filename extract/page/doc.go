// Package page finds the article in a page of a news site: headline, day of publication and
// main text, out of HTML or of text that was pasted with all that stood around it.
//
// How to use it:
//
//  1. Call [HTML] with the bytes of a page, [Text] with pasted text, or [Read] with what may be either.
//  2. Ask [IsHTML] what the first bytes are, where that matters before.
//  3. Use the [Article]: every field may be empty but none holds mark-up, and each line of
//     its text is a paragraph, a subheading or an item of a list.
//
// How it decides. One pass over the tags gives lines of text in a tree of blocks (scan.go).
// Each line is worth as many bytes as it reads like a paragraph: sentences, words in lower
// case, no link. The article is the block with most prose, where prose counts less the deeper
// it lies; names such as "related" or "komentar" lower what is in a block, but never decide
// alone (score.go). Blocks beside and around it that read alike are taken in, links and
// captions left out (gather.go). What is left goes through [extract.AppendPlain], which knows
// the furniture of Indonesian sites by its words. There are no rules for single sites.
//
// Why not a library. On twelve pages of Indonesian sites, go-trafilatura 1.12.2 and
// go-readability 2.1.3 kept "Baca juga" links, captions and bylines, and reached a mean
// word-F1 of 0.950 and 0.940 where this package has 0.995, in about a sixth of the time of
// the faster one; both parse the page into a full tree first, whose depth and size the page
// decides. docs/pages.md has the figures, on pages of other languages, too.
//
// It fails open: a page without anything like an article gives all of its visible text, and
// one that hides all prose until its scripts have run gives what is hidden.
//
// It refuses pages longer than [MaxBytes], and those without any text. Whatever a page holds,
// time is linear in its length and memory a small multiple of it: elements nested deeper than
// 256, blocks beyond 65,536 and lines beyond 65,536 lose their borders, not their text. It
// runs no scripts, fetches nothing, and does not follow "Halaman 2".
//
// Functions of this package hold no state and may be called from any number of goroutines.
package page
