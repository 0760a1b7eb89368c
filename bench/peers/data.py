"""The labelled sets, and the files that the tools are given.

Every tool gets the same articles in the same order: training articles shuffled
with a fixed seed, since some sets come sorted by label and fastText learns in the
order of its file. Test articles are handed over without their labels.
"""
from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

SINGLE, MULTI = "single", "multi"
SEED = 1  # of the order of the training articles
FOLDS = 3  # parts of the training articles that settings of the peers are chosen on


@dataclass(frozen=True)
class Set:
    """A labelled set: its folder, its task and what readers should know of it."""

    name: str
    task: str
    note: str
    test: str = "test"
    english: bool = False


SETS = [
    Set("indosum", SINGLE, "news of ten outlets, 2016 to 2018"),
    Set("indonesian_news", SINGLE, "Liputan6, 2019"),
    Set("detik2022", SINGLE, "Detik, 2022"),
    Set("kompas2020", SINGLE, "Kompas, late 2020"),
    Set("detik_titles", SINGLE, "headlines only, early 2020"),
    Set("sib200_ind", SINGLE, "single sentences, SIB-200"),
    Set("20news_bydate", SINGLE, "English, 20 Newsgroups with headers, official split", english=True),
    Set("ekonomi_multilabel", MULTI, "regional economic news, 2018 to 2025; labels incomplete"),
    Set("reuters_apte90", MULTI, "English, Reuters-21578 ModApte, 90 topics", english=True),
    Set("topics", MULTI, "news of 2016 to 2025 labelled by reading with tajuk's 35 topics", test="dev"),
]
BY_NAME = {s.name: s for s in SETS}


@dataclass(frozen=True)
class Article:
    """One labelled article. Disputed labels count neither way."""

    id: str
    title: str
    text: str
    labels: frozenset
    disputed: frozenset = field(default_factory=frozenset)

    def size(self) -> int:
        """Bytes of title and text."""
        return len(self.title.encode()) + len(self.text.encode())


def read(path: Path) -> list[Article]:
    """Reads the articles of a .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_article(json.loads(line)) for line in lines]


def _article(row: dict) -> Article:
    return Article(row["id"], row.get("title") or "", row.get("text") or "",
                   frozenset(row["labels"]), frozenset(row.get("disputed") or ()))


def tokens(title: str, text: str) -> str:
    """What the peers are given: title and text joined, lower case, words only."""
    return " ".join(re.findall(r"\w+", f"{title} {text}".lower()))


def write_jsonl(path: Path, articles: list[Article], labelled: bool) -> None:
    """Writes the articles as tajuk and the scikit-learn program read them."""
    with open(path, "w", encoding="utf-8") as out:
        for a in articles:
            row = {"id": a.id, "title": a.title, "text": a.text}
            if labelled:
                row["labels"] = sorted(a.labels)
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_fasttext(path: Path, articles: list[Article], labels: list[str]) -> None:
    """Writes fastText lines; labels go by their number, since names may hold spaces.

    With no labels given the lines are unlabelled.
    """
    number = {name: i for i, name in enumerate(labels)}
    with open(path, "w", encoding="utf-8") as out:
        for a in articles:
            head = [f"__label__{number[x]}" for x in sorted(a.labels)] if labels else []
            out.write(" ".join([*head, tokens(a.title, a.text)]) + "\n")


@dataclass
class Work:
    """A set made ready: articles, and the folder with the files of the tools."""

    set: Set
    dir: Path
    train: list[Article]
    test: list[Article]

    @property
    def labels(self) -> list[str]:
        return sorted({x for a in self.train for x in a.labels})

    @property
    def test_bytes(self) -> int:
        return sum(a.size() for a in self.test)


def prepare(root: Path, chosen: Set, work_dir: Path) -> Work:
    """Reads a set below root and writes the files of the tools to work_dir."""
    folder = root / chosen.name
    work_dir.mkdir(parents=True, exist_ok=True)
    train = read(folder / "train.jsonl.gz")
    random.Random(SEED).shuffle(train)
    work = Work(chosen, work_dir, train, read(folder / f"{chosen.test}.jsonl.gz"))
    write_jsonl(work_dir / "train.jsonl", work.train, labelled=True)
    write_jsonl(work_dir / "test.jsonl", work.test, labelled=False)
    write_fasttext(work_dir / "train.txt", work.train, work.labels)
    write_fasttext(work_dir / "test.txt", work.test, [])
    return work
