"""Two prints of one quantity: every figure in one unit of its kind, by the definitions of the units."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from .verify_term import Term

# In 平方米, 公斤, 米 and 千瓦时.
_WORTH = {
    "亩": Fraction(2000, 3),
    "公顷": Fraction(10_000),
    "平方公里": Fraction(1_000_000),
    "斤": Fraction(1, 2),
    "吨": Fraction(1000),
    "公里": Fraction(1000),
    "兆瓦时": Fraction(1000),
}
# The audit prints bounds in the least unit of a kind: thirds of a 平方米, 斤.
_LEAST = {"平方米": 3, "亩": 3, "公顷": 3, "平方公里": 3, "公斤": 2, "斤": 2, "吨": 2}


def alike(term: Term) -> Term:
    """The figure in the least unit of its kind."""
    unit = term.figure.unit
    factor = _WORTH.get(unit, Fraction(1)) * _LEAST.get(unit, 1)
    return replace(
        term,
        value=term.value * factor,
        ulp=term.ulp * factor,
        printed=term.printed.times(factor),
        fine=term.fine.times(factor),
    )
