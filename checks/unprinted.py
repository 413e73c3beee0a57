"""What an unprinted number can be: the prior of a growth, the whole or the part of a rate or share.

减少 19 件，占 50% prints no whole, yet only 38 rounds to it; 281 人，下降 6.9% has a few whole priors. The
answer is exact: all whole numbers where they are few, else the range of what is admissible.
"""

from __future__ import annotations

from fractions import Fraction

from ..extract.interval import Interval, point
from .audit import Habits
from .relation import Relation
from .terms import Term, terms

# So many whole numbers are told one by one; more are told by their range.
LISTED = 12

_FORMULAS = {
    "rate": ("part", "whole", "rate"),
    "share": ("part", "whole", "share"),
}


def unprinted(relation: Relation, habits: Habits | None = None, cut: bool = False) -> range | Interval | None:
    """Return what the number that a relation lacks may be; ``None`` where it lacks none or cannot tell.

    For a prior, whole or part of discrete things the answer is a range of whole numbers, perhaps empty.
    ``cut`` reads the percentage as cut off instead of rounded.
    """
    printed = relation.terms
    read = terms(relation, habits or Habits())
    if printed.get("current") and printed.get("growth") and not printed.get("prior"):
        return _prior(read["current"][0], read["growth"][0], cut)
    names = _FORMULAS.get(relation.check)
    if names is None or not printed.get(names[2]) or bool(printed.get("part")) == bool(printed.get("whole")):
        return None
    known = read["part"][0] if printed.get("part") else read["whole"][0]
    return _counterpart(known, read[names[2]][0], bool(printed.get("part")), cut)


def possible(relation: Relation, habits: Habits, cut: bool = False) -> bool | None:
    """Tell whether some number can stand where none is printed; ``None`` where the relation lacks none."""
    found = unprinted(relation, habits, cut)
    return None if found is None else not isinstance(found, range) or len(found) > 0


def feasible(relation: Relation, habits: Habits, cut: bool = False) -> Interval | tuple[int, ...] | None:
    """Return the same for the audit: few whole numbers one by one, else the range; ``()`` where none fits."""
    found = unprinted(relation, habits, cut)
    if not isinstance(found, range):
        return found
    if len(found) <= LISTED:
        return tuple(found)
    return Interval(Fraction(found[0]), Fraction(found[-1]))


def _prior(current: Term, growth: Term, cut: bool) -> range | Interval | None:
    """Solve current = prior·(1 + growth/100) for the prior."""
    rate = growth.cut() if cut else growth.fine
    base = rate + 100
    if base.low is None or base.low <= 0 or current.fine.low is None or current.fine.low < 0:
        return None  # a growth of about −100% says nothing of the prior
    found = 100 * current.fine / base
    return whole_numbers(found, 1) if _counted(current) else found


def _counterpart(known: Term, rate: Term, is_part: bool, cut: bool) -> range | Interval | None:
    """Solve rate = 100·part/whole for the number that is not printed."""
    share = rate.cut() if cut else rate.fine
    if known.fine.low is None or known.fine.low < 0 or share.low is None or share.low < 0:
        return None
    if not is_part:
        found = share * known.fine / 100
        return whole_numbers(found, 0, int(known.value)) if _counted(known) else found
    if share.low == 0:
        return None
    found = 100 * known.fine / share
    return whole_numbers(found, int(known.value)) if _counted(known) else found


def _counted(term: Term) -> bool:
    return term.exact and term.printed.is_point and term.value.denominator == 1


def whole_numbers(found: Interval, least: int, most: int | None = None) -> range | Interval:
    """Return the whole numbers of an interval from ``least`` to ``most``; the interval if it has no end."""
    low, high = least, most
    if found.low is not None:
        first = found.low.__ceil__()
        low = max(low, first + (found.low_open and first == found.low))
    if found.high is not None:
        last = found.high.__floor__()
        last -= found.high_open and last == found.high
        high = last if high is None else min(high, last)
    if high is None:
        return found.meet(Interval(Fraction(least), None)) or point(least)
    return range(low, max(low, high + 1))
