"""Judge sums in two currencies: the rates that they imply lie within the spread of one year."""

from __future__ import annotations

from fractions import Fraction

from .case import Case, Outcome
from .conversions import conversions
from .equation import number
from .solve import Undecidable


def rates(case: Case) -> Outcome:
    """Judge ``first_i/second_i``: the greatest is no more than the spread above the least.

    Every print may take the value within its interval that suits best. The gap counts the percents by which the printed
    sums part the greatest rate from the least. Raises ``Undecidable`` for less than two pairs, an open end, or a 0.
    """
    first, second = case.terms.get("first", []), case.terms.get("second", [])
    if len(first) < 2 or len(first) != len(second):
        raise Undecidable("incomplete")
    lows, highs = [], []
    for own, other in zip(first, second, strict=True):
        low, high = own.fine.low, own.fine.high
        least, most = other.fine.low, other.fine.high
        if low is None or high is None or least is None or most is None:
            raise Undecidable("approximate")
        if low <= 0 or least <= 0:
            raise Undecidable("zero_denominator")
        lows.append(low / most)
        highs.append(high / least)
    printed = [own.value / other.value for own, other in zip(first, second, strict=True)]
    holds = max(lows) <= min(highs) * (1 + Fraction(conversions().spread, 100))
    plain = all(term.exact for term in case.all)
    apart = 100 * (max(printed) / min(printed) - 1)
    return Outcome(
        "consistent" if holds else "inconsistent",
        ("exact" if plain else "hedged") if holds else None,
        " ≈ ".join(
            f"{case.units.write(own)} / {case.units.write(other)} = {number(rate)}"
            for own, other, rate in zip(first, second, printed, strict=True)
        ),
        gap=0 if holds else max(1, int(apart)),
    )
