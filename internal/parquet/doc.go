// Package parquet reads rows of text, numbers and lists of them out of Parquet files with
// [github.com/parquet-go/parquet-go], which decodes the pages.
//
// How to use it:
//
//  1. [Open] a file: its footer is read and its columns listed.
//  2. Choose among [File.Columns]; [File.Left] names those that cannot be read.
//  3. Call [Rows.Next] of [File.Rows] until [io.EOF]. A [*RowError] is one row, or the rest of a row
//     group, that is left out; the next call goes on behind it.
//
// Read are columns of the first level and lists in them, written as the standard has it or as
// older programs do; all physical types but FLOAT16 and other plain bytes of fixed length; every
// encoding that parquet-go decodes; pages of both versions; compression by Snappy, gzip, zstd
// and Brotli.
//
// It refuses structures, maps, lists of lists, decimals and times of day (as columns: the
// others are read), encrypted files, LZ4_RAW (see isRead), and pages of more than 16 million values or
// more bytes than the limit given to Open.
//
// What it adds is a boundary around a library that trusts files: panics become errors, and what the
// footer and the headers of pages claim is held against the file and the limits before the library
// takes memory for it. In a file of 8 kB each byte was changed in turn: parquet-go 0.32 alone allocated
// up to 4.3 GB, for a footer that is not there, of which 17 MB became resident; behind these checks
// 0.3 MB were allocated.
//
// Memory is the footer and, for each chosen column, one page as it is in the file and decoded, and its
// dictionary. Not bounded is what the content of a page claims beyond its header, for the library has
// no option for that. A page made to unpack by gzip, zstd or Brotli to more than its header says takes
// that much, and one changed byte in a page of DELTA_BYTE_ARRAY without a checksum made parquet-go allocate
// up to 2.9 GB. Most pages without one, as pyarrow and DuckDB write them, are in a dictionary: there a byte
// made it allocate 11.8 GB, and so their runs are counted before: 0.4 MB.
//
// A File may be used by several goroutines, Rows by one.
package parquet
