"""A tie as linear bounds on its figures, for reasoning on several ties together.

A figure is one unknown wherever it stands: its true value, within what its print admits. A sum is linear as it
is. In ``rate * whole = 100 * part`` two unknowns are multiplied; where both are rounded the product is
enclosed by the four planes that touch it at the corners of its box (G. P. McCormick, Computability of global
solutions to factorable nonconvex programs, Mathematical Programming 10, 1976). The bounds admit everything that the
tie admits, perhaps more: what contradicts them contradicts the ties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from ..extract.document import Figure
from ..extract.interval import EVERYTHING, Interval, point
from .audit import Habits
from .formulas import FORMULAS
from .graph import Key, key
from .relation import Relation
from .solve import UNTOLD
from .terms import Term, terms

Box = Callable[[Key], Interval]
# A bound: the sum of coefficients times unknowns lies in the interval.
Bound = tuple[dict[Key, Fraction], Interval]

_ZERO = Fraction(0)
_NOTHING = Interval(None, _ZERO)  # at most 0


def admitted(figure: Figure, digits: int = 0, cut: bool = False) -> Interval:
    """Return the true values that a print admits, signed as printed.

    The far ends of hedges are custom and left out. ``digits`` allows for an error of so many last digits
    either way; with ``cut`` the print may have been cut off instead of rounded.
    """
    known = figure.interval
    if figure.approx == "about" or (figure.negative and figure.approx != "exact"):
        return EVERYTHING
    if figure.approx == "over":
        return Interval(known.low, None, known.low_open, True)
    if figure.approx == "under":
        return Interval(None, known.high, True, known.high_open)
    low, high = known.low, known.high
    if low is None or high is None or figure.approx != "exact":
        return known
    if cut and not known.is_point:
        if figure.negative:
            low = min(low, -figure.value - figure.ulp)
        else:
            high = max(high, figure.value + figure.ulp)
    if low is known.low and high is known.high and not digits:
        return known
    return Interval(low - digits * figure.ulp, high + digits * figure.ulp)


class Form:
    """A sum of coefficients times unknowns, and a constant."""

    __slots__ = ("constant", "entries")

    def __init__(self, constant: Fraction = _ZERO) -> None:
        self.entries: dict[Key, Fraction] = {}
        self.constant = constant

    def add(self, coefficients: Mapping[str, int], read: Mapping[str, list[Term]], check: str) -> bool:
        """Add roles; ``False`` where one of them is not printed."""
        for role, number in coefficients.items():
            known = UNTOLD.get((check, role))
            if not role:
                self.constant += number
            elif read.get(role):
                for term in read[role]:
                    name = key(term.claim)
                    self.entries[name] = self.entries.get(name, _ZERO) + number * worth(term)
            elif known is not None:
                self.constant += number * known
            else:
                return False
        return True

    def span(self, box: Box) -> Interval:
        """Return the values that the sum can take; exact, as every unknown occurs once."""
        found = point(self.constant)
        for name, coefficient in self.entries.items():
            if coefficient:
                found = found + box(name) * coefficient
        return found

    def plus(self, other: Form, factor: Fraction) -> Form:
        """Return this sum and a multiple of another."""
        made = Form(self.constant + factor * other.constant)
        made.entries = dict(self.entries)
        for name, coefficient in other.entries.items():
            made.entries[name] = made.entries.get(name, _ZERO) + factor * coefficient
        return made

    def within(self, bounds: Interval) -> Bound:
        """State that the sum lies within bounds."""
        return {n: c for n, c in self.entries.items() if c}, bounds - self.constant


def worth(term: Term) -> Fraction:
    """Return what a figure's true value, signed as printed, is multiplied by in its role."""
    turned = term.sign < 0 and not term.claim.figure.negative
    return -term.scale if turned else term.scale


def bounds(relation: Relation, habits: Habits, box: Box) -> list[Bound] | None:
    """Return linear bounds that every choice of true values satisfying the relation keeps.

    ``None`` where the formula is of another shape or a role is not printed.
    """
    formula = FORMULAS.get(relation.check)
    if formula is None or formula.linear is None:
        return None
    read = terms(relation, habits)
    if formula.kind == "each":
        parts, ratios = read.get("part", []), read.get("ratio", [])
        if len(parts) != len(ratios) or not read.get("total"):
            return None
        members = [{**read, "part": [p], "ratio": [r]} for p, r in zip(parts, ratios, strict=True)]
    else:
        members = [read]
    shape, found = formula.linear, list[Bound]()
    limit = _NOTHING if formula.kind == "bound" else point(0)
    for member in members:
        plus, times, factor = Form(), Form(), Form()
        if not plus.add(shape.plus, member, relation.check):
            return None
        if not shape.factor:
            found.append(plus.within(limit))
            continue
        told = times.add(shape.times, member, relation.check)
        if not told or not factor.add({shape.factor: 1}, member, relation.check):
            return None
        found.extend(_product(factor, times, plus, box))
    return found


def _product(one: Form, two: Form, rest: Form, box: Box) -> Iterator[Bound]:
    """Enclose ``one * two + rest = 0``."""
    x, y = one.span(box), two.span(box)
    for form, span, other in ((one, x, two), (two, y, one)):
        if span.is_point and span.low is not None and all(box(n).is_point for n in form.entries):
            yield rest.plus(other, span.low).within(point(0))
            return
    for a, b in ((x.low, y.low), (x.high, y.high)):
        if a is not None and b is not None:  # one * two >= a * two + b * one - a * b
            yield rest.plus(two, a).plus(one, b).within(Interval(None, a * b))
    for a, b in ((x.low, y.high), (x.high, y.low)):
        if a is not None and b is not None:  # one * two <= a * two + b * one - a * b
            yield rest.plus(two, a).plus(one, b).within(Interval(a * b, None))
