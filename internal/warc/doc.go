// Package warc reads WARC files, in which crawlers keep what they were answered.
//
// How to use it:
//
//  1. Make a [Reader] over the file, decompressed: whether each record was packed by itself or
//     the whole file at once makes no difference to what comes out of a gzip reader.
//  2. Call [Reader.Next] until [io.EOF]. A [*SyntaxError] is one record that is no record; the
//     next call looks for the one after it. Any other error ends the file.
//  3. Look at [Record.Type]; call [Record.Payload] for what a server answered, freed of HTTP.
//  4. Where reading a payload fails, [Reader.Err] tells whether the file itself is to blame.
//
// It reads WARC/1.0 and 1.1, header lines that are continued, and what common crawlers write:
// line breaks without carriage return, addresses in angle brackets, bodies that were unpacked
// though their HTTP header says otherwise. Records are independent: neither segments nor
// revisits are put together.
//
// It refuses header blocks beyond 1 MiB, lines of them beyond the buffer of the given
// reader, other versions, and records without type or length. Memory is that one buffer and
// a header block, and for a payload the limit that its reader is given.
//
// A Reader is used by one goroutine. A Record is valid until the next call of Next.
package warc
