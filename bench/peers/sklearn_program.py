"""A text classifier as a user of scikit-learn would write it, as a program.

    sklearn_program.py train --pipeline svm2 --task single --model M train.jsonl
    sklearn_program.py predict --model M [--top] test.jsonl

With several labels an article it makes one classifier a topic (one against the
rest) and chooses each topic's threshold on the held-out part of 3 folds of
the training articles; settings with alternatives are chosen on the same folds.
predict writes tajuk's JSON Lines.
"""
from __future__ import annotations

import argparse
import json
import pickle
import sys
from pathlib import Path

import numpy as np
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.svm import LinearSVC

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from peers.data import FOLDS, MULTI, SINGLE
from peers.threshold import best_threshold

BATCH = 1000  # articles answered at a time
NEVER = -1e9  # score of a topic without a labelled article
BAYES = {"mnb": MultinomialNB, "cnb": ComplementNB}
KEYS = ["mnb1", "mnb2", "cnb1", "cnb2", "svm1", "svm2", "svm2-platt", "logreg"]


def words(ngrams: int, tfidf: bool = True):
    """Lower-case words of the joined title and text, and n-grams of them."""
    options = {"token_pattern": r"\w+", "ngram_range": (1, ngrams)}
    return TfidfVectorizer(sublinear_tf=True, **options) if tfidf else CountVectorizer(**options)


def pipeline(key: str, task: str):
    """The vectoriser, and the classifiers to choose from."""
    if key[:-1] in BAYES:
        return words(int(key[-1]), tfidf=False), [BAYES[key[:-1]](alpha=a) for a in (0.01, 0.1, 1.0)]
    if key == "logreg":
        solver = "lbfgs" if task == SINGLE else "liblinear"
        return words(1), [LogisticRegression(C=10, solver=solver, max_iter=1000, random_state=0)]
    svm = LinearSVC(C=1, random_state=0)
    if key == "svm2-platt":
        svm = CalibratedClassifierCV(svm, cv=FOLDS, ensemble=False)
    return words(1 if key == "svm1" else 2), [svm]


class Classifier:
    """Fitted classifiers: one in all, or one a topic."""

    def __init__(self, estimator, task: str, labels: list[str]):
        self.estimator, self.task, self.labels, self.thresholds = estimator, task, labels, None

    def fit(self, x, y) -> "Classifier":
        """y has a row an article and a column a topic, of 0 and 1."""
        if self.task == SINGLE:
            self.fitted = [clone(self.estimator).fit(x, y.argmax(axis=1))]
        else:
            self.fitted = [clone(self.estimator).fit(x, column) if column.any() else None for column in y.T]
        return self

    def scores(self, x) -> np.ndarray:
        """Scores on the classifier's own scale, larger for more likely topics."""
        if self.task == MULTI:
            return np.column_stack([_binary(f, x) for f in self.fitted])
        known, found = self.fitted[0].classes_, _decisions(self.fitted[0], x)
        if found.ndim == 1:
            found = np.column_stack([-found, found])
        out = np.full((x.shape[0], len(self.labels)), NEVER)
        out[:, known] = found
        return out

    def confidences(self, x, scores: np.ndarray) -> np.ndarray:
        """Probabilities where the classifier has them, else the scores."""
        if isinstance(self.estimator, LinearSVC):
            return scores
        if self.task == MULTI:
            return 1 / (1 + np.exp(-np.clip(scores, -700, 700)))
        return self.fitted[0].predict_proba(x)

    def assigned(self, scores: np.ndarray) -> np.ndarray:
        if self.task == MULTI:
            return scores >= self.thresholds
        return scores == scores.max(axis=1, keepdims=True)

    def choose_thresholds(self, scores: np.ndarray, y) -> None:
        if self.task == MULTI:
            self.thresholds = np.array([best_threshold(s.tolist(), t.tolist()) for s, t in zip(scores.T, y.T)])


def _decisions(estimator, x) -> np.ndarray:
    if hasattr(estimator, "decision_function"):
        return estimator.decision_function(x)
    if hasattr(estimator, "predict_joint_log_proba"):
        return estimator.predict_joint_log_proba(x)
    return estimator.predict_proba(x)


def _binary(estimator, x) -> np.ndarray:
    if estimator is None:
        return np.full(x.shape[0], NEVER)
    found = _decisions(estimator, x)
    return found if found.ndim == 1 else found[:, 1] - found[:, 0]


def held_out_scores(candidate: Classifier, x, y) -> np.ndarray:
    """Scores of every training article by a classifier that has not seen it."""
    out, fold = np.zeros(y.shape), np.arange(len(y)) % FOLDS
    for f in range(FOLDS):
        out[fold == f] = candidate.fit(x[fold != f], y[fold != f]).scores(x[fold == f])
    return out


def learn(estimators: list, task: str, labels: list[str], x, y) -> Classifier:
    """Fits the estimator with the best held-out macro-F1, and its thresholds."""
    best, quality = None, -1.0
    for estimator in estimators:
        candidate = Classifier(estimator, task, labels)
        if task == SINGLE and len(estimators) == 1:
            return candidate.fit(x, y)
        scores = held_out_scores(candidate, x, y)
        candidate.choose_thresholds(scores, y)
        found = f1_score(y, candidate.assigned(scores), average="macro", zero_division=0)
        if found > quality:
            best, quality = candidate, found
    return best.fit(x, y)


def records(path: str):
    """Yields the rows of a JSON Lines file in batches."""
    batch = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            batch.append(json.loads(line))
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def texts(rows: list[dict]) -> list[str]:
    return [f'{r["title"]} {r["text"]}' for r in rows]


def train(args) -> None:
    rows = [r for batch in records(args.file) for r in batch]
    labels = sorted({x for r in rows for x in r["labels"]})
    number = {x: i for i, x in enumerate(labels)}
    y = np.zeros((len(rows), len(labels)), dtype=bool)
    for i, r in enumerate(rows):
        y[i, [number[x] for x in r["labels"]]] = True
    vectoriser, estimators = pipeline(args.pipeline, args.task)
    x = vectoriser.fit_transform(texts(rows))
    with open(args.model, "wb") as out:
        pickle.dump((vectoriser, learn(estimators, args.task, labels, x, y)), out, protocol=5)


def predict(args) -> None:
    with open(args.model, "rb") as file:
        vectoriser, classifier = pickle.load(file)
    for rows in records(args.file):
        x = vectoriser.transform(texts(rows))
        scores = classifier.scores(x)
        confidences, assigned = classifier.confidences(x, scores), classifier.assigned(scores)
        for row, c, a in zip(rows, confidences, assigned):
            print(json.dumps(answer(row["id"], classifier.labels, c, a, args.top)))


def answer(name: str, labels: list[str], confidences, assigned, top: bool) -> dict:
    """One line of output; with top only the topics that are assigned."""
    order = [i for i in np.argsort(-confidences, kind="stable") if assigned[i] or not top]
    return {"id": name, "topics": [{"topic": labels[i], "confidence": float(confidences[i]),
                                    "assigned": bool(assigned[i])} for i in order]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["train", "predict"])
    parser.add_argument("--pipeline", choices=KEYS)
    parser.add_argument("--task", choices=[SINGLE, MULTI])
    parser.add_argument("--model", required=True)
    parser.add_argument("--top", action="store_true")
    parser.add_argument("file")
    args = parser.parse_args()
    train(args) if args.action == "train" else predict(args)


if __name__ == "__main__":
    main()
