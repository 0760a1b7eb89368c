"""Makes scikit.json: confidences and labels drawn at random, and what scikit-learn makes of them.

    python3 -m venv .tmp/sklearn && .tmp/sklearn/bin/pip install numpy scikit-learn
    .tmp/sklearn/bin/python classifier/testdata/scikit.py > classifier/testdata/scikit.json

TestScikitLearn compares our figures with them. Confidences have two digits, so that there are ties;
none lies on the border of two bins of the reliability table, which belongs to the upper one here and to the lower
one there.
"""

import json
import sys

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve

DOCUMENTS, TOPICS, THRESHOLD, BINS = 60, 4, 0.5, 15


def rounded(confidence):
    confidence = np.clip(confidence, 0.01, 0.99).round(2)
    return np.where(np.isclose(confidence * BINS, (confidence * BINS).round()), confidence + 0.003, confidence)


def multi(rng):
    """Every topic on its own: assigned from THRESHOLD."""
    truth = rng.random((DOCUMENTS, TOPICS)) < [0.5, 0.3, 0.15, 0.05]
    truth[0] = True  # every topic has support
    confidence = rounded(np.where(truth, 0.6, 0.3) + rng.normal(0, 0.25, truth.shape))
    return truth, confidence, confidence >= THRESHOLD


def single(rng):
    """One topic a document: the most confident."""
    label = np.concatenate([np.arange(TOPICS), rng.integers(0, TOPICS, DOCUMENTS - TOPICS)])
    truth = np.eye(TOPICS, dtype=bool)[label]
    score = rng.random(truth.shape) + 0.6 * truth
    confidence = rounded(score / score.sum(axis=1, keepdims=True))
    # Rounded confidences may tie at the top; the first wins, as in an answer.
    return truth, confidence, np.eye(TOPICS, dtype=bool)[confidence.argmax(axis=1)]


def ece(right, confidence):
    """From the bins of calibration_curve, weighted by their size."""
    share, mean = calibration_curve(right, confidence, n_bins=BINS)
    edges = np.linspace(0, 1, BINS + 1)
    size = np.bincount(np.searchsorted(edges[1:-1], confidence), minlength=BINS)
    return float(np.sum(np.abs(share - mean) * size[size > 0]) / len(right))


def curve(right, confidence):
    """Points by rising recall, where recall rises, and the last."""
    precision, recall, thresholds = metrics.precision_recall_curve(right, confidence)
    points = [(float(t), float(p), float(r)) for t, p, r in zip(thresholds, precision, recall)][::-1]
    return [p for i, p in enumerate(points) if i == len(points) - 1 or p[2] > (points[i - 1][2] if i else 0)]


def figures(truth, confidence, assigned):
    def scores(average):
        p, r, f, _ = metrics.precision_recall_fscore_support(truth, assigned, average=average, zero_division=0)
        return {"precision": np.asarray(p).tolist(), "recall": np.asarray(r).tolist(), "f1": np.asarray(f).tolist()}

    columns = range(TOPICS)
    top = confidence.argmax(axis=1)
    rows = np.arange(DOCUMENTS)
    return {
        "topics": scores(None), "micro": scores("micro"), "macro": scores("macro"), "weighted": scores("weighted"),
        "accuracy": float(metrics.accuracy_score(truth, assigned)),
        "average_precision": [float(metrics.average_precision_score(truth[:, k], confidence[:, k])) for k in columns],
        "micro_average_precision": float(metrics.average_precision_score(truth, confidence, average="micro")),
        "roc_auc": [float(metrics.roc_auc_score(truth[:, k], confidence[:, k])) for k in columns],
        "brier": float(metrics.brier_score_loss(truth.ravel(), confidence.ravel())),
        "log_loss": float(metrics.log_loss(truth.ravel(), confidence.ravel())),
        "ece": ece(truth[rows, top], confidence[rows, top]),
        "ece_pairs": ece(truth.ravel(), confidence.ravel()),
        "curves": [curve(truth[:, k], confidence[:, k]) for k in columns],
    }


def main():
    rng = np.random.default_rng(7)
    sets = {}
    for task, draw in (("multi", multi), ("single", single)):
        truth, confidence, assigned = draw(rng)
        sets[task] = {
            "labels": [np.flatnonzero(row).tolist() for row in truth],
            "confidences": confidence.tolist(),
            "want": figures(truth, confidence, assigned),
        }
    text = json.dumps({"scikit_learn": sklearn.__version__, "threshold": THRESHOLD, "sets": sets}, separators=(",", ":"))
    sys.stdout.write(text.replace('"labels"', '\n"labels"').replace('"confidences"', '\n"confidences"').replace('"want"', '\n"want"') + "\n")


main()
