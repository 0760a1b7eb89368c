"""The page from figures that are made up."""
import dataclasses
import unittest
from pathlib import Path

from peers.data import SINGLE, Article, Set, Work
from peers.measure import Cost, Failed, run
from peers.report import Page, Row, SetResult, render, table
from peers.score import Quality
from peers.speed import Tagging, Timing, interleave


def row(key: str, peer: bool, macro: float, ece) -> Row:
    return Row(key, key, peer, Quality(macro, macro, ece, 1 - macro, 0.05), Cost(2, 2, 64 << 20), Cost(0.5, 0.5, 8 << 20))


def page() -> Page:
    some = [Article("x", "", "satu", frozenset("a"))]
    result = SetResult(Work(Set("toy", SINGLE, "toy news"), Path(), some, some),
                       [row("tajuk", False, 0.9, 0.02), row("p", True, 0.8, None), row("q", True, 0.7, 0.05)], (0.01, 0.2))
    return Page("2026-01-02", "bench/run", ["2 cores"], {"p": "1.0"}, [], [result])


class Report(unittest.TestCase):
    def test_summary(self):
        text = render(page())
        self.assertIn("| toy | p | 0.800 | 0.900 | +0.100 | +0.010 to +0.200 |", text)
        self.assertIn("| toy | 0.020 | 0.050 | 10.0 % | 5.0 % |", text)
        self.assertIn("Mean difference: **+0.100** over 1 sets.", text)

    def test_set(self):
        self.assertIn("| p | 0.800 | 0.800 | – | 20.0 % | 5.0 % | 2.0 | 0.00 | 64 | 8 |", render(page()))

    def test_missing_confidences_are_told(self):
        some, plain = page(), render(page())
        some.results[0].rows[1] = dataclasses.replace(
            row("p", True, 0.8, None), quality=Quality(0.8, 0.8, None, 0.2, 0.05, unknown=1))
        self.assertIn("| 64 | 8 |\n\np: the confidence is NaN for 1 of 1 test articles (100.0 %).\n", render(some))
        self.assertNotIn("the confidence is NaN for", plain)

    def test_failures_are_told(self):
        failing = page()
        failing.failures.append("q on toy: broke")
        self.assertIn("## What failed\n\n- q on toy: broke", render(failing))

    def test_ratio_of_training(self):
        timed = page()
        timed.training = [Timing("tajuk, 1 thread", (Cost(1),)), Timing("fastText, 1 thread", (Cost(20),))]
        self.assertIn("With 1 thread, tajuk takes **1/20** of the time of fastText.", render(timed))

    def test_ratio_of_tagging(self):
        timed = page()
        timed.tagging = Tagging("toy", 20, 30_000_000, 1,
                                [Timing("tajuk", (Cost(1),), 0.0), Timing("fastText", (Cost(3),), 1.0)])
        self.assertIn("| fastText | 3.00 | 0.00 | 10.0 | 1.00 | 15.0 | 0 |", render(timed))
        self.assertIn("tajuk is **3.00** times as fast, and 2.00 times after the start", render(timed))

    def test_ratio_of_cores(self):
        timed = page()
        timings = [Timing("tajuk archive, 1 core", (Cost(2),)), Timing("tajuk archive, 2 cores", (Cost(1),)), Timing("wc -w", (Cost(1),))]
        timed.tagging = Tagging("toy", 10, 1000, 1, timings)
        text = render(timed)
        self.assertIn("- tajuk archive, 2 cores is **2.00** times as fast as tajuk archive, 1 core", text)
        self.assertIn("- Against wc -w, tajuk archive, 1 core is **0.50** times as fast", text)
        self.assertNotIn("Against wc -w, tajuk archive, 2 cores", text)

    def test_interleaving(self):
        order = []
        interleave({name: (lambda name=name: order.append(name)) for name in "ab"}, 2)
        self.assertEqual(order, ["a", "b", "a", "b"])

    def test_ratio_of_tagging_too_short_to_tell(self):
        timed = page()
        timings = [Timing("tajuk", (Cost(1),), 0.5), Timing("q", (Cost(3),), 1.0), Timing("short", (Cost(2),), 2.5)]
        timed.tagging = Tagging("toy", 10, 1000, 1, timings)
        text = render(timed)
        self.assertIn("- Against q, tajuk is **3.00** times as fast, and 4.00 times after the start.", text)
        self.assertIn("- Against short, tajuk is **2.00** times as fast.", text)

    def test_table(self):
        self.assertEqual(table(["a", "b"], [[1, 2]]), ["| a | b |", "| --- | --: |", "| 1 | 2 |"])

    def test_median(self):
        self.assertEqual(Timing("x", (Cost(3), Cost(1), Cost(2))).wall, 2)


class Measure(unittest.TestCase):
    def test_cost(self):
        cost = run(["sleep", "0.05"])
        self.assertGreaterEqual(cost.wall, 0.05)
        self.assertGreater(cost.memory, 0)

    def test_failure_is_told(self):
        with self.assertRaisesRegex(Failed, "sh ended with 3: sorry"):
            run(["sh", "-c", "echo sorry >&2; exit 3"])


if __name__ == "__main__":
    unittest.main()
