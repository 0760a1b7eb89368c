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
// A caller with many cores ranges over [Items] in place of Read, and calls [Item.Decode] on them:
// finding the article in a page takes longer than anything else here.
//
// # Formats
//
// The format follows from the name; where the name says nothing, as for
// standard input, from the content. Parquet, WARC, zip and tar are told by their content
// whatever the name says. [Options.Format] overrides that, but for archives, of whose files it
// is the format. Every format may be compressed with gzip or zstd, told by the first bytes.
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
//   - Parquet (.parquet): columns as in CSV, with labels as lists or as in its cells; a mapped or
//     named column of another kind is an error. Other columns are kept in Extra as what they are, but
//     for bytes, structures and maps. Null is absent. A broken page costs the rest of its row group.
//   - fastText (.ft, .fasttext; content that starts with "__label__"): one
//     article a line. Every word that starts with "__label__" is a label and the
//     rest is the text.
//   - Plain text (.txt, .text, .md, .markdown; any other content): the whole
//     file is the text of one article whose id is the path.
//   - HTML (.html, .htm, .xhtml; content that starts like a page): the whole file is a page
//     of a site, in whose encoding it may be; id is the path, and package page finds
//     title, date and text.
//   - WARC (.warc): of each response with a 2xx status, and each resource or conversion, the page
//     that it holds, or in the latter two a text; other records are passed over. id and url are the
//     address; date is that of the page or else of the capture.
//   - zip (.zip) and tar (.tar): each file in it like one in a folder, those of a zip sorted by name, those of
//     a tar as they stand. Its path is "archive.zip!folder/a.html". Names are only names, be they
//     absolute, with ".." or given twice: nothing is ever written. Archives in archives, encrypted and
//     sparse files, links and a zip whose files overlap are refused.
//
// Parquet and zip are read from their end: from standard input, compressed once more or in
// an archive, they are held in memory and may not be longer than [Options.MaxRecord].
//
// A folder is walked in sorted order, links followed, each real folder read once.
// Hidden files and files of unknown kind in it are left out; a kind that is
// known but not read (PDF, XML, bzip2, …) is an error.
//
// # Places
//
// A record is named by its file and the line on which it starts, "a.jsonl:12", after decompression; by
// row in Parquet, "a.parquet:row 12"; by number and offset in WARC, "a.warc.gz:record 12 at byte 3456",
// which counts all records, and bytes after decompression. Ids may stand twice: nothing here looks.
//
// # What is refused
//
// Text other than HTML that is not valid UTF-8 (a byte order mark at the start is skipped)
// or has a NUL byte, a page without text, a record with neither title nor text, a labelled one whose title and text are
// blank, a blank label, a label that is both in labels and not_labels, and a record
// longer than [Options.MaxRecord]. A blank article without labels is a record: a model
// abstains from it.
// Memory is bounded by [Options.MaxRecord], whatever the input: a longer line is passed over
// while it is read, and a page of a Parquet file, which its writer chose, has by its header at most 128 MiB.
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
// it to another goroutine; equal dates, sources and labels may share memory, as strings may. One sequence is ranged over by one goroutine;
// several sequences are independent.
package corpus
