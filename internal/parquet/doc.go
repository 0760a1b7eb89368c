// Package parquet reads rows of text, numbers and lists of them out of Parquet files, within
// bounds whatever the file says.
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
// encoding of the standard but bit-packed levels of before 2013; pages of both versions;
// compression by Snappy, gzip, zstd, Brotli and LZ4_RAW.
//
// It refuses structures, maps, lists of lists, decimals and times of day (as columns: the
// others are read), encrypted files, footers beyond 64 MiB, pages of more than 16 million
// values or more bytes than the limit given to Open.
//
// Why not a library. parquet-go 0.32, which writes these files well, takes memory for what the headers
// of a file claim before it looks whether that is there: one changed byte in a file of 8 kB made
// it allocate 4.3 GB, where this package took 64 kB. Here pages are decoded value by value as rows
// ask for them, so that a header alone makes nothing large; the tests read what parquet-go wrote.
//
// Memory is the footer and, for each chosen column, one page and its dictionary.
//
// A File may be used by several goroutines, Rows by one.
package parquet
