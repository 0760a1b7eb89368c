"""Commands and answers of the tools, with programs that are made up."""
import math
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from peers import measure
from peers.data import MULTI, SINGLE, Article, Set, Work
from peers.score import evaluate
from peers.tools import Archive, Navossoc, all_tools

OUTPUT = """\
{"id":"1","topics":[{"topic":"b","confidence":0.75,"assigned":true},{"topic":"a","confidence":0.25,"assigned":false}]}
{"id":"2","topics":[{"topic":"a","confidence":null,"assigned":true},{"topic":"b","confidence":null,"assigned":false}]}
"""


class NavossocTool(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.dir = Path(folder.name)
        articles = [Article("1", "", "", frozenset("b")), Article("2", "", "", frozenset("b"))]
        self.work = Work(Set("toy", SINGLE, "toy news"), self.dir, articles, articles)
        self.tool = Navossoc(Path("/bin/navossoc"))

    def test_commands(self):
        source, out, model = self.dir / "test.jsonl", self.dir / "out", self.dir / "navossoc.model"
        with mock.patch.object(measure, "run") as run:
            self.tool.train(self.work)
            self.tool.predict(self.work, self.tool.test_file(self.work), out)
            self.tool.predict(self.work, source, out, top=True)
        program = self.tool.program
        self.assertEqual([call.args for call in run.call_args_list], [
            ([program, "train", "--model", model, self.dir / "train.jsonl"],),
            ([program, "predict", "--model", model, source], out),
            ([program, "predict", "--model", model, "--top", source], out)])

    def test_null_is_nan(self):
        (self.dir / "out").write_text(OUTPUT)
        first, second = self.tool.answers(self.work, self.dir / "out")
        self.assertEqual((first.ranked, first.assigned), ((("b", 0.75), ("a", 0.25)), {"b"}))
        self.assertEqual((second.ranked[0][0], second.assigned), ("a", {"a"}))
        self.assertTrue(all(math.isnan(confidence) for _, confidence in second.ranked))

    def test_answers_are_scored(self):
        (self.dir / "out").write_text(OUTPUT)
        quality = evaluate(self.work.test, self.tool.answers(self.work, self.dir / "out"))
        self.assertEqual((quality.micro_f1, quality.ece, quality.unknown), (0.5, None, 1))

    def test_is_a_peer_on_sets_of_one_label(self):
        tool = {t.key: t for t in all_tools(Path(), Path("/bin/navossoc"), Path())}["navossoc"]
        self.assertTrue(tool.peer and tool.fits(self.work))
        self.work.set = Set("toy", MULTI, "toy news")
        self.assertFalse(tool.fits(self.work))


class ArchiveTool(unittest.TestCase):
    def test_commands(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(measure, "run") as run:
            work = Work(Set("toy", SINGLE, "toy news"), Path(folder), [], [])
            tool = Archive(Path("/bin/tajuk"), 2)
            tool.predict(work, work.dir / "many.jsonl", work.dir / "out", top=True)
        self.assertEqual(tool.name, "tajuk archive, 2 cores")
        self.assertEqual([call.args for call in run.call_args_list], [
            ([Path("/bin/tajuk"), "archive", "--model", work.dir / "tajuk.model", "--force", "--out", work.dir / "archive",
              "--jobs", 2, work.dir / "many.jsonl"],)])


if __name__ == "__main__":
    unittest.main()
