// Package feedback keeps corrections of tags on disk, as articles with labels.
//
//  1. [Open] takes a folder and says what it found damaged there.
//  2. [Log.Append] stores an [Entry]. When it returns without an error, the entry is on disk.
//  3. [Log.List] reads entries back, oldest first; [Read] does so from the files alone.
//
// A log is a folder of segments, feedback-000001.jsonl and so on, which are only ever
// appended to. Each line is an article with labels in the form that training reads,
// with a few more keys and a checksum (CRC-32C) of all that stands before it in the line. So
// the folder is training data as it is. A segment that would grow over [Options.SegmentBytes]
// gives way to a next one; old ones may be moved away while no process has the log open.
//
// A process killed at any moment loses nothing that was acknowledged. What it had begun to
// write is cut off the last segment by the next Open, put into a file torn-… beside
// it and reported. A damaged line elsewhere is left where it is, passed over
// and reported; it never stops Open.
//
// A [Log] is safe for concurrent use; entries that come at the same time share one
// write and one fsync. It keeps about 100 bytes of memory an entry and no text.
//
// It refuses a folder that another process has open, and after a failed fsync every
// further entry, since what the disk holds is then unknown until the log is opened again.
package feedback
