// Package corpus streams articles out of files: what is tagged, learnt from or
// evaluated on.
//
// A caller
//
//  1. names sources: files, folders, or "-" for standard input;
//  2. ranges over [Read], which yields one [Record] an article, in the order of
//     the sources and of the records in them;
//  3. counts each [*RecordError] (that record is left out, reading goes on) and
//     each [*SourceError] (the rest of that file is left out, reading goes on
//     with the next), and decides whether either is fatal;
//  4. stops at any other error: the options were refused or the context ended.
//
// # Formats
//
// The format follows from the name; where the name says nothing, as for
// standard input, from the content. [Options.Format] overrides both. Every
// format may be compressed with gzip or zstd, told by the first bytes.
//
//   - JSON Lines (.jsonl, .ndjson, .json; content that starts with "{"): one
//     object a line. Keys: id (string or number), title, text, date, source,
//     url (strings), labels, not_labels, disputed (arrays of strings), partial
//     (true or false). null means absent. Any other key is kept in Extra. A key
//     given twice, also in a nested object, or a value of another type is an error.
//   - CSV (.csv) and TSV (.tsv, .tab): a header row names the columns like the
//     keys above, in any case; [Options.Columns] maps other names; the remaining
//     columns are kept in Extra. Cells are quoted as in RFC 4180. CSV cells are
//     separated by what is most frequent in the header's first line: comma,
//     semicolon or tab. A cell of labels is split at ";" if it has one, else at
//     "|", else at ",".
//   - fastText (.ft, .fasttext; content that starts with "__label__"): one
//     article a line. Every word that starts with "__label__" is a label and the
//     rest is the text.
//   - Plain text (.txt, .text, .md, .markdown; any other content): the whole
//     file is the text of one article whose id is the path.
//   - HTML (.html, .htm, .xhtml; content that starts like a page): the whole file is a page
//     of a site, in whose encoding it may be; id is the path, and package page finds
//     title, date and text.
//
// A folder is walked in sorted order, links followed, each real folder read once.
// Hidden files and files of unknown kind in it are left out; a kind that is
// known but not read yet (zip, tar, Parquet, WARC, …) is an error.
//
// # What is refused
//
// Text other than HTML that is not valid UTF-8 (a byte order mark at the start is skipped)
// or has a NUL byte, a page without text, a record with neither title nor text, a labelled one whose title and text are
// blank, a blank label, a label that is both in labels and not_labels, and a record
// longer than [Options.MaxRecord]. A blank article without labels is a record: a model
// abstains from it.
// Nothing is repaired. Labels are sets: one listed twice counts once. A blank
// line is no record but counts as a line.
//
// # Writing
//
// [NewWriter] writes JSON Lines, CSV, TSV and fastText, which read back to the same articles as far as the
// format allows; [Writer.Losses] says what it does not, and what it cannot hold at all is refused.
// [AppendJSON] writes one record. [Compress] compresses by the name of the file.
//
// # Ownership and concurrency
//
// A Record and all it refers to belong to the caller, who may keep it or hand
// it to another goroutine. One sequence is ranged over by one goroutine;
// several sequences are independent.
package corpus
