// Package store keeps the versions of models on disk, and says which one is active.
//
//	DIR/.lock                        taken by whoever changes something
//	DIR/NAME/active                  the active version; replaced in one step
//	DIR/NAME/history.jsonl           what was added and made active, when, by whom and why
//	DIR/NAME/VERSION/model.tajuk     the model, never changed again
//	DIR/NAME/VERSION/selftest.jsonl  documents, and the answers that the model must give
//	DIR/NAME/VERSION/report.*        how it was made, or how good it is; may be missing
//	DIR/NAME/VERSION/manifest.json   what the version is, and the checksum of each file above
//
// To use it:
//
//  1. [Create] or [Open] a folder; [Store.Add] a model, whose content digest is its version.
//  2. [Store.Activate] or [Store.Rollback] turn the pointer, having verified what it will point at.
//  3. [Store.Load] gives a model ready to answer: checksums, the model's own checks and
//     the self-test have been passed.
//  4. [Diff] says which answers another model changes and by which words, and a [Gate] whether
//     figures are good enough.
//
// A Store is safe for concurrent use, by several processes too: changes are made under a lock, and
// readers, who take none, meet the state before or after a change and never one between. A
// process that dies leaves at most a hidden folder, which the next [Store.Add] removes, or a line
// in the history for a change that did not happen, which the next change puts right.
//
// It refuses names that are no plain file names, and whatever is damaged ([ErrDamaged]); a damaged version is
// listed as such and hides no other. It does not prove who made a model: whoever can write to the folder can.
package store
