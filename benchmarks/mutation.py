"""How many wrong numbers an audit finds: every number of a report made wrong once in each way.

usage: python benchmarks/mutation.py [--sample N] [--report STEM]… [--digits] [--seed N] [--jobs N] [--json OUT]

Each number of a report, tied or not, is changed by one slip of every kind (``slips.py``), the changed text
is audited as a file like any other, and its findings are compared with those of the unchanged text:

caught     a finding that is new, or that changed its verdict or gap, and involves the changed number
could      exact arithmetic on the ties that people noted by hand (``gold.py``) shows the slip
elsewhere  new findings that do not involve the changed number; what is left of a finding that lost the
           changed number is not new

Reports and their hand-made ties are read from the folder that the variable GOUJI_SHARED names, or from
``../shared`` beside the clone. Without one, the reports are those of ``examples/``, their numbers those
that the audit itself finds, and nothing is known of what could be caught.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cache, partial
from pathlib import Path

from gold import KINDS as TIES
from gold import Tie, numerals, places, ties
from slips import KINDS, Slip, digits_replaced, slips

from gouji.checks.audit import Audit
from gouji.checks.run import audit
from gouji.extract.document import Document
from gouji.extract.reader import load

ROOT = Path(__file__).resolve().parent.parent
FINDINGS = ("truncated", "suspicious", "inconsistent")

#: A finding by its check, the places of its numbers in the unchanged text, its verdict and its gap.
Key = tuple[str, tuple[int, ...], str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """A report with what people noted of it, and what the audit says of its unchanged text."""

    stem: str
    text: str
    places: tuple[tuple[int, int], ...]
    ties: tuple[Tie, ...]
    findings: frozenset[Key]
    figures: tuple[tuple[int, int], ...]
    claimed: Fraction | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one slip."""

    stem: str
    kind: str
    start: int
    old: str
    new: str
    digits: int
    figure: bool
    could: tuple[str, ...]
    caught: tuple[str, ...]
    elsewhere: tuple[str, ...]
    seen: tuple[str, ...]


def shared() -> Path:
    """The folder of real reports; it need not exist."""
    return Path(os.environ.get("GOUJI_SHARED") or ROOT.parent / "shared")


def reports(stems: Sequence[str] = ()) -> dict[str, Path]:
    """The reports to change: those with ties noted by hand, else the examples."""
    gold = shared() / "gold"
    found = {p.name.removesuffix(".relations.jsonl"): p for p in sorted(gold.glob("*.relations.jsonl"))}
    paths = {stem: shared() / "reports" / f"{stem}.txt" for stem in found}
    if not paths:
        paths = {
            p.stem: p
            for p in sorted((ROOT / "examples").iterdir())
            if p.name[0] != "R" and p.suffix in (".txt", ".md")
        }
    return {stem: path for stem, path in paths.items() if not stems or stem in stems}


@cache
def report(stem: str, path: Path) -> Report:
    """Read and audit a report as it is printed."""
    document = load(str(path))
    if not isinstance(document, Document):
        raise SystemExit(f"{path}: {document.reason}")
    text, result = document.text, audit([document])
    gold = shared() / "gold"
    figures = tuple((f.start, f.end) for f in document.figures)
    noted = places(gold, stem, text)
    if not (gold / f"{stem}.quantities.jsonl").exists():
        noted = sorted({*noted, *numerals(text, figures)})
    found = frozenset(key for key, _ in findings(result, None))
    share = result.documents[0].detection_share
    return Report(stem, text, tuple(noted), tuple(ties(gold, stem, text)), found, figures, share)


def findings(result: Audit, slip: Slip | None) -> Iterator[tuple[Key, bool]]:
    """Each finding, placed in the unchanged text, and whether it involves the changed number."""
    for judged in result.relations:
        if judged.verdict.verdict not in FINDINGS:
            continue
        placed, involved = [], False
        for claim in judged.relation.claims():
            start, touched = _back(claim.figure.start, claim.figure.end, slip)
            placed.append(start)
            involved |= touched
        yield (judged.relation.check, tuple(placed), judged.verdict.verdict, judged.verdict.gap), involved


def _back(start: int, end: int, slip: Slip | None) -> tuple[int, bool]:
    """Where a figure of the changed text began in the unchanged one, and whether the slip is in it."""
    if slip is None:
        return start, False
    stop = slip.start + len(slip.new)
    if start >= stop:
        return start - len(slip.new) + len(slip.old), False
    return start, end > slip.start


def changed(text: str, slip: Slip) -> Audit:
    """Audit the text with the slip, through a file as for any user."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.txt")
        path.write_bytes((text[: slip.start] + slip.new + text[slip.end :]).encode())
        return audit([load(str(path))])


def outcome(base: Report, slip: Slip) -> Outcome:
    """Audit the text with one slip, and compare."""
    result = changed(base.text, slip)
    caught, elsewhere = [], []
    for key, involved in findings(result, slip):
        if key in base.findings:
            continue
        if involved:
            caught.append(f"{key[0]} {key[2]}")
        elif not any(key[0] == old[0] and set(key[1]) <= set(old[1]) for old in base.findings):
            elsewhere.append(f"{key[0]} {key[2]}")
    seen = [
        " ".join(filter(None, (j.relation.check, j.verdict.verdict, j.verdict.basis or j.verdict.reason)))
        for j in result.relations
        if any(_back(c.figure.start, c.figure.end, slip)[1] for c in j.relation.claims())
    ]
    return Outcome(
        stem=base.stem,
        kind=slip.kind,
        start=slip.start,
        old=slip.old,
        new=slip.new,
        digits=slip.digits,
        figure=any(s <= slip.start and slip.start + 1 <= e for s, e in base.figures),
        could=tuple(tie.id for tie in base.ties if tie.has(slip) and tie.holds(slip) is False),
        caught=tuple(caught),
        elsewhere=tuple(elsewhere),
        seen=tuple(seen),
    )


def _work(job: tuple[str, Path, Slip]) -> Outcome:
    stem, path, slip = job
    return outcome(report(stem, path), slip)


def run(
    paths: dict[str, Path], *, sample: int = 0, seed: int = 0, jobs: int = 1, every: bool = False
) -> list[Outcome]:
    """Make every slip, or ``sample`` of each report's, and return what became of each, in order of the text.

    With ``every`` the slips are all replacements of one digit, else one of each kind for a number.
    """
    work = []
    for stem, path in paths.items():
        base = report(stem, path)
        made = [
            slip
            for start, end in base.places
            for slip in (
                digits_replaced(base.text, start, end) if every else slips(base.text, start, end, seed)
            )
        ]
        if sample and sample < len(made):
            made = sorted(
                random.Random(f"{seed}/{stem}").sample(made, sample), key=lambda s: (s.start, s.kind)
            )
        work += [(stem, path, slip) for slip in made]
    if jobs == 1:
        return [_work(job) for job in work]
    with multiprocessing.Pool(jobs) as pool:
        return pool.map(_work, work, chunksize=16)


# What is printed


def share(part: int | Fraction, whole: int | Fraction) -> str:
    """A percentage with one decimal; nothing where there is nothing to count."""
    return f"{float(100 * part / whole):5.1f}%" if whole else "    –"


def table(title: str, groups: Iterable[tuple[str, Sequence[Outcome]]]) -> Iterator[str]:
    """Lines of a table, a row for each group of slips."""
    yield f"\n{title:26} {'could':>6} {'caught':>7} {'share':>7}   {'all':>6} {'caught':>7} {'share':>7} {'elsewhere':>11}"
    for name, group in groups:
        could = [o for o in group if o.could]
        hit, found = sum(bool(o.caught) for o in could), sum(bool(o.caught) for o in group)
        others = sum(bool(o.elsewhere) for o in group)
        yield (
            f"{name:26} {len(could):6} {hit:7} {share(hit, len(could)):>7}   "
            f"{len(group):6} {found:7} {share(found, len(group)):>7} {others:11}"
        )


def matrix(columns: Mapping[str, Callable[[Outcome], bool]], outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Lines with caught/could for each report, in columns of kinds."""
    yield "\n" + f"{'caught of could':20}" + "".join(f"{name[:12]:>13}" for name in columns)
    for stem in dict.fromkeys(o.stem for o in outcomes):
        could = [o for o in outcomes if o.stem == stem and o.could]
        cells = ([o for o in could if test(o)] for test in columns.values())
        counts = (f"{sum(bool(o.caught) for o in cell)}/{len(cell)}" if cell else "–" for cell in cells)
        yield f"{stem:20}" + "".join(f"{count:>13}" for count in counts)


def summary(outcomes: Sequence[Outcome], bases: Sequence[Report]) -> Iterator[str]:
    """All lines of the result."""
    kind_of = {tie.id: tie.kind for base in bases for tie in base.ties}
    changes: dict[str, Callable[[Outcome], bool]] = {kind: partial(_changed, kind=kind) for kind in KINDS}
    tied: dict[str, Callable[[Outcome], bool]] = {
        kind: partial(_tied, names=frozenset(name for name in kind_of if kind_of[name] == kind))
        for kind in TIES
    }
    yield "could: slips that exact arithmetic on hand-made ties shows; all: slips in any number;"
    yield "elsewhere: slips that raise findings which do not involve the changed number"
    named = [(base.stem, [o for o in outcomes if o.stem == base.stem]) for base in bases]
    yield from table("report", [*named, ("total", outcomes)])
    yield from table("change", ((kind, [o for o in outcomes if test(o)]) for kind, test in changes.items()))
    if kind_of:
        groups = ((kind, [o for o in outcomes if test(o)]) for kind, test in tied.items())
        yield from table("tie (slips that could)", ((kind, group) for kind, group in groups if group))
        yield from matrix(changes, outcomes)
        yield from matrix({kind: test for kind, test in tied.items() if any(map(test, outcomes))}, outcomes)
    yield f"\n{'detection share':20} {'claimed':>8} {'measured':>9} {'of all':>8}   (one digit replaced, weighed by digits)"
    for base in bases:
        group = [o for o in outcomes if o.stem == base.stem and o.kind == "replaced"]
        mine = [o for o in group if o.figure]
        claimed = f"{100 * float(base.claimed):.1f}%" if base.claimed is not None else "–"
        yield f"{base.stem:20} {claimed:>8} {_weighed(mine):>9} {_weighed(group):>8}"
    elsewhere = Counter(x for o in outcomes for x in o.elsewhere).most_common(12)
    if elsewhere:
        yield "\nnew findings elsewhere, by check and verdict"
        yield from (f"{count:6} {name}" for name, count in elsewhere)
    if kind_of:
        yield "\nworst misses: numbers by the slips that their ties could have caught"
        yield from misses(outcomes, bases)


def _changed(o: Outcome, kind: str) -> bool:
    return o.kind == kind


def _tied(o: Outcome, names: frozenset[str]) -> bool:
    return not names.isdisjoint(o.could)


def _weighed(group: Sequence[Outcome]) -> str:
    made = Counter(o.start for o in group)  # all replacements of a number weigh as much as it has digits
    weight = {o.start: Fraction(o.digits, made[o.start]) for o in group}
    return share(sum(weight[o.start] for o in group if o.caught), sum(weight[o.start] for o in group))


def misses(outcomes: Sequence[Outcome], bases: Sequence[Report], most: int = 10) -> Iterator[str]:
    """The numbers whose slips went unseen most often although a tie of the gold breaks."""
    missed: dict[tuple[str, int], list[Outcome]] = defaultdict(list)
    for o in outcomes:
        if o.could and not o.caught:
            missed[o.stem, o.start].append(o)
    texts = {base.stem: base.text for base in bases}
    known = {tie.id: tie for base in bases for tie in base.ties}
    ranked = sorted(missed.items(), key=lambda item: (-sum(len(o.could) for o in item[1]), item[0]))
    for (stem, start), group in ranked[:most]:
        one = max(group, key=lambda o: len(o.could))
        context = " ".join(texts[stem][max(0, start - 14) : start + len(one.old) + 6].split())
        yield f"{stem} …{context}…  {one.old} → {one.new}  ({len(group)} slips)"
        for name in one.could[:3]:
            yield f"    {known[name].kind}: {known[name].equation}  [{name}]"
        yield f"    audit: {'; '.join(one.seen) or 'no tie'}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, run, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="slips of each report (0: all)")
    parser.add_argument("--report", action="append", default=[], metavar="STEM")
    parser.add_argument(
        "--digits", action="store_true", help="replace every digit by every other, nothing else"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path, metavar="OUT", help="write every slip with its outcome")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    paths = reports(options.report)
    if not paths:
        parser.error("no such report")
    outcomes = run(paths, sample=options.sample, seed=options.seed, jobs=options.jobs, every=options.digits)
    bases = [report(stem, path) for stem, path in paths.items()]
    for line in summary(outcomes, bases):
        print(line)
    print(f"\n{len(outcomes)} audits in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if options.json:
        rows = [asdict(o) for o in outcomes]
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
