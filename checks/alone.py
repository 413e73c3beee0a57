"""One document read and judged by itself: what needs no other document, so that processes can share the work."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from importlib import import_module

from ..extract.claim import Claim, Reading
from ..extract.claims import read
from ..extract.document import Document, Figure
from ..extract.record import changer
from . import CHECKS
from .audit import Habits
from .detection import detection_share
from .engine import infer_habits, judge_all
from .relation import Relation, Verdict

Relate = Callable[[Reading], Iterator[Relation]]

_figure = changer(Figure)
_claim = changer(Claim)


@dataclass(frozen=True, slots=True)
class Alone:
    """A document with its ties and their verdicts, in the order of the text that they end in."""

    reading: Reading
    stated: tuple[Relation, ...]
    habits: Habits
    verdicts: tuple[Verdict, ...]
    share: Fraction | None


@cache
def within() -> tuple[tuple[str, Relate], ...]:
    """The checks within a report, by name, in the order of :data:`gouji.checks.CHECKS`."""
    modules = ((name, import_module(f"{__package__}.{name}")) for name in CHECKS)
    return tuple((name, m.relate) for name, m in modules if hasattr(m, "relate"))


def place(relation: Relation) -> tuple[int, int, int]:
    """Where a relation stands: the document and the figure that complete it, then the check."""
    last = max((c.document, c.index) for c in relation.claims())
    return (*last, CHECKS.index(relation.check))


def alone(document: Document, number: int, off: Collection[str] = ()) -> Alone:
    """Read, tie and judge one document, which is that with the index ``number`` of its audit."""
    figures = tuple(_figure(f, id=f"d{number + 1}{f.id}") for f in document.figures)
    reading = read(replace(document, figures=figures), number)
    stated = [r for name, relate in within() if name not in off for r in relate(reading)]
    return judged(reading, stated, off)


def judged(reading: Reading, stated: list[Relation], off: Collection[str] = ()) -> Alone:
    """Judge all ties whose home is this reading, and those that hold where a bolder one is left open."""
    stated.sort(key=place)
    habits, given = _judge(reading, stated)
    known = set(map(id, stated))  # judged a second time, they stand there already
    opened = [weak for r, v in zip(stated, given, strict=True) if v.reason for weak in r.weaker]
    if open_ := [weak for weak in opened if id(weak) not in known]:
        stated += (weak for weak in open_ if weak.check not in off)
        stated.sort(key=place)
        habits, given = _judge(reading, stated)
    share = detection_share(reading.claims, list(zip(stated, given, strict=True)))
    return Alone(reading, tuple(stated), habits, tuple(given), share)


def _judge(reading: Reading, stated: list[Relation]) -> tuple[Habits, list[Verdict]]:
    """Verdicts under the document's own habits, which are learnt from a first pass."""
    note = disclaimer(reading)
    habits = infer_habits(reading.claims, ())
    verdicts = judge_all(stated, habits, disclaimer=note)
    learnt = infer_habits(reading.claims, list(zip(stated, verdicts, strict=True)))
    if learnt.truncated > learnt.rounded:
        verdicts = judge_all(stated, learnt, disclaimer=note)
    return learnt, list(verdicts)


def disclaimer(reading: Reading) -> bool:
    """Whether the document prints a note on rounding."""
    text = reading.document.flow.text
    return "四舍五入" in text or "分项之和不等于" in text or "分项合计不等" in text


def packed(found: Alone) -> Alone:
    """The same in less memory: offsets as plain numbers."""
    document = found.reading.document
    flow = replace(document.flow, origin=array("q", document.flow.origin))
    return replace(found, reading=replace(found.reading, document=replace(document, flow=flow)))


def numbered(found: Alone, number: int) -> Alone:
    """The same as the document with another index of its audit: ids and numbers are those that it has there."""
    reading = found.reading
    if reading.number == number:
        return found
    skip = len(f"d{reading.number + 1}")
    figures: dict[int, Figure] = {}
    claims: dict[int, Claim] = {}

    def figure(old: Figure) -> Figure:
        if id(old) not in figures:
            figures[id(old)] = _figure(old, id=f"d{number + 1}{old.id[skip:]}")
        return figures[id(old)]

    def claim(old: Claim) -> Claim:
        if id(old) not in claims:
            claims[id(old)] = _claim(old, figure=figure(old.figure), document=number)
        return claims[id(old)]

    relations: dict[int, Relation] = {}

    def relation(old: Relation) -> Relation:
        if id(old) not in relations:
            terms = {role: tuple(map(claim, several)) for role, several in old.terms.items()}
            relations[id(old)] = replace(old, terms=terms, weaker=tuple(map(relation, old.weaker)))
        return relations[id(old)]

    document = replace(reading.document, figures=tuple(map(figure, reading.document.figures)))
    moved = replace(reading, document=document, number=number, claims=tuple(map(claim, reading.claims)))
    return replace(found, reading=moved, stated=tuple(map(relation, found.stated)))
