"""Which number gets the blame: of wrong numbers that were caught, how often diagnosis names them.

usage: python benchmarks/blame.py [--sample N] [--report STEM]… [--seed N] [--jobs N] [--json OUT]

Numbers are made wrong as in ``mutation.py``, one slip at a time, through a file. Of the new findings that
involve the changed number the most definite diagnosis is taken (asserted before ambiguous before none):

first      its first suspect is the changed number
listed     the changed number is among the suspects
value      the number as it was printed before is among the suggestions
sure       one explanation is asserted
wrong      … and it is another number, or another value of this one

"telling" are the slips where the graph can tell: the changed number stands in two decided ties or more, or
every other number of the finding does. The rest must come out as an honest tie between alternatives.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from mutation import FINDINGS, _back, changed, findings, report, reports, share
from slips import KINDS, Slip, slips

_DEFINITE = {"asserted": 0, "ambiguous": 1, "unexplained": 2, "entangled": 3, None: 4}


@dataclass(frozen=True, slots=True)
class Blame:
    """What the diagnosis of one caught slip came to."""

    stem: str
    kind: str
    check: str
    verdict: str
    old: str
    new: str
    diagnosis: str | None
    telling: bool
    first: bool
    listed: bool
    value: bool
    sure: bool
    wrong: bool
    suspects: tuple[tuple[str, str, str], ...]
    equation: str


def blame(stem: str, path: Path, slip: Slip) -> Blame | None:
    """Audit the text with the slip; ``None`` where no new finding involves the changed number."""
    base = report(stem, path)
    result = changed(base.text, slip)
    new = [
        judged
        for judged, (key, involved) in zip(
            (j for j in result.relations if j.verdict.verdict in FINDINGS),
            findings(result, slip),
            strict=True,
        )
        if involved and key not in base.findings
    ]
    if not new:
        return None
    judged = min(new, key=lambda j: (_DEFINITE[j.diagnosis], j.verdict.severity != "error"))
    mine = {f.id for f in result.documents[0].document.figures if _back(f.start, f.end, slip)[1]}
    printed = next((base.text[s:e] for s, e in base.figures if s <= slip.start < e), slip.old)
    texts = {f.id: f.text for f in result.documents[0].document.figures}
    right = [s for s in judged.suspects if s.figure in mine]
    same = [s for s in right if _plain(s.suggestion) == _plain(printed)]
    sure = judged.diagnosis == "asserted"
    ties = Counter(
        name
        for j in result.relations
        if j.verdict.verdict != "unverified"
        for name in {c.figure.id for c in j.relation.claims()}
    )
    others = {c.figure.id for c in judged.relation.claims()} - mine
    return Blame(
        stem=stem,
        kind=slip.kind,
        check=judged.relation.check,
        verdict=judged.verdict.verdict,
        old=slip.old,
        new=slip.new,
        diagnosis=judged.diagnosis,
        telling=max((ties[name] for name in mine), default=0) > 1 or all(ties[name] > 1 for name in others),
        first=bool(judged.suspects) and judged.suspects[0].figure in mine,
        listed=bool(right),
        value=bool(same),
        sure=sure,
        wrong=sure and (not right or (not same and any(s.suggestion for s in right))),
        suspects=tuple((texts.get(s.figure, ""), s.suggestion, s.reason) for s in judged.suspects),
        equation=judged.verdict.equation,
    )


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).replace(",", "").split())


def _work(job: tuple[str, Path, Slip]) -> Blame | None:
    return blame(*job)


def run(paths: dict[str, Path], sample: int, seed: int, jobs: int) -> list[Blame]:
    """Make ``sample`` slips (0: all) in the numbers of each report that are figures; return those caught."""
    work = []
    for stem, path in paths.items():
        base = report(stem, path)
        made = [
            slip
            for start, end in base.places
            if any(s <= start and end <= e for s, e in base.figures)
            for slip in slips(base.text, start, end, seed)
        ]
        if sample and sample < len(made):
            made = sorted(
                random.Random(f"{seed}/{stem}").sample(made, sample), key=lambda s: (s.start, s.kind)
            )
        work += [(stem, path, slip) for slip in made]
    if jobs == 1:
        found: Iterable[Blame | None] = map(_work, work)
        return [b for b in found if b]
    with multiprocessing.Pool(jobs) as pool:
        return [b for b in pool.map(_work, work, chunksize=16) if b]


def table(title: str, groups: Iterable[tuple[str, Sequence[Blame]]]) -> Iterator[str]:
    """Lines of a table, a row for each group of slips."""
    names = ("first", "listed", "value", "sure", "wrong")
    yield f"\n{title:22} {'caught':>7}" + "".join(f"{name:>8}" for name in names)
    for name, group in groups:
        if group:
            cells = (share(sum(getattr(b, what) for b in group), len(group)) for what in names)
            yield f"{name:22} {len(group):7}" + "".join(f"{cell:>8}" for cell in cells)


def summary(found: Sequence[Blame]) -> Iterator[str]:
    """All lines of the result."""

    def by(what: Callable[[Blame], str]) -> Iterator[tuple[str, list[Blame]]]:
        for name in sorted({what(b) for b in found}):
            yield name, [b for b in found if what(b) == name]

    telling = [b for b in found if b.telling]
    rest = [b for b in found if not b.telling]
    yield from table("slips caught", [("telling", telling), ("no other tie", rest), ("all", found)])
    yield from table("change (telling)", [(k, [b for b in telling if b.kind == k]) for k in KINDS])
    yield from table("change (all)", [(k, [b for b in found if b.kind == k]) for k in KINDS])
    yield from table("kind of tie", by(lambda b: b.check))
    yield from table("diagnosis", by(lambda b: b.diagnosis or "none"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, run, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=150, metavar="N", help="slips of each report (0: all)")
    parser.add_argument("--report", action="append", default=[], metavar="STEM")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path, metavar="OUT", help="write every caught slip with its diagnosis")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    paths = reports(options.report)
    if not paths:
        parser.error("no such report")
    found = run(paths, options.sample, options.seed, options.jobs)
    for line in summary(found):
        print(line)
    if options.json:
        lines = (json.dumps(asdict(b), ensure_ascii=False) + "\n" for b in found)
        options.json.write_text("".join(lines), "utf-8")
    print(f"\n{len(found)} slips caught, {time.perf_counter() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
