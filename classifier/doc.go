// Package classifier counts, trains, calibrates, predicts, explains and evaluates
// topic models of news articles: naive Bayes in three forms, and a linear model.
//
// To make a model:
//
//  1. [NewBagger] takes a text.Config, usually text.DefaultConfig; [Bagger.Bag]
//     reduces each labelled [Document] to a [Bag] of its words. [NewPairBagger]
//     keeps pairs of words, too, which [NBLR] makes use of.
//  2. [Train] makes a model of the bags: weights, and confidences and thresholds
//     from held-out folds. model.Write stores it.
//  3. Or [Counts.Add] the bags, [Counts.Write] the sums, [Counts.Merge] those of
//     others, [Counts.Remove] an article again, and [TrainCounts]: the same
//     weights without the articles, for naive Bayes alone and with nothing held out to calibrate on.
//     A [Counter] counts documents without bags; [CombineCounts] adds up files of any size.
//  4. A [CopyFinder] finds articles that are nearly the same before one trains on them.
//
// To use one:
//
//  1. [New] makes a [Classifier] of a model; it knows how the model read its text.
//  2. [Classifier.NewTagger], once per goroutine; [Tagger.Tag] fills a [Prediction],
//     which may be reused, and [Prediction.Apply] narrows it to what was asked for.
//  3. [Tagger.Explain] takes the score of one topic apart into words and places.
//  4. [NewEvaluation], [Evaluation.Add] for each labelled document with its
//     prediction, and [Evaluation.Report] say how good the answers are.
//
// A score is a bias plus a sum over the document's known words, a confidence a
// rising function of it. The same bags and options give the same model, byte for byte,
// in any order and on any number of cores; the same model and document give the
// same answer to the last bit from every Tagger.
//
// A [Classifier] is immutable and safe for concurrent use. A [Bagger], a [Counter], a [Tagger], a
// [Prediction], [Counts] and an [Evaluation] belong to one goroutine at a time. The
// model given to New must not change any more.
//
// Train refuses bags without labels of two topics, labels that are not among the
// topics ([UnknownTopicError]) and options out of range; Counts refuse to subtract
// what was not counted, or to merge what was read differently; [ReadCounts] refuses every
// file that Write would not have written ([ErrCountsFile]). Tag refuses nothing: on a
// document that it cannot judge, for its length, its words or its language, it abstains,
// and a [Notice] says why. The package does not read files of articles, or learn from its
// own answers.
package classifier
