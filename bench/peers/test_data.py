"""The files that the tools are given, from a set that is made up."""
import gzip
import json
import tempfile
import unittest
from pathlib import Path

from peers.data import SINGLE, Set, prepare, tokens

TRAIN = [{"id": str(i), "title": "Judul", "text": f"Berita {i}", "labels": ["b c" if i < 10 else "a"]} for i in range(20)]
TEST = [{"id": "t", "text": "Satu, dua!", "labels": ["a"], "disputed": ["b c"]}]


class Prepare(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "toy").mkdir()
        for name, rows in (("train", TRAIN), ("test", TEST)):
            with gzip.open(self.root / "toy" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
                out.writelines(json.dumps(row) + "\n" for row in rows)
        self.work = self.prepare("one")

    def prepare(self, name: str):
        return prepare(self.root, Set("toy", SINGLE, "toy news"), self.root / name)

    def test_training_articles_are_shuffled_alike_each_time(self):
        ids = [a.id for a in self.work.train]
        self.assertNotEqual(ids, [row["id"] for row in TRAIN])
        self.assertEqual(sorted(ids, key=int), [row["id"] for row in TRAIN])
        self.assertEqual(ids, [a.id for a in self.prepare("two").train])

    def test_tools_get_the_same_order(self):
        rows = [json.loads(line) for line in (self.work.dir / "train.jsonl").read_text().splitlines()]
        numbers = {"a": "0", "b c": "1"}
        want = [f'__label__{numbers[r["labels"][0]]} {tokens(r["title"], r["text"])}' for r in rows]
        self.assertEqual((self.work.dir / "train.txt").read_text().splitlines(), want)

    def test_test_articles_carry_no_label(self):
        self.assertEqual(json.loads((self.work.dir / "test.jsonl").read_text()), {"id": "t", "title": "", "text": "Satu, dua!"})
        self.assertEqual((self.work.dir / "test.txt").read_text(), "satu dua\n")

    def test_bytes(self):
        self.assertEqual(self.work.test_bytes, len("Satu, dua!"))


class Tokens(unittest.TestCase):
    def test_title_and_text(self):
        for title, text, want in [
            ("Harga Beras", "naik 5,2 persen!\n", "harga beras naik 5 2 persen"),
            ("", "Covid-19 di snake_case", "covid 19 di snake_case"),
            ("ÉCOLE", "10² ½ naïve é", "école 10² ½ naïve é"),
            ("a", "…", "a"),
        ]:  # bench/navossoc has the same
            with self.subTest(text):
                self.assertEqual(tokens(title, text), want)


if __name__ == "__main__":
    unittest.main()
