"""Thresholds of topics for the peers, chosen on held-out training articles."""
from __future__ import annotations

FLOOR = 0.1  # a lower best F1 says nothing about where to cut


def best_threshold(scores: list[float], labels: list[bool]) -> float:
    """The score from which on assigning the topic gives the best F1.

    It lies halfway between the last score assigned and the next. If even the
    best F1 is under FLOOR, it is the highest score seen: rare topics would
    otherwise be given to nearly every article (SCutFBR, Yang 2001, "A Study of
    Thresholding Strategies for Text Categorization"). A topic without a labelled
    article is never assigned.
    """
    positives = sum(labels)
    if positives == 0:
        return float("inf")
    pairs = sorted(zip(scores, labels), key=lambda x: -x[0])
    best, threshold, hits = 0.0, pairs[0][0], 0
    for n, (score, label) in enumerate(pairs, 1):
        hits += label
        following = pairs[n][0] if n < len(pairs) else min(0.0, score)
        if following == score and n < len(pairs):
            continue  # equal scores stand or fall together
        f1 = 2 * hits / (n + positives)
        if f1 > best:
            best, threshold = f1, (score + following) / 2
    return threshold if best >= FLOOR else pairs[0][0]
