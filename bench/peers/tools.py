"""The tools compared. Each trains on a Work and answers for a file of articles.

To add one, write a class with the methods of Tool and list it in all_tools.
"""
from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path

from . import data, measure, threshold
from .data import MULTI, SINGLE, Article, Work
from .measure import Cost
from .score import Answer, forced

SKLEARN = Path(__file__).parent / "sklearn_program.py"
ROOT = Path(__file__).parents[2]


class Tool:
    """What every tool has. Commands, not library calls, so that cost is of the whole."""

    key = name = settings = ""
    tasks = (SINGLE, MULTI)
    probabilities = True  # the confidence is meant as a probability
    peer = True  # not one of ours
    jsonl = True  # reads test.jsonl, else the test.txt of fastText

    def fits(self, work: Work) -> bool:
        return work.set.task in self.tasks

    def train(self, work: Work, jobs: int = 1) -> Cost:
        raise NotImplementedError

    def predict(self, work: Work, source: Path, out: Path, top: bool = False) -> Cost:
        """Answers for the articles of source. With top it says only what it assigns."""
        raise NotImplementedError

    def answers(self, work: Work, out: Path) -> list[Answer]:
        """Reads what predict wrote: tajuk's JSON Lines, which most programs here write too."""
        with open(out, encoding="utf-8") as lines:
            return [self.answer(work, json.loads(line)["topics"]) for line in lines]

    def answer(self, work: Work, topics: list) -> Answer:
        ranked = tuple((t["topic"], _number(t["confidence"])) for t in topics)
        if work.set.task == SINGLE:
            return forced(ranked)
        return Answer(ranked, frozenset(t["topic"] for t in topics if t["assigned"]))

    def test_file(self, work: Work) -> Path:
        return work.dir / ("test.jsonl" if self.jsonl else "test.txt")

    def model(self, work: Work) -> Path:
        return work.dir / f"{self.key}.model"


def _number(confidence) -> float:
    """null stands for NaN, which JSON cannot say."""
    return math.nan if confidence is None else confidence


class Tajuk(Tool):
    """tajuk train and tajuk tag, with extra flags of train; in English on the English sets."""

    peer = False

    def __init__(self, binary: Path, key: str, name: str, *flags: str):
        self.binary, self.key, self.name, self.flags = binary, key, name, flags
        self.settings = " ".join(["`tajuk train", *flags, "--jobs 1`"])

    def train(self, work: Work, jobs: int = 1) -> Cost:
        english = ["--language", "en"] if work.set.english else []
        return measure.run([self.binary, "train", work.dir / "train.jsonl", "--out", self.model(work),
                            "--jobs", jobs, *self.flags, *english])

    def predict(self, work: Work, source: Path, out: Path, top: bool = False) -> Cost:
        all_topics = [] if top else ["--all"]
        return measure.run([self.binary, "tag", "--model", self.model(work), *all_topics,
                            "--output", "jsonl", "--jobs", "1", source], out)


class Archive(Tajuk):
    """tajuk archive with the model of tajuk, on so many cores; what it writes stays in a folder of its own."""

    def __init__(self, binary: Path, jobs: int):
        super().__init__(binary, "tajuk", f"tajuk archive, {jobs} core" + "s" * (jobs > 1))
        self.jobs = jobs

    def predict(self, work: Work, source: Path, out: Path, top: bool = False) -> Cost:
        return measure.run([self.binary, "archive", "--model", self.model(work), "--force", "--out", work.dir / "archive",
                            "--jobs", self.jobs, source])


class WordCount(Tool):
    """wc -w, which does no more than read the bytes and look for blanks: the limit of what speed can be had."""

    key, name, jsonl = "wc", "wc -w", False

    def predict(self, work: Work, source: Path, out: Path, top: bool = False) -> Cost:
        return measure.run(["env", "LC_ALL=C", "wc", "-w", source], out)


class Builtin(Tajuk):
    """The model that the binary carries. Its topics are those of the set called topics."""

    def __init__(self, binary: Path):
        super().__init__(binary, "tajuk-builtin", "tajuk, built-in model")
        self.settings = "`tajuk tag`, no training; the model was made from bags of words of the same training articles"

    def fits(self, work: Work) -> bool:
        return work.set.name == "topics"

    def train(self, work: Work, jobs: int = 1) -> Cost:
        return Cost()

    def model(self, work: Work) -> str:
        return "builtin"


class FastText(Tool):
    """The fasttext program. With several labels, thresholds are chosen on folds."""

    key, name, jsonl = "fasttext", "fastText", False
    options = ["-wordNgrams", "2", "-dim", "50", "-epoch", "25", "-lr", "0.5"]
    settings = "`fasttext supervised " + " ".join(options) + " -thread 1`; `-loss ova` for several labels"

    def train(self, work: Work, jobs: int = 1) -> Cost:
        cost = self._fit(work, work.dir / "train.txt", self._stem(work), jobs)
        if work.set.task == MULTI:
            cost += self._choose_thresholds(work, jobs)
        return cost

    def predict(self, work: Work, source: Path, out: Path, top: bool = False) -> Cost:
        return self._predict(self._stem(work), source, out, 1 if top else -1)

    def answers(self, work: Work, out: Path) -> list[Answer]:
        rankings = self._rankings(work, out)
        if work.set.task == SINGLE:
            return [forced(r) for r in rankings]
        least = json.loads((work.dir / "fasttext.thresholds").read_text())
        return [Answer(r, frozenset(t for t, p in r if p >= least[t])) for r in rankings]

    def _stem(self, work: Work) -> Path:
        return work.dir / "fasttext"

    def _fit(self, work: Work, source: Path, stem: Path, jobs: int) -> Cost:
        loss = ["-loss", "ova"] if work.set.task == MULTI else []
        return measure.run(["fasttext", "supervised", "-input", source, "-output", stem, *self.options,
                            *loss, "-thread", jobs, "-verbose", "0"])

    def _predict(self, stem: Path, source: Path, out: Path, k: int) -> Cost:
        return measure.run(["fasttext", "predict-prob", f"{stem}.bin", source, k], out)

    def _choose_thresholds(self, work: Work, jobs: int) -> Cost:
        """Trains on all folds but one, in turn, and looks at the answers for that one."""
        cost, held_out, rankings = Cost(), [], []
        stem, source, out = work.dir / "fold", work.dir / "fold.txt", work.dir / "fold.out"
        for fold in range(data.FOLDS):
            rest = [a for i, a in enumerate(work.train) if i % data.FOLDS != fold]
            part = work.train[fold::data.FOLDS]
            data.write_fasttext(source, rest, work.labels)
            cost += self._fit(work, source, stem, jobs)
            data.write_fasttext(source, part, [])
            cost += self._predict(stem, source, out, -1)
            held_out += part
            rankings += self._rankings(work, out)
        chosen = _thresholds(work.labels, held_out, rankings)
        (work.dir / "fasttext.thresholds").write_text(json.dumps(chosen))
        return cost

    @staticmethod
    def _rankings(work: Work, out: Path) -> list[tuple]:
        """Reads lines of "__label__3 0.9 __label__0 0.1"."""
        names, rankings = work.labels, []
        with open(out, encoding="utf-8") as lines:
            for line in lines:
                words = line.split()
                rankings.append(tuple((names[int(label[len("__label__"):])], float(p))
                                      for label, p in zip(words[::2], words[1::2])))
        return rankings


def _thresholds(topics: list[str], articles: list[Article], rankings: list[tuple]) -> dict:
    scores = [dict(r) for r in rankings]
    return {t: threshold.best_threshold([s.get(t, 0.0) for s in scores], [t in a.labels for a in articles])
            for t in topics}


class Sklearn(Tool):
    """One pipeline of sklearn_program.py."""

    def __init__(self, python: Path, key: str, name: str, settings: str, tasks=(SINGLE, MULTI), probabilities=True):
        self.python, self.key, self.name, self.settings = python, key, name, settings
        self.tasks, self.probabilities = tasks, probabilities

    def train(self, work: Work, jobs: int = 1) -> Cost:
        return measure.run([self.python, SKLEARN, "train", "--pipeline", self.key, "--task", work.set.task,
                            "--model", self.model(work), work.dir / "train.jsonl"])

    def predict(self, work: Work, source: Path, out: Path, top: bool = False) -> Cost:
        return measure.run([self.python, SKLEARN, "predict", "--model", self.model(work),
                            *(["--top"] if top else []), source], out)


class Navossoc(Tool):
    """The program bench/navossoc: counts and scores like github.com/navossoc/bayesian, NaN included."""

    key, name, tasks = "navossoc", "navossoc/bayesian, words", (SINGLE,)
    settings = ("counts, saved as that library saves them and scored by tajuk's reader of its files (`bench/navossoc`; the "
                "library itself is not run): the answer is the best of its log scores, the confidence its probability, which "
                "is NaN where the product underflows for every class; sets of one label only")

    def __init__(self, program: Path):
        self.program = program

    def train(self, work: Work, jobs: int = 1) -> Cost:
        return measure.run([self.program, "train", "--model", self.model(work), work.dir / "train.jsonl"])

    def predict(self, work: Work, source: Path, out: Path, top: bool = False) -> Cost:
        return measure.run([self.program, "predict", "--model", self.model(work), *(["--top"] if top else []), source], out)


def all_tools(binary: Path, navossoc: Path, python: Path) -> list[Tool]:
    """The tools in the order of the tables."""
    return [
        Tajuk(binary, "tajuk", "tajuk"),
        Builtin(binary),
        Tajuk(binary, "tajuk-cnb", "tajuk, plain complement NB", "--learner", "cnb"),
        Tajuk(binary, "tajuk-nb", "tajuk, plain NB", "--learner", "nb"),
        FastText(),
        Navossoc(navossoc),
        Sklearn(python, "mnb1", "MultinomialNB, words", "counts; alpha 0.01, 0.1 or 1 by folds"),
        Sklearn(python, "mnb2", "MultinomialNB, bigrams", "counts of words and bigrams; alpha as above"),
        Sklearn(python, "cnb1", "ComplementNB, words",
                "as MultinomialNB; sets of one label only, since of two classes the two are the same", tasks=(SINGLE,)),
        Sklearn(python, "cnb2", "ComplementNB, bigrams", "likewise", tasks=(SINGLE,)),
        Sklearn(python, "svm1", "LinearSVC, words", "tf-idf, sublinear; C = 1", probabilities=False),
        Sklearn(python, "svm2", "LinearSVC, bigrams", "tf-idf of words and bigrams, sublinear; C = 1", probabilities=False),
        Sklearn(python, "svm2-platt", "LinearSVC, bigrams, calibrated",
                "the same in CalibratedClassifierCV (Platt, 3 folds); sets of one label only", tasks=(SINGLE,)),
        Sklearn(python, "logreg", "LogisticRegression", "tf-idf of words, sublinear; C = 10"),
    ]


def versions(python: Path) -> dict:
    """Version of each program compared, by name."""
    return {"tajuk": _output(["git", "-C", ROOT, "describe", "--always", "--dirty"]) or "unknown",
            "fastText": _output(["dpkg-query", "-W", "-f", "${Version}", "fasttext"]) or "unknown",
            "scikit-learn": _output([python, "-c", "import sklearn; print(sklearn.__version__)"]),
            "numpy": _output([python, "-c", "import numpy; print(numpy.__version__)"]),
            "scipy": _output([python, "-c", "import scipy; print(scipy.__version__)"]),
            "Python": _output([python, "-c", "import platform; print(platform.python_version())"])}


def _output(command: list) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""
