"""Judge dates: whether the calendar has a day, and which of two days comes first.

Dates compare exactly, day by day. They have no last digit that could have been rounded.
"""

from __future__ import annotations

from datetime import date as Day
from fractions import Fraction

from ..extract.dates import last_day
from .case import Case, Outcome
from .solve import Undecidable
from .terms import Term


def days(case: Case) -> Outcome:
    """Judge ``first <= second``; of one date alone, whether it is a day at all.

    The gap counts days. A tie of two dates of which one is no day is ``Undecidable``: that is told of it alone.
    """
    first, second = case.terms.get("first"), case.terms.get("second")
    if not first:
        raise Undecidable("incomplete")
    one = first[0].value
    if not second:
        over, limit = _beyond(one)
        holds = over <= 0
        equation = printed(first[0]) if holds else f"{printed(first[0])} > {limit}"
        return Outcome(
            "consistent" if holds else "inconsistent", "exact" if holds else None, equation, gap=max(0, over)
        )
    other = second[0].value
    if _beyond(one)[0] > 0 or _beyond(other)[0] > 0:
        raise Undecidable("incomplete")
    late = (_day(one) - _day(other)).days
    equation = f"{printed(first[0])} ≤ {printed(second[0])}"
    return Outcome(
        "consistent" if late <= 0 else "inconsistent",
        "exact" if late <= 0 else None,
        equation,
        gap=max(0, late),
    )


def parts(value: Fraction) -> tuple[int, int, int]:
    """Year (0 where none is known), month and day of the number that stands for a date."""
    number = int(value)
    return number // 10_000, number // 100 % 100, number % 100


def printed(term: Term) -> str:
    """The date as it is printed, with its year; a whole year (全年) as its last day."""
    text = "".join(term.claim.figure.text.split())
    year = parts(term.value)[0]
    if "月" not in text:
        return written(term.value)
    return text if "年" in text or not year else f"{year}年{text}"


def written(value: Fraction) -> str:
    """The date as people write it."""
    year, month, day = parts(value)
    return (f"{year}年" if year else "") + f"{month}月{day}日"


def _beyond(value: Fraction) -> tuple[int, str]:
    """By how many months or days a date runs over the calendar (0 or less where it does not), and the last one there is."""
    year, month, day = parts(value)
    if not 1 <= month <= 12:
        return max(1, month - 12), "12月"
    last = last_day(year or 2000, month)
    return (1 if day < 1 else day - last), f"{month}月{last}日"


def _day(value: Fraction) -> Day:
    year, month, day = parts(value)
    return Day(year or 2000, month, day)
