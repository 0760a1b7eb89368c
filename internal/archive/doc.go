// Package archive tags files of articles in bulk, so that a run may be killed at any moment.
//
//  1. Fill in [Options]; the zero value but for Model and Jobs will do.
//  2. [Run] tags the sources into a folder: one output an input file, rows in the order of the input, as package
//     rows writes them. manifest.jsonl has one line, an [Entry], for each finished file.
//  3. After a kill or a failure the same call goes on where it stopped and ends with the same bytes.
//
// # Files
//
// The output of an input file NAME is NAME.tags.jsonl (.gz or .zst if compressed), NAME.tags.csv or NAME.tags.parquet.
// NAME is the base name of a file that was named itself, and the path below the folder for one found in a
// folder. Records that could not be read, and those with the id of an earlier one, are in
// NAME.errors.jsonl, in their order, if there are any. Everything else
// lies in the folder .tajuk:
//
//	KEY.rows, KEY.errors  outputs that are not finished; KEY is a hash of NAME
//	KEY.checkpoint        how far they are good
//	KEY.digests           16 bytes a record, which OnlyChanged looks for
//	*.lock                held while a run, a shard or a line of the manifest is written
//
// A checkpoint comes after a number of records or bytes that depends on the input alone, never on time. There a
// gzip member or zstd frame ends, and what was written is on the disk before the checkpoint replaces the one before.
// Going on means: the input, the model and the options are the same by their digests; outputs are cut to the
// lengths of the checkpoint, and are what it says by their digests; the input is read again, and the records
// done are passed over. If anything differs the file is started anew. An output gets its name when
// it is complete and on the disk, and its line in the manifest after that.
//
// Parquet cannot be continued in the middle: its rows are collected as zstd frames of JSON and converted in one pass.
//
// # What is refused
//
// Two inputs of one name, and a folder that another run writes to. A file that cannot be opened has no output; one that
// cannot be read to its end has the rows before that place, and its Entry says so. An output that cannot be written fails
// alone. Run is safe for concurrent use on different folders; shards may share one.
package archive
