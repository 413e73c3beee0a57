"""What the other figures of a tie allow each of its figures to be, as prints of that figure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..extract.document import Figure
from ..extract.interval import Interval, point
from .audit import Habits
from .formulas import FORMULAS
from .graph import Key, key
from .relation import Relation
from .solve import Undecidable, allowances, rests, solvable
from .suggest import multiple
from .terms import Term, terms


def windows(relation: Relation, habits: Habits) -> dict[Key, Interval | None]:
    """Return for every figure the magnitudes that the other figures of the relation allow, in its base unit.

    ``None`` is a figure that the formula cannot be solved for (or that stands in it twice): nothing is known
    then and a new print has to be tried.
    """
    formula = FORMULAS.get(relation.check)
    found: dict[Key, Interval | None] = {key(claim): None for claim in relation.claims()}
    if formula is None:
        return found
    read = terms(relation, habits)
    seen: set[Key] = set()
    for role, members in read.items():
        if not members:
            continue
        if formula.kind == "count" and role == formula.result:
            images: Sequence[Any] = [point(len(read.get("item", ())) or len(relation.items))]
        elif formula.kind == "each":
            images = _ratios(read, role, len(members))
        elif formula.kind in ("equation", "bound") and solvable(formula, role):
            images = _images(relation.check, read, role)
        else:
            images = [None] * len(members)
        for term, image in zip(members, images, strict=True):
            name = key(term.claim)
            if name in seen:
                found[name] = None
                continue
            seen.add(name)
            if image is None:
                continue
            if formula.kind == "bound":
                below = role in formula.below
                image = (
                    Interval(None, image.high, True, image.high_open)
                    if below
                    else Interval(image.low, None, image.low_open, True)
                )
            found[name] = _magnitude(term, image)
    return found


def _magnitude(term: Term, image: Interval) -> Interval:
    if term.scale != 1:
        image = image / term.scale
    return -image if term.sign < 0 else image


def _images(check: str, read: dict[str, list[Term]], role: str) -> Sequence[Interval | None]:
    try:
        return allowances(FORMULAS[check], read, role)
    except (Undecidable, ZeroDivisionError):
        return [None] * len(read[role])


def _ratios(read: dict[str, list[Term]], role: str, count: int) -> Sequence[Interval | None]:
    """Solve ratio_i = 100·part_i/total for the member of a list; a list without a total is not solved."""
    parts, ratios, total = read.get("part", []), read.get("ratio", []), read.get("total", [])
    try:
        if not parts and role == "ratio":
            return rests(point(100), [t.fine for t in ratios])
        if not total or len(parts) != len(ratios):
            return [None] * count
        whole = total[0].fine
        if role == "ratio":
            return [100 * part.fine / whole for part in parts]
        if role == "part":
            return [ratio.fine * whole / 100 for ratio in ratios]
        answers = [100 * p.fine / r.fine for p, r in zip(parts, ratios, strict=True)]
        image: Interval | None = answers[0]
        for answer in answers[1:]:
            image = image.meet(answer) if image is not None else None
        return [image] if count == 1 else [None] * count
    except ZeroDivisionError:
        return [None] * count


class Window:
    """A range of magnitudes, asked for prints: whether so many last digits can stand for a value in it."""

    __slots__ = ("_ends", "_halves", "_high", "_low", "_scale")

    def __init__(self, figure: Figure, image: Interval, halves: int) -> None:
        """``halves`` are the half digits that a print of this figure reaches either way."""
        self._scale = multiple(figure)
        self._low, self._high, self._halves = image.low, image.high, halves
        self._ends: dict[int, tuple[int | None, int | None]] = {}

    def ends(self, decimals: int) -> tuple[int | None, int | None]:
        """Return the first and last print with so many decimals, in its last digits."""
        found = self._ends.get(decimals)
        if found is None:
            ulp = self._scale / 10**decimals
            half = Fraction(self._halves, 2)
            found = self._ends[decimals] = (
                None if self._low is None else (self._low / ulp - half).__ceil__(),
                None if self._high is None else (self._high / ulp + half).__floor__(),
            )
        return found

    def admits(self, digits: int, decimals: int) -> bool:
        """Tell whether a print may agree (an open end counts as closed)."""
        first, last = self.ends(decimals)
        return (first is None or first <= digits) and (last is None or digits <= last)
