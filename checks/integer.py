"""Whole numbers that a count can have grown from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from ..extract.interval import Interval, point
from .formulas import FORMULAS
from .power import digits, gap
from .terms import Term

# So many priors are listed in the equation.
LISTED = 3


@dataclass(frozen=True, slots=True)
class Priors:
    """The whole priors: the first few, how many, the growth nearest to the print that one of them gives.

    ``gap`` counts last digits from the print to the nearest print that has a prior. ``endless`` tells that
    they never end (下降近100%: the greater the prior, the nearer); ``count`` then means nothing but more than 0.
    """

    first: tuple[int, ...]
    count: int
    image: Interval
    gap: int
    power: Fraction
    endless: bool = False


def whole_priors(current: Term, growth: Term, admissible: Interval) -> Priors:
    """Find the whole numbers p >= 1 with 100·(current/p − 1) in ``admissible``.

    Raises ``ZeroDivisionError`` when the growth may be −100%, from which no count above 0 comes.
    """
    formula = FORMULAS["growth_feasible"]
    count = int(current.value)
    low, high = _whole(formula.solve["prior"](point(count), admissible))
    number = max(0, high - low + 1) if high is not None else LISTED + 1
    first = tuple(range(low, low + min(number, LISTED)))
    near = _nearest(count, growth)
    image = point(100 * (Fraction(count, near) - 1))
    if first:
        wide = [formula.solve["growth"](Fraction(count), Fraction(p)) for p in (low, low + number - 1)]
        image = Interval(min(wide), max(wide))
        if high is None:
            image = Interval(Fraction(-100), wide[0], True, False)
    missed = 0 if number else max(1, gap(growth, image))
    return Priors(first, number, image, missed, power(current, growth), high is None)


def _whole(interval: Interval) -> tuple[int, int | None]:
    """Return the first and last whole number from 1 on in an interval."""
    low = 1
    if interval.low is not None:
        low = interval.low.__ceil__()
        if low == interval.low and interval.low_open:
            low += 1
    high = None
    if interval.high is not None:
        high = interval.high.__floor__()
        if high == interval.high and interval.high_open:
            high -= 1
    return max(1, low), high


def _nearest(count: int, growth: Term) -> int:
    """Return the whole prior whose growth lies nearest to the print."""
    exact = count / (1 + growth.value / 100) if growth.value > -100 else Fraction(count)
    below = max(1, exact.__floor__())
    return min((below, below + 1), key=lambda p: abs(100 * (Fraction(count, p) - 1) - growth.value))


def power(current: Term, growth: Term) -> Fraction:
    """Return the share of growths of the print's format that no whole prior gives.

    Far from the base two priors lie more than one last digit apart and each is counted; nearer to it
    every print between them is reached. The walk is as long as the square root of 100·current/ulp at most.
    """
    ulp, every = growth.ulp, 10 ** digits(growth)
    count = int(current.value)
    half = ulp / 2 if growth.measured else Fraction(0)
    sign = growth.sign
    # Magnitudes are k·ulp for k < every: the farthest prior is at the greatest of them.
    most = (every - 1) * ulp + half
    # Priors p in steps: growth falls by about 100·count/p² from one to the next.
    dense = isqrt(int(100 * count / ulp)) + 1
    if sign > 0:
        start = max(1, (Fraction(count) / (1 + most / 100)).__ceil__())
        stop = min(count, dense)
        priors = range(start, stop + 1)
    else:
        end = Fraction(count) / (1 - most / 100) if most < 100 else None
        stop = dense if end is None else min(dense, end.__floor__())
        priors = range(count, stop + 1)
    numerator, denominator = ulp.numerator, ulp.denominator
    # 100·|count − p|/p in last digits is top/bottom with these two; rounded, both ways at an exact half.
    # |count − p| is one way round for all of them, so that top is fixed·p ± whole: what is no multiple of p never
    # divides evenly, and most of a long walk is one division.
    twice, bottom = 200 * denominator, 2 * numerator
    whole = sign * twice * count
    fixed = (numerator if half else 0) - sign * twice
    even = [p for p in priors if not whole % p and not (whole + fixed * p) % (bottom * p)]
    found = {(whole + fixed * p) // (bottom * p) for p in even}
    if half:
        found = {k - 1 for k in found}
        found.update([(whole + fixed * p) // (bottom * p) for p in priors])
    reached = {k for k in found if 0 <= k < every}
    total = len(reached)
    if half:
        total += _dense(count, dense, sign, ulp, every, reached)
    return 1 - Fraction(min(total, every), every)


def _dense(count: int, dense: int, sign: int, ulp: Fraction, every: int, reached: set[int]) -> int:
    """Count the prints reached by the priors beyond ``dense``, which leave none out, and not yet counted."""
    near = max(dense, 1)
    if sign > 0:
        if near >= count:
            return 0 if 0 in reached else 1
        top = 100 * Fraction(count - near, near)
        last = (top / ulp + Fraction(1, 2)).__floor__()
        span = range(0, min(last, every - 1) + 1)
    else:
        start = max(near, count)
        low = 100 * Fraction(start - count, start)
        first = (low / ulp - Fraction(1, 2)).__ceil__()
        limit = min(every - 1, (100 / ulp).__ceil__() - 1)
        span = range(max(0, first), limit + 1)
    return len(span) - sum(k in span for k in reached)
