// Package model is a trained topic model as plain immutable data, and its file.
//
// To use a model:
//
//  1. [ReadFile] (or [Read], or [Decode] for bytes embedded in the program) reads
//     it and checks all of it.
//  2. For each word of an article, Find in FormIndex gives the surface form, and
//     FormTerm its term or [Stop]. A word not found is stemmed, and its stem
//     looked up in TermIndex.
//  3. [Model.Row] gives the topics that the term moves and its weights. Sum them,
//     with Bias, to a score per topic; Slope and Intercept make a confidence of
//     it, and Threshold decides.
//
// To make one, fill a [Model] with [NewStrings] and [BuildIndex] and give it to
// [Write]. The learning, and the meaning of Text and Settings, are elsewhere.
//
// A model is safe for concurrent use as long as nobody changes it. One that
// Decode gave shares memory with the bytes it was read from: those must not
// change either.
//
// A file is refused unless every byte of it is as Write would write it. So what
// uses a model need not check an index or a length, and reading and writing a
// file gives the same bytes. Damage, truncation and hostile files give an error
// that wraps one of [ErrMagic], [ErrVersion], [ErrLength], [ErrChecksum],
// [ErrCorrupt] and [ErrDigest], and names the section. The checks protect
// against faults and malformed files; they do not prove who made a model, for
// which the file must be signed, or its version compared with a trusted one.
//
// Every later version reads the files of all earlier released ones.
package model
