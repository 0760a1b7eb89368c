#!/usr/bin/env python3
"""Compares tajuk with its peers on labelled sets and writes a page.

Called by bench/run, which builds the Go programs and installs the peers. Needs Python 3.9
or newer; scikit-learn only where --python points.
"""
from __future__ import annotations

import argparse
import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

from peers import data, score, speed, tools
from peers.measure import Failed
from peers.report import Page, Row, SetResult, render

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
QUICK = ["sib200_ind", "kompas2020"]


def main() -> int:
    args = parse()
    programs = kept(args.binary, args.work), kept(args.navossoc, args.work)
    available = tools.all_tools(*programs, args.python)
    chosen = pick(args.tools, {t.key: t for t in available}, "tool")
    sets = pick(args.sets or (",".join(QUICK) if args.quick else None), data.BY_NAME, "set")
    check_data(args.data, sets)
    page = Page(date=datetime.date.today().isoformat(), command=args.command, machine=machine(),
                versions=tools.versions(args.python), tools=chosen, results=[])
    for s in sets:
        page.results.append(compare(data.prepare(args.data, s, args.work / s.name), chosen, page.failures))
    if not args.no_speed:
        measure_speed(args, page, chosen)
    tidy(page.results)
    write(args, page, complete=args.sets is None and args.tools is None and not args.quick)
    return 1 if page.failures else 0


def kept(binary: Path, work: Path) -> Path:
    """A copy of the binary, so that building it anew while this runs changes nothing."""
    work.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy2(binary, work / binary.name))


def parse() -> argparse.Namespace:
    p = argparse.ArgumentParser(prog="bench/run", description="Compare tajuk with its peers.")
    p.add_argument("--sets", metavar="A,B", help="only these sets: " + ", ".join(data.BY_NAME))
    p.add_argument("--tools", metavar="A,B", help="only these tools: "
                   + ", ".join(t.key for t in tools.all_tools(Path(), Path(), Path())))
    p.add_argument("--quick", action="store_true", help="two small sets and short timings, for a first look")
    p.add_argument("--no-speed", action="store_true", help="leave out the timings in turn")
    p.add_argument("--out", metavar="FILE", help="file to write, - for standard output; "
                   "default docs/benchmarks.md for a run of everything, else -")
    for name, default in (("binary", ROOT / "bin" / "tajuk"), ("navossoc", ROOT / "bin" / "navossoc"),
                          ("python", Path(sys.executable)),
                          ("data", ROOT.parent / "shared" / "data"), ("work", ROOT / ".tmp" / "bench")):
        p.add_argument(f"--{name}", type=Path, default=default, help=argparse.SUPPRESS)
    args = p.parse_args()
    args.command = " ".join(["bench/run", *shown(args)])
    return args


def shown(args: argparse.Namespace) -> list[str]:
    """The options of the user as they stand on the page."""
    return [*(["--quick"] if args.quick else []), *(["--no-speed"] if args.no_speed else []),
            *([f"--sets {args.sets}"] if args.sets else []), *([f"--tools {args.tools}"] if args.tools else [])]


def pick(names, known: dict, what: str) -> list:
    """The values of a list such as "a,b", in the order of known; all without a list."""
    wanted = set(known) if names is None else set(names.split(","))
    for name in sorted(wanted - set(known)):
        sys.exit(f'bench/run: unknown {what} "{name}": use {", ".join(known)}')
    return [value for name, value in known.items() if name in wanted]


def check_data(folder: Path, sets: list) -> None:
    for s in sets:
        if not (folder / s.name / "train.jsonl.gz").is_file():
            sys.exit(f"bench/run: set {s.name} not found in {folder}: name the folder that holds data/ with SHARED=…")


def compare(work: data.Work, chosen: list, failures: list) -> SetResult:
    """Trains and scores every tool on one set. What fails is told on the page."""
    result, answers = SetResult(work), {}
    for tool in (t for t in chosen if t.fits(work)):
        try:
            row, answers[tool.key] = measured(tool, work)
        except Failed as failed:
            failures.append(f"{tool.name} on {work.set.name}: {str(failed).replace(str(ROOT), '.')}")
            say(failures[-1])
            continue
        result.rows.append(row)
        say(f"{work.set.name:20}{tool.key:14} micro {row.quality.micro_f1:.4f}  macro {row.quality.macro_f1:.4f}  "
            f"train {row.train.wall:.1f} s  tag {row.predict.wall:.2f} s")
    if result.ours() and result.best_peer():
        result.interval = score.bootstrap(work.test, answers["tajuk"], answers[result.best_peer().key])
    return result


def measured(tool: tools.Tool, work: data.Work) -> tuple:
    out = work.dir / f"{tool.key}.answers"
    train = tool.train(work)
    predict = tool.predict(work, tool.test_file(work), out)
    answers = tool.answers(work, out)
    quality = score.evaluate(work.test, answers, tool.probabilities)
    return Row(tool.key, tool.name, tool.peer, quality, train, predict), answers


def measure_speed(args: argparse.Namespace, page: Page, chosen: list) -> None:
    """Times tagging and training on indosum, or in a quick run on the last set, and stemming."""
    by_set = {r.work.set.name: r for r in page.results}
    result = by_set.get("indosum", page.results[-1] if args.quick else None)
    if result:
        trained = {row.key for row in result.rows}
        contenders = [t for t in chosen if t.key in ("tajuk", "fasttext") and t.key in trained]
        pipelines = [t for t in chosen if isinstance(t, tools.Sklearn) and t.key in trained]
        fastest = [speed.fastest(result.rows, pipelines)] if pipelines else []
        say("timing tagging and training")
        page.tagging = speed.tagging(result.work, [*contenders, *bulk(contenders), *fastest, tools.WordCount()],
                                     *((2, 1) if args.quick else (20, 5)))
        page.training = speed.training(result.work, contenders, 1 if args.quick else 3)
    page.stem = stem(args, page.failures)


def bulk(contenders: list) -> list:
    """tajuk archive on one core and on all of them, if tajuk is among the contenders."""
    ours = [t for t in contenders if t.key == "tajuk"]
    return [tools.Archive(t.binary, jobs) for t in ours for jobs in sorted({1, os.cpu_count() or 1})]


def stem(args: argparse.Namespace, failures: list) -> str:
    env = dict(os.environ, TAJUK_SHARED=str(args.data.parent))
    done = subprocess.run(["go", "run", "./bench/stem", *(["-runs", "1"] if args.quick else [])],
                          cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode != 0:
        failures.append("bench/stem failed: " + done.stderr.strip()[-400:])
    return done.stdout


def machine() -> list[str]:
    go = subprocess.run(["go", "env", "GOVERSION"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return [f"{os.cpu_count()} cores", go]


def tidy(results: list) -> None:
    """Removes the models, gigabytes in all. The answers stay for a closer look."""
    for result in results:
        for file in result.work.dir.iterdir():
            if file.suffix in (".model", ".bin", ".vec"):
                file.unlink()


def write(args: argparse.Namespace, page: Page, complete: bool) -> None:
    text, out = render(page), args.out or (str(PAGE) if complete else "-")
    if out == "-":
        sys.stdout.write(text)
        return
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    Path(out).write_text(text, encoding="utf-8")
    say(f"wrote {out}")


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
