"""Evaluate a formula on the terms of a relation, for any of its roles and any reading of the prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import Any

from ..extract.interval import Interval, Number, point
from .formula import Formula
from .terms import AVERAGES, Term

Terms = Mapping[str, Sequence[Term]]
Pick = Callable[[Term], Any]

VALUE: Pick = attrgetter("value")
FINE: Pick = attrgetter("fine")
PRINTED: Pick = attrgetter("printed")

# What a role stands for where no figure tells it. A contribution told in points pulled: the weight is already
# multiplied by the part's own growth. An average over those of one time: nothing to take the mean of. A pair
# of units that are multiples by definition: both sides are in the least unit already.
UNTOLD = {
    ("contribution", "part_growth"): Fraction(1),
    ("per_capita", "change"): Fraction(0),
    ("unit_pair", "rate"): Fraction(1),
    ("pull", "weight"): Fraction(1),
    ("pull", "part"): Fraction(1),
    ("pull", "total"): Fraction(1),
}

# The growth of an average year has no rational solution; it is enclosed to this part of its last digit.
_GRAIN = 10_000


class Undecidable(Exception):
    """The relation lacks what its formula needs; the argument is the reason code."""


def solve(formula: Formula, terms: Terms, role: str, pick: Pick, skip: int | None = None) -> Any:
    """Evaluate ``formula`` for ``role`` from the other terms, each read by ``pick``.

    For a role of several figures the answer is what is left for member ``skip`` after the others, or for
    all members together when ``skip`` is ``None``. Raises :class:`Undecidable` when a role is missing and
    ``ZeroDivisionError`` when a divisor may be 0.
    """
    if formula.check in AVERAGES and role == "growth":
        return average_growth(terms, pick)
    if formula.members is not None and role in formula.members.roles:
        if skip is None:
            raise Undecidable("no_solution")
        return _in_member(formula, terms, role, pick, skip)
    function = formula.solve.get(role)
    if function is None:
        raise Undecidable("no_solution")
    arguments: list[Any] = []
    if role in formula.variadic:
        members = terms[role]
        arguments.append([] if skip is None else [pick(t) for i, t in enumerate(members) if i != skip])
    for name in formula.arguments:
        if name != role:
            arguments.append(_argument(formula, terms, name, pick))
    return function(*arguments)


def _in_member(formula: Formula, terms: Terms, role: str, pick: Pick, skip: int) -> Any:
    """What is left for the figure of one computed member after the other members."""
    members = formula.members
    assert members is not None
    rest = members.whole(*(_argument(formula, terms, name, pick) for name in _outside(formula)))
    for index, told in enumerate(_members(formula, terms)):
        if index != skip:
            rest = rest - members.value(*map(pick, told))
    others = [pick(terms[name][skip]) for name in members.roles if name != role]
    return members.solve[role](rest, *others)


def _outside(formula: Formula) -> list[str]:
    """The arguments of the formula that stand outside of its computed members."""
    inside = formula.members.roles if formula.members else ()
    return [name for name in formula.arguments if name not in inside]


def _members(formula: Formula, terms: Terms) -> list[tuple[Term, ...]]:
    """The terms of each computed member; raises :class:`Undecidable` where they are not as many in each role."""
    roles = formula.members.roles if formula.members else ()
    if len({len(terms.get(role, ())) for role in roles}) != 1 or not terms.get(roles[0]):
        raise Undecidable("incomplete")
    return list(zip(*(terms[role] for role in roles), strict=True))


def allowances(formula: Formula, terms: Terms, role: str) -> list[Interval]:
    """What the other figures allow each member of a role to be, at the document's precision.

    Of a role of several figures it is told for all in one pass from either end. Raises as :func:`solve` does.
    """
    found = terms[role]
    if role not in formula.variadic:
        return [interval_of(solve(formula, terms, role, FINE))]
    members = formula.members
    if members is None or role not in members.roles:
        return rests(interval_of(solve(formula, terms, role, FINE)), [term.fine for term in found])
    told = _members(formula, terms)
    whole = interval_of(members.whole(*(_argument(formula, terms, name, FINE) for name in _outside(formula))))
    left = rests(whole, [interval_of(members.value(*map(FINE, one))) for one in told])
    others = [name for name in members.roles if name != role]
    return [
        members.solve[role](rest, *(FINE(terms[name][index]) for name in others))
        for index, rest in enumerate(left)
    ]


def solvable(formula: Formula, role: str) -> bool:
    """Tell whether a role can be solved for."""
    return role in formula.solve or (formula.members is not None and role in formula.members.roles)


def _argument(formula: Formula, terms: Terms, name: str, pick: Pick) -> Any:
    found = terms.get(name)
    if not found:
        known = UNTOLD.get((formula.check, name))
        if known is not None:
            return known
        raise Undecidable("incomplete")
    if name in formula.variadic:
        return [pick(t) for t in found]
    if name == "years":
        return _years(terms)
    return pick(found[0])


def _years(terms: Terms) -> int:
    years = terms["years"][0].value
    if years.denominator != 1 or not 1 <= years <= 100 or not terms["years"][0].exact:
        raise Undecidable("years")
    return int(years)


def average_growth(terms: Terms, pick: Pick) -> Interval:
    """Enclose 100·(ratio^(1/years) − 1) outward, to a ten-thousandth of the growth's last digit.

    The ratio of end and start is told by both, by the end and the change between them, or by the growth over all
    the years.
    """
    if not (terms.get("years") and terms.get("growth")):
        raise Undecidable("incomplete")
    ratio = _ratio(terms, pick)
    if ratio.low is None or ratio.high is None:
        raise Undecidable("approximate")
    if ratio.low <= 0:
        raise Undecidable("negative_base")
    years = _years(terms)
    steps = (100 / terms["growth"][0].ulp * _GRAIN).__ceil__()
    low = _root(ratio.low, years, steps)
    high = _root(ratio.high, years, steps) + 1
    return Interval(Fraction(100 * (low - steps), steps), Fraction(100 * (high - steps), steps))


def _ratio(terms: Terms, pick: Pick) -> Interval:
    """What the end is of the start."""
    if terms.get("total_growth"):
        return _box(pick(terms["total_growth"][0])) / 100 + 1
    if not terms.get("end"):
        raise Undecidable("incomplete")
    end = _box(pick(terms["end"][0]))
    if end.low is None or end.high is None:
        raise Undecidable("approximate")
    if end.low <= 0:
        raise Undecidable("negative_base")
    if terms.get("start"):
        start = _box(pick(terms["start"][0]))
        if start.low is None or start.high is None:
            raise Undecidable("approximate")
        if start.low <= 0:
            raise Undecidable("negative_base")
        return end / start
    if not terms.get("change"):
        raise Undecidable("incomplete")
    grown = _box(pick(terms["change"][0])) / end
    if grown.high is None or grown.high >= 1:
        raise Undecidable("negative_base")
    return 1 / (1 - grown)


def _box(value: Interval | Number) -> Interval:
    if isinstance(value, Interval):
        return value
    exact = Fraction(value)
    return Interval(exact, exact)


def _root(value: Fraction, degree: int, steps: int) -> int:
    """Return the greatest whole n with (n/steps)**degree <= value, for value > 0."""
    target = value.numerator * steps**degree // value.denominator
    low, high = 0, 1 << (target.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= target:
            low = middle
        else:
            high = middle - 1
    return low


def rests(whole: Interval, members: Sequence[Interval]) -> list[Interval]:
    """Take from a whole all members but one, for each in turn, in one pass from either end."""
    after: list[Interval] = []
    sofar = point(0)
    for member in reversed(members):
        after.append(sofar)
        sofar = sofar + member
    after.reverse()
    found = []
    before = whole
    for member, later in zip(members, after, strict=True):
        found.append(before - later)
        before = before - member
    return found


def interval_of(value: Interval | Fraction) -> Interval:
    """A number as the interval of itself; an interval as it is."""
    return value if isinstance(value, Interval) else point(value)
