"""The order of the work, with tools that are made up."""
import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import compare
from peers.data import SINGLE, Article, Set, Work
from peers.measure import Cost, Failed
from peers.report import SetResult
from peers.score import forced
from peers.tools import Tool


class Fixed(Tool):
    """Gives every article the same label, or fails."""

    def __init__(self, key: str, label: str, peer: bool = True):
        self.key, self.name, self.label, self.peer = key, key, label, peer

    def train(self, work, jobs=1):
        if not self.label:
            raise Failed("out of luck")
        return Cost(1)

    def predict(self, work, source, out, top=False):
        return Cost(1)

    def answers(self, work, out):
        return [forced(((self.label, 1.0),)) for _ in work.test]


class Compare(unittest.TestCase):
    def setUp(self):
        articles = [Article("1", "", "", frozenset("a")), Article("2", "", "", frozenset("b"))]
        self.work = Work(Set("toy", SINGLE, "toy news"), Path(), articles, articles)

    def test_failure_of_one_tool_does_not_stop_the_others(self):
        failures, tools = [], [Fixed("tajuk", "a", peer=False), Fixed("broken", ""), Fixed("svm1", "b")]
        with contextlib.redirect_stderr(io.StringIO()):
            result = compare.compare(self.work, tools, failures)
        self.assertEqual([row.key for row in result.rows], ["tajuk", "svm1"])
        self.assertEqual(failures, ["broken on toy: out of luck"])
        self.assertEqual(len(result.interval), 2)

    def test_pick(self):
        known = {"a": 1, "b": 2, "c": 3}
        self.assertEqual(compare.pick(None, known, "set"), [1, 2, 3])
        self.assertEqual(compare.pick("c,a", known, "set"), [1, 3])
        with self.assertRaisesRegex(SystemExit, 'unknown set "d": use a, b, c'):
            compare.pick("d", known, "set")

    def test_kept_is_a_copy_of_the_same_name(self):
        with tempfile.TemporaryDirectory() as folder:
            binary = Path(folder) / "tool"
            binary.write_text("old")
            copy = compare.kept(binary, Path(folder) / "work")
            binary.write_text("new")
            self.assertEqual((copy.name, copy.read_text()), ("tool", "old"))

    def test_tidy_leaves_answers(self):
        with tempfile.TemporaryDirectory() as folder:
            self.work.dir = Path(folder)
            for name in ("x.model", "fasttext.bin", "x.answers"):
                (self.work.dir / name).touch()
            compare.tidy([SetResult(self.work)])
            self.assertEqual([f.name for f in self.work.dir.iterdir()], ["x.answers"])


if __name__ == "__main__":
    unittest.main()
