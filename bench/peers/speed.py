"""Speed, measured in turns so that what else the machine does falls on all alike."""
from __future__ import annotations

import os
import statistics
from dataclasses import dataclass, replace
from pathlib import Path

from .data import Work, write_fasttext, write_jsonl
from .measure import Cost
from .tools import Tool


@dataclass(frozen=True)
class Timing:
    """Costs of the runs of one contender."""

    name: str
    runs: tuple
    start: float = 0.0  # median seconds for a file of one article: start and loading

    @property
    def wall(self) -> float:
        return statistics.median(c.wall for c in self.runs)

    @property
    def cpu(self) -> float:
        return statistics.median(c.cpu for c in self.runs)

    @property
    def memory(self) -> int:
        return max(c.memory for c in self.runs)


def interleave(contenders: dict, rounds: int) -> dict:
    """Calls each contender once a round, in turn. Returns the costs by name."""
    costs = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, call in contenders.items():
            costs[name].append(call())
    return costs


@dataclass(frozen=True)
class Tagging:
    """Tagging of the same articles by each tool, best topic only."""

    set: str
    articles: int
    bytes: int
    rounds: int
    timings: list


def tagging(work: Work, tools: list[Tool], repeat: int, rounds: int) -> Tagging:
    """Times tools that have been trained on work. The test articles are repeated."""
    many = [replace(a, id=f"{a.id}-{n}") for n in range(repeat) for a in work.test]  # tajuk archive minds ids given twice
    one = work.test[:1]
    for name, articles in (("many", many), ("one", one)):
        write_jsonl(work.dir / f"{name}.jsonl", articles, labelled=False)
        write_fasttext(work.dir / f"{name}.txt", articles, [])

    def contenders(name: str) -> dict:
        return {t.name: (lambda t=t: _predict(t, work, name)) for t in tools}

    runs = interleave(contenders("many"), rounds)
    starts = interleave(contenders("one"), rounds)
    timings = [Timing(name, tuple(costs), statistics.median(c.wall for c in starts[name]))
               for name, costs in runs.items()]
    return Tagging(work.set.name, len(many), work.test_bytes * repeat, rounds, timings)


def _predict(tool: Tool, work: Work, name: str) -> Cost:
    source = work.dir / f"{name}{tool.test_file(work).suffix}"
    return tool.predict(work, source, work.dir / "speed.out", top=True)


def training(work: Work, tools: list[Tool], rounds: int) -> list[Timing]:
    """Times training with one thread and with one a core."""
    contenders = {}
    for jobs in sorted({1, os.cpu_count() or 1}):
        for t in tools:
            threads = "1 thread" if jobs == 1 else f"{jobs} threads"
            contenders[f"{t.name}, {threads}"] = lambda t=t, jobs=jobs: t.train(work, jobs)
    return [Timing(name, tuple(costs)) for name, costs in interleave(contenders, rounds).items()]


def fastest(rows: list, tools: list[Tool]) -> Tool:
    """Of the tools, the one that answered fastest for the set that rows are of."""
    seconds = {row.key: row.predict.wall for row in rows}
    return min((t for t in tools if t.key in seconds), key=lambda t: seconds[t.key])
