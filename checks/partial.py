"""Judge a rate or share of which one count is not printed: a whole number must be able to stand there.

减少事业单位45家，精简率47.9% names no whole, yet some whole number must give 47.9%: 94 does. The search is
exact; small counts make it telling, large ones let everything pass, and power says which.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from ..extract.interval import Interval, point
from .case import Case, Outcome
from .power import digits, gap
from .solve import Undecidable
from .terms import Term

# So many of the fitting numbers are listed in the equation.
LISTED = 3
# Longer searches are not made: beyond, next to every print has a whole number that fits.
LONGEST = 20_000


def partial(case: Case) -> Outcome:
    """Judge part and rate without the whole, or whole and rate without the part.

    Raises ``Undecidable`` (incomplete) unless exactly one count is printed, exact, a whole number of things and positive.
    """
    roles = case.formula.roles
    part, whole, rate = (case.terms.get(name) or [] for name in roles)
    if not rate or bool(part) == bool(whole):
        raise Undecidable("incomplete")
    known, result = (part or whole)[0], rate[0]
    if not known.exact or known.measured or known.value.denominator != 1 or known.value <= 0:
        raise Undecidable("incomplete")
    if not result.exact:
        raise Undecidable("approximate")
    count = int(known.value)
    find = _wholes if part else _parts
    letter = "n" if part else "k"
    found = find(count, result.fine) or find(count, result.printed)
    cut = () if found else find(count, result.cut())
    shown = found or cut
    verdict = "consistent" if found else "truncated" if cut and result.measured else "inconsistent"
    sides = (f"{count} / n", "n") if letter == "n" else (f"k / {count}", "k")
    members = ", ".join(str(x) for x in shown[:LISTED]) + (", …" if len(shown) > LISTED else "")
    equation = f"{sides[0]}, {sides[1]} ∈ {{{members}}}" if shown else f"{sides[0]}, {sides[1]} ∈ ∅"
    if len(shown) == 1:
        value = Fraction(100 * count, shown[0]) if letter == "n" else Fraction(100 * shown[0], count)
        equation = (
            equation.split(",")[0].replace(letter, str(shown[0])) + f" = {case.units.result(result, value)}"
        )
    image = _image(count, shown, letter) if shown else point(_nearest(count, result, letter))
    missed = 0 if found else max(1, gap(result, image))
    return Outcome(
        verdict,
        "exact" if found else None,
        equation,
        result.fine,
        image,
        missed,
        _power(count, result, letter),
    )


def _ends(low: Fraction, low_open: bool, high: Fraction, high_open: bool) -> range:
    """The whole numbers between two ends."""
    first = low.__ceil__() + (low_open and low.denominator == 1)
    last = high.__floor__() - (high_open and high.denominator == 1)
    return range(first, last + 1)


def _wholes(part: int, rate: Interval) -> range:
    """The wholes n >= part with 100·part/n in ``rate``."""
    if rate.low is None or rate.high is None or rate.high <= 0:
        raise Undecidable("incomplete")
    low = Fraction(100 * part) / rate.high
    if rate.low <= 0:
        raise Undecidable("incomplete")
    found = _ends(low, rate.high_open, Fraction(100 * part) / rate.low, rate.low_open)
    return range(max(found.start, part), max(found.stop, part))


def _parts(whole: int, rate: Interval) -> range:
    """The parts 0 <= k with 100·k/whole in ``rate``."""
    if rate.low is None or rate.high is None:
        raise Undecidable("incomplete")
    found = _ends(rate.low * whole / 100, rate.low_open, rate.high * whole / 100, rate.high_open)
    return range(max(found.start, 0), max(found.stop, 0))


def _image(count: int, found: range, letter: str) -> Interval:
    ends = (found[0], found[-1])
    rates = [Fraction(100 * count, x) if letter == "n" else Fraction(100 * x, count) for x in ends]
    return Interval(min(rates), max(rates))


def _nearest(count: int, rate: Term, letter: str) -> Fraction:
    """The rate of a whole number that lies nearest to the print."""
    if letter == "k":
        exact = rate.value * count / 100
        return min(
            (Fraction(100 * max(k, 0), count) for k in (exact.__floor__(), exact.__ceil__())),
            key=lambda v: abs(v - rate.value),
        )
    exact = Fraction(100 * count) / rate.value
    near = [max(count, 1, n) for n in (exact.__floor__(), exact.__ceil__())]
    return min((Fraction(100 * count, n) for n in near), key=lambda v: abs(v - rate.value))


def _power(count: int, rate: Term, letter: str) -> Fraction:
    """The share of prints from 0 to 100% of the rate's format that no whole number gives."""
    every = 10 ** digits(rate)
    ulp = rate.ulp
    if letter == "k":
        if count * ulp >= 100 or count > LONGEST:
            return Fraction(0)
        # neighbours lie more than a last digit apart: no two round to one print
        return 1 - Fraction(min(count + 1, every), every)
    # 100·part/n falls by less than a last digit from one n to the next once n² > 100·part/ulp
    dense = isqrt(int(100 * count / ulp)) + 1
    if dense - count > LONGEST:
        return Fraction(0)
    top, per = 100 * count * ulp.denominator, ulp.numerator
    last = max(dense, count)
    reached = {_rounded(top, n * per) for n in range(count, last + 1)}
    below = _rounded(top, last * per)  # the least of them: every print below it has its whole number
    total = len(reached) + below if below < every else every
    return max(Fraction(0), 1 - Fraction(min(total, every), every))


def _rounded(top: int, bottom: int) -> int:
    """Round top/bottom to a whole number, an exact half to the even one; fractions are several times slower."""
    whole, rest = divmod(top, bottom)
    return whole + (2 * rest > bottom or (2 * rest == bottom and whole % 2))
