"""Writes what was measured as a page for readers."""
from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from .data import MULTI, SINGLE, Work
from .measure import Cost
from .score import Quality
from .speed import Tagging, Timing
from .tools import Tool

MIB = 1 << 20


@dataclass(frozen=True)
class Row:
    """One tool on one set."""

    key: str
    name: str
    peer: bool
    quality: Quality
    train: Cost
    predict: Cost


@dataclass
class SetResult:
    """All tools on one set; interval is that of tajuk's macro-F1 less the best peer's."""

    work: Work
    rows: list = field(default_factory=list)
    interval: tuple = ()

    def ours(self):
        return next((r for r in self.rows if r.key == "tajuk"), None)

    def best_peer(self, measure: str = "macro_f1"):
        peers = [r for r in self.rows if r.peer]
        return max(peers, key=lambda r: getattr(r.quality, measure), default=None)


@dataclass
class Page:
    """Everything that the page tells."""

    date: str
    command: str
    machine: list
    versions: dict
    tools: list
    results: list
    tagging: Tagging = None
    training: list = None
    stem: str = ""
    failures: list = field(default_factory=list)


def render(page: Page) -> str:
    """The page in Markdown."""
    parts = [_head(page), _summary(page), _settings(page.tools), _sets(page.results)]
    if page.tagging:
        parts.append(_tagging(page.tagging))
    if page.training:
        parts.append(_training(page.training))
    if page.stem:
        parts.append(_stem(page.stem))
    if page.failures:
        parts.append(["## What failed", ""] + [f"- {f}" for f in page.failures])
    return "\n\n".join("\n".join(p) for p in parts) + "\n"


def table(head: list, rows: list, left: int = 1) -> list:
    """Lines of a Markdown table; all columns but the first ones are aligned right."""
    align = ["---"] * left + ["--:"] * (len(head) - left)
    return ["| " + " | ".join(map(str, cells)) + " |" for cells in [head, align, *rows]]


def _head(page: Page) -> list:
    versions = ", ".join(f"{name} {version}" for name, version in page.versions.items() if version)
    return ["# Benchmarks", "",
            "Made by `bench/run`; do not edit. tajuk and its peers on the same articles, the same splits, in one run.",
            "To run it again: `SHARED=DIR bench/run`, with the labelled sets in DIR/data; see bench/README.md.", "",
            *table(["", ""], [["date", page.date], ["machine", "; ".join(page.machine)], ["versions", versions],
                              ["command", f"`{page.command}`"]], left=2)]


def _summary(page: Page) -> list:
    results = [r for r in page.results if r.ours() and r.best_peer()]
    if not results:
        return ["## Summary", "", "Needs tajuk and one peer at least."]
    several = [r for r in results if r.work.set.task == MULTI]
    lines = ["## Summary", "",
             "Macro-F1 of tajuk as it comes (`tajuk train`, nothing set; on the English sets `--language en`) against the",
             "best of the peers on that very test set, which is chosen with hindsight. The interval is the 95 % bootstrap",
             "interval of the difference over the test articles (500 pairs of samples).", "",
             *_against(results, "macro_f1", "macro-F1")]
    if several:
        lines += ["", "Micro-F1 where an article can have several labels:", "", *_against(several, "micro_f1", "micro-F1")]
    return lines + ["", *_confidence(results)]


def _against(results: list, measure: str, name: str) -> list:
    """tajuk and the peer that is best by the measure, set by set, and the mean difference."""
    rows, differences = [], []
    for r in results:
        best, ours = r.best_peer(measure), getattr(r.ours().quality, measure)
        theirs = getattr(best.quality, measure)
        differences.append(ours - theirs)
        rows.append([r.work.set.name, best.name, f"{theirs:.3f}", f"{ours:.3f}", f"{ours - theirs:+.3f}"])
        if measure == "macro_f1":
            rows[-1].append(f"{r.interval[0]:+.3f} to {r.interval[1]:+.3f}" if r.interval else "")
    head = ["set", "best peer", f"its {name}", "tajuk", "difference"] + (["interval"] if measure == "macro_f1" else [])
    return [*table(head, rows, left=2), "",
            f"Mean difference: **{statistics.mean(differences):+.3f}** over {len(rows)} sets."]


def _confidence(results: list) -> list:
    rows = []
    for r in results:
        ours, errors = r.ours().quality, [p.quality.ece for p in r.rows if p.peer and p.quality.ece is not None]
        rows.append([r.work.set.name, _share(ours.ece), _share(min(errors, default=None)),
                     _percent(ours.error), _percent(ours.confident_error)])
    return ["What tajuk's confidence is worth: its calibration error beside the lowest of any peer, and the errors of all",
            "top topics and of the most confident 80 %.", "",
            *table(["set", "tajuk ECE", "lowest peer ECE", "tajuk errors", "of the 80 %"], rows)]


def _settings(tools: list[Tool]) -> list:
    return ["## Settings", "",
            "Every tool gets title and text of the same articles in the same order, shuffled once, and runs in one thread. tajuk",
            "reads them as they are; for the peers they are joined, in lower case, words only. With several labels an article,",
            "each topic's threshold of every peer is the one of best F1 on the held-out parts of 3 folds of the training articles",
            "(SCutFBR 0.1, Yang 2001); tajuk chooses its own while it trains. Settings said to be chosen *by folds* are those of",
            "best macro-F1 on the same folds.", "",
            *table(["tool", "settings"], [[t.name, t.settings] for t in tools], left=2)]


def _sets(results: list) -> list:
    lines = ["## Sets", "",
             "One scorer reads the answers of every tool. Disputed labels (in topics) count neither way.",
             "Accuracy is micro-F1 where an article has exactly one label. Macro-F1 is the mean over the labels that are",
             "true or answered anywhere. ECE has 15 bins and is of the top topic; a dash marks a confidence that is no",
             "probability, or is missing (NaN) for some articles, as is said under the table. *Errors* is the share of errors in",
             "the top topic, *err80* that among the most confident 80 %, where NaN is the least confident. Seconds of",
             "training are wall time with one thread, thresholds included; MB/s counts bytes of text from start to end of the",
             "program, and fastText's reading of prepared words is timed without the preparing. Memory is the peak of",
             "training and of tagging. On small sets both times are mostly the start of the program."]
    for r in results:
        lines += ["", *_set(r)]
    return lines


def _set(r: SetResult) -> list:
    measure = "accuracy" if r.work.set.task == SINGLE else "micro-F1"
    size = (f"{len(r.work.train):,} articles to train, {len(r.work.test):,} to test "
            f"({r.work.test_bytes / 1e6:.2f} MB), {len(r.work.labels)} labels, {r.work.set.task}.")
    rows = [[row.name, _share(row.quality.micro_f1), _share(row.quality.macro_f1), _share(row.quality.ece),
             _percent(row.quality.error), _percent(row.quality.confident_error), f"{row.train.wall:.1f}" if row.train.wall else "–",
             _rate(r.work.test_bytes, row.predict.wall), _memory(row.train), _memory(row.predict)]
            for row in r.rows]
    head = ["", measure, "macro-F1", "ECE", "errors", "err80", "train s", "tag MB/s", "train MiB", "tag MiB"]
    return [f"### {r.work.set.name}", "", f"{r.work.set.note[0].upper()}{r.work.set.note[1:]}. {size}", "",
            *table(head, rows), *_unknown(r)]


def _unknown(r: SetResult) -> list:
    """Says which tools gave NaN in place of a confidence, and how often."""
    test = len(r.work.test)
    return [line for row in r.rows if row.quality.unknown for line in (
        "", f"{row.name}: the confidence is NaN for {row.quality.unknown:,} of {test:,} test articles "
        f"({_percent(row.quality.unknown / test)}).")]


def _tagging(t: Tagging) -> list:
    rows = [[x.name, f"{x.wall:.2f}", f"{x.cpu:.2f}", _rate(t.bytes, x.wall), f"{x.start:.2f}",
             _rate(t.bytes, x.wall - x.start), f"{x.memory / MIB:.0f}"] for x in t.timings]
    return ["## Speed of tagging", "",
            f"The test articles of {t.set} repeated to {t.articles:,} ({t.bytes / 1e6:.1f} MB), best topic with its confidence:",
            "`tajuk tag --jobs 1`, `fasttext predict-prob MODEL FILE 1`, `tajuk archive --force --jobs N`, the fastest scikit-learn",
            "pipeline, and `LC_ALL=C wc -w`, which only looks for blanks.",
            f"Medians of {t.rounds} runs in turn. *start* is the time for one article: starting and loading the model; *after*",
            "leaves it out; where the machine does other work, CPU seconds are the steadier figure. tajuk and scikit-learn parse",
            "JSON and cut words within their time; fastText and wc are given a file of words.", "",
            *table(["", "wall s", "CPU s", "MB/s", "start s", "MB/s after", "MiB"], rows), "", *_tagging_ratios(t)]


def _tagging_ratios(t: Tagging) -> list:
    """Each of our ways of tagging against every other contender; ours on more cores against ours on one."""
    ours = [x for x in t.timings if x.name.startswith("tajuk")]
    peers = [x for x in t.timings if x not in ours]
    lines = [f"- Against {x.name}, {way.name} is **{x.wall / way.wall:.2f}** times as fast{_after(x, way)}."
             for way in ours for x in peers if not way.name.endswith("cores")]
    archives = [x for x in ours if x.name.startswith("tajuk archive")]
    return lines + [f"- {many.name} is **{one.wall / many.wall:.2f}** times as fast as {one.name}{_after(one, many)}."
                    for one, many in zip(archives, archives[1:])]


def _after(x: Timing, ours: Timing) -> str:
    """The ratio without the start, unless the runs were too short to tell."""
    theirs, own = x.wall - x.start, ours.wall - ours.start
    return f", and {theirs / own:.2f} times after the start" if theirs > 0 and own > 0 else ""


def _training(timings: list[Timing]) -> list:
    rows = [[x.name, f"{x.wall:.2f}", f"{x.cpu:.2f}", f"{x.memory / MIB:.0f}"] for x in timings]
    return ["## Speed of training", "",
            f"Training on the same set, settings as above. Medians of {len(timings[0].runs)} runs in turn.", "",
            *table(["", "wall s", "CPU s", "MiB"], rows), "",
            *[f"With {how}, tajuk takes **1/{ratio:.0f}** of the time of fastText." for how, ratio in _ratios(timings)]]


def _ratios(timings: list[Timing]) -> list:
    walls = {x.name: x.wall for x in timings}
    pairs = [(name.removeprefix("tajuk, "), name.replace("tajuk", "fastText")) for name in walls if name.startswith("tajuk")]
    return [(how, walls[other] / walls[f"tajuk, {how}"]) for how, other in pairs if other in walls]


def _stem(text: str) -> list:
    return ["## Speed of stemming", "",
            "`go run ./bench/stem`: the Snowball stemmer of tajuk against the C library's `stemwords -l id`, same words, same stems.",
            "", "```", text.rstrip(), "```"]


def _share(x) -> str:
    return "–" if x is None else f"{x:.3f}"


def _rate(size: int, seconds: float) -> str:
    """Megabytes (10^6) a second; a dash where the clock was too coarse to tell."""
    return f"{size / 1e6 / seconds:.{1 if size > 1e5 * seconds else 2}f}" if seconds > 0 else "–"


def _percent(x: float) -> str:
    return f"{100 * x:.1f} %"


def _memory(cost: Cost) -> str:
    return f"{cost.memory / MIB:.0f}" if cost.memory else "–"
