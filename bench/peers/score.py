"""The one scorer: every figure of quality, for every tool, comes from here.

Pure Python, so that it can be read and tested without the peers installed.
"""
from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from typing import Optional

from .data import Article

BINS = 15
CONFIDENT_SHARE = 0.8


@dataclass(frozen=True)
class Answer:
    """What a tool says of one article.

    ranked holds (topic, confidence), highest first; it may be empty. A confidence
    is NaN where the tool has none for the article.
    assigned holds the topics that the tool gives to the article.
    """

    ranked: tuple
    assigned: frozenset


@dataclass(frozen=True)
class Quality:
    """Figures between 0 and 1, but for unknown, which is a number of articles.

    ece is None for a tool whose confidence is no probability, or is NaN for some
    article: over the rest alone it would leave out what the tool finds hardest.
    """

    micro_f1: float  # in sets of one label an article the same as accuracy
    macro_f1: float
    ece: Optional[float]
    error: float  # share of articles whose first topic is wrong
    confident_error: float  # share of errors among the most confident 80 %
    unknown: int = 0  # articles whose first topic has the confidence NaN


def evaluate(gold: list[Article], answers: list[Answer], probabilities: bool = True) -> Quality:
    """Scores the answers, which are in the order of the articles."""
    if len(gold) != len(answers):
        raise ValueError(f"{len(answers)} answers for {len(gold)} articles")
    counts = count(gold, answers)
    tops = top_answers(gold, answers)
    unknown = sum(math.isnan(confidence) for confidence, _ in tops)
    ece = calibration_error(tops) if probabilities and not unknown else None
    return Quality(micro_f1(counts), macro_f1(counts), ece, confident_error(tops, 1), confident_error(tops), unknown)


def forced(ranked: tuple) -> Answer:
    """The answer where exactly one label is wanted: the first of the ranking."""
    return Answer(ranked, frozenset(topic for topic, _ in ranked[:1]))


def count(gold: list[Article], answers: list[Answer], rows=None) -> dict:
    """Counts (true positives, labelled, assigned) by topic over the rows, default all."""
    hits, labelled, assigned = Counter(), Counter(), Counter()
    for i in range(len(gold)) if rows is None else rows:
        want = gold[i].labels - gold[i].disputed
        got = answers[i].assigned - gold[i].disputed
        hits.update(want & got)
        labelled.update(want)
        assigned.update(got)
    return {t: (hits[t], labelled[t], assigned[t]) for t in labelled.keys() | assigned.keys()}


def micro_f1(counts: dict) -> float:
    hits, labelled, assigned = (sum(column) for column in zip(*counts.values()))
    return 2 * hits / (labelled + assigned)


def macro_f1(counts: dict) -> float:
    """Mean F1 of the topics that are labelled or assigned anywhere, as in scikit-learn."""
    return sum(2 * h / (l + a) for h, l, a in counts.values()) / len(counts)


def top_answers(gold: list[Article], answers: list[Answer]) -> list:
    """(confidence, right) of each article's first topic that is not disputed.

    An article is left out if all its labels are disputed. Without an answer
    the confidence is 0 and the answer wrong.
    """
    tops = []
    for article, answer in zip(gold, answers):
        if article.disputed and not article.labels - article.disputed:
            continue
        ranked = (x for x in answer.ranked if x[0] not in article.disputed)
        topic, confidence = next(ranked, (None, 0.0))
        tops.append((confidence, topic in article.labels))
    return tops


def calibration_error(tops: list) -> float:
    """Expected calibration error with bins of equal width (Guo et al. 2017, eq. 5). Takes no NaN."""
    bins = [[0, 0.0, 0] for _ in range(BINS)]
    for confidence, right in tops:
        b = bins[min(int(confidence * BINS), BINS - 1)]
        b[0] += 1
        b[1] += confidence
        b[2] += right
    return sum(abs(confidence - right) for n, confidence, right in bins if n) / len(tops)


def confident_error(tops: list, share: float = CONFIDENT_SHARE) -> float:
    """Share of errors among the most confident answers. NaN is the least; equal ones stay in order."""
    kept = sorted(tops, key=lambda x: math.inf if math.isnan(x[0]) else -x[0])[:max(1, int(len(tops) * share))]
    return sum(not right for _, right in kept) / len(kept)


def bootstrap(gold: list[Article], a: list[Answer], b: list[Answer], rounds: int = 500, seed: int = 1) -> tuple:
    """95 % interval of macro-F1 of a less that of b, resampling the test articles in pairs."""
    rng, n, differences = random.Random(seed), len(gold), []
    for _ in range(rounds):
        rows = rng.choices(range(n), k=n)
        differences.append(macro_f1(count(gold, a, rows)) - macro_f1(count(gold, b, rows)))
    differences.sort()
    return differences[round(0.025 * (rounds - 1))], differences[round(0.975 * (rounds - 1))]
