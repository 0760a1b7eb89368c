"""Figures of the scorer against numbers worked out by hand."""
import math
import unittest

from peers.data import Article
from peers.score import (Answer, bootstrap, calibration_error, confident_error, count, evaluate, forced,
                         macro_f1, micro_f1, top_answers)
from peers.threshold import best_threshold


def article(labels: str, disputed: str = "") -> Article:
    return Article("x", "", "", frozenset(labels), frozenset(disputed))


def answer(assigned: str, *ranked) -> Answer:
    return Answer(ranked, frozenset(assigned))


class Single(unittest.TestCase):
    """Labels a a b c; answers a b b b: precision and recall are a 1, 1/2; b 1/3, 1; c never answered."""

    gold = [article("a"), article("a"), article("b"), article("c")]
    answers = [forced((("a", 0.9), ("b", 0.1))), forced((("b", 0.6), ("a", 0.4))),
               forced((("b", 0.8), ("a", 0.2))), forced((("b", 0.5),))]

    def test_micro_is_accuracy(self):
        self.assertAlmostEqual(micro_f1(count(self.gold, self.answers)), 2 / 4)

    def test_macro(self):
        self.assertAlmostEqual(macro_f1(count(self.gold, self.answers)), (2 / 3 + 1 / 2 + 0) / 3)

    def test_topic_only_answered_counts(self):
        counts = count([article("a"), article("a")], [answer("a"), answer("z")])
        self.assertAlmostEqual(macro_f1(counts), (2 / 3 + 0) / 2)

    def test_confident_error(self):  # three of four are kept: 0.9 right, 0.8 right, 0.6 wrong
        self.assertAlmostEqual(confident_error(top_answers(self.gold, self.answers)), 1 / 3)

    def test_error_of_all(self):
        self.assertAlmostEqual(evaluate(self.gold, self.answers).error, 2 / 4)

    def test_calibration(self):  # each in a bin of its own: .1 + .6 + .2 + .5 over 4
        self.assertAlmostEqual(evaluate(self.gold, self.answers).ece, 1.4 / 4)

    def test_no_probabilities(self):
        self.assertIsNone(evaluate(self.gold, self.answers, probabilities=False).ece)

    def test_lengths_must_agree(self):
        with self.assertRaisesRegex(ValueError, "3 answers for 4 articles"):
            evaluate(self.gold, self.answers[:3])


class Unknown(unittest.TestCase):
    """Labels a a b b; the confidence of the first answer and of the third is NaN, and both are wrong."""

    gold = [article("a"), article("a"), article("b"), article("b")]
    answers = [forced((("b", math.nan), ("a", math.nan))), forced((("a", 0.6), ("b", 0.4))),
               forced((("a", math.nan), ("b", math.nan))), forced((("b", 0.9), ("a", 0.1)))]

    def test_answers_count_like_any(self):
        quality = evaluate(self.gold, self.answers)
        self.assertEqual((quality.micro_f1, quality.error, quality.unknown), (0.5, 0.5, 2))

    def test_no_calibration_error_over_the_rest_alone(self):
        self.assertIsNone(evaluate(self.gold, self.answers).ece)
        self.assertIsNotNone(evaluate(self.gold[1:2], self.answers[1:2]).ece)

    def test_is_the_least_confident(self):  # kept: 0.9 and 0.6, both right; then the first, wrong
        tops = top_answers(self.gold, self.answers)
        self.assertEqual(confident_error(tops, 0.5), 0)
        self.assertAlmostEqual(confident_error(tops, 0.75), 1 / 3)

    def test_is_less_than_a_score_below_zero(self):  # as LinearSVC gives
        self.assertEqual(confident_error([(math.nan, False), (-3.0, True)], 0.5), 0)

    def test_none_in_plain_answers(self):
        self.assertEqual(evaluate(Single.gold, Single.answers).unknown, 0)


class Multi(unittest.TestCase):
    """Three articles of a, b and c; c of the second is disputed."""

    gold = [article("ab"), article("a", "c"), article("c")]
    answers = [answer("a", ("a", 0.9), ("b", 0.3)), answer("ac", ("c", 0.8), ("a", 0.7)), answer("", ("b", 0.2))]

    def test_counts_leave_disputed_out(self):
        counts = count(self.gold, self.answers)
        self.assertEqual(counts, {"a": (2, 2, 2), "b": (0, 1, 0), "c": (0, 1, 0)})

    def test_f1(self):
        counts = count(self.gold, self.answers)
        self.assertAlmostEqual(micro_f1(counts), 2 * 2 / (4 + 2))
        self.assertAlmostEqual(macro_f1(counts), 1 / 3)

    def test_disputed_label_is_no_miss(self):
        counts = count([article("ac", "c")], [answer("a")])
        self.assertEqual(counts, {"a": (1, 1, 1)})

    def test_top_passes_over_disputed(self):
        self.assertEqual(top_answers(self.gold, self.answers), [(0.9, True), (0.7, True), (0.2, False)])

    def test_all_disputed_is_left_out(self):
        self.assertEqual(top_answers([article("c", "c")], [answer("c", ("c", 1.0))]), [])

    def test_without_answer(self):
        self.assertEqual(top_answers([article("a")], [answer("")]), [(0.0, False)])


class Calibration(unittest.TestCase):
    def test_perfect(self):
        self.assertAlmostEqual(calibration_error([(0.75, True)] * 3 + [(0.75, False)]), 0)

    def test_one_bin_is_averaged(self):  # 0.70 and 0.72 share the bin from 10/15 to 11/15
        self.assertAlmostEqual(calibration_error([(0.70, True), (0.72, False)]), abs(0.71 - 0.5))

    def test_confidence_of_rounding(self):  # fastText prints 1.00001
        self.assertAlmostEqual(calibration_error([(1.00001, True)]), 0.00001)


class Bootstrap(unittest.TestCase):
    def test_same_answers_do_not_differ(self):
        self.assertEqual(bootstrap(Single.gold, Single.answers, Single.answers, rounds=20), (0, 0))

    def test_all_right_against_all_wrong(self):
        gold = [article("a"), article("b")] * 10
        wrong = [answer("b"), answer("a")] * 10
        right = [answer("a"), answer("b")] * 10
        self.assertEqual(bootstrap(gold, right, wrong, rounds=20), (1, 1))


class Threshold(unittest.TestCase):
    def test_cases(self):
        cases = [
            ("clear gap", [0.9, 0.8, 0.3, 0.1], [True, True, False, False], 0.55),
            ("one wrong is worth it", [0.9, 0.7, 0.5, 0.1], [True, False, True, False], 0.3),
            ("equal scores fall together", [0.6, 0.6, 0.2], [True, False, False], 0.4),
            ("none labelled", [0.6, 0.2], [False, False], float("inf")),
            ("too rare to tell", [0.9] + [0.5] * 30 + [0.1], [False] * 31 + [True], 0.9),
            ("scores below zero", [-1.0, -3.0], [True, False], -2.0),
        ]
        for name, scores, labels, want in cases:
            with self.subTest(name):
                self.assertAlmostEqual(best_threshold(scores, labels), want)

    def test_all_labelled_are_all_assigned(self):
        for scores in ([0.9, 0.4], [-1.0, -2.0], [3.0, 0.0]):
            self.assertLessEqual(best_threshold(scores, [True, True]), min(scores))


if __name__ == "__main__":
    unittest.main()
