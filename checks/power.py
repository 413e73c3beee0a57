"""How much a pass is worth: the share of prints of the result's own format that would not have passed."""

from __future__ import annotations

from fractions import Fraction

from ..extract.interval import Interval
from .terms import Term


def digits(term: Term) -> int:
    """Count the digits of the print; a Chinese numeral counts as its value in last digits."""
    count = sum(character.isdecimal() for character in term.claim.figure.numeral)  # ２9 has two
    return count or len(str(int(abs(term.value) / term.ulp)))


def span(term: Term, image: Interval) -> tuple[int | None, int | None]:
    """Return the first and the last print, in last digits of magnitude, that agrees with ``image``.

    A print agrees when the interval that it stands for, of the same shape as the term's own, meets the
    image. ``None`` is an end at infinity; last < first when no print agrees.
    """
    if term.halves is not None:
        return _span_of_halves(term, term.halves, image)
    printed = term.printed
    value = term.value
    if term.sign < 0:
        image, printed, value = -image, -printed, -value
    ulp = term.ulp
    first: int | None = None
    last: int | None = None
    if image.low is not None and printed.high is not None:
        start = (image.low - printed.high + value) / ulp
        first = start.__ceil__()
        if first == start and (image.low_open or printed.high_open):
            first += 1
    if image.high is not None and printed.low is not None:
        stop = (image.high - printed.low + value) / ulp
        last = stop.__floor__()
        if last == stop and (image.high_open or printed.low_open):
            last -= 1
    return first, last


def _span_of_halves(term: Term, halves: int, image: Interval) -> tuple[int | None, int | None]:
    """Do the same for points and rounded values in whole numbers, which is several times faster.

    A print k agrees when k + halves/2 >= low/ulp and k - halves/2 <= high/ulp.
    """
    low, high, low_open, high_open = image.low, image.high, image.low_open, image.high_open
    sign = term.sign
    if sign < 0:
        low, high, low_open, high_open = high, low, high_open, low_open
    unit, per = term.ulp.numerator, term.ulp.denominator
    first: int | None = None
    last: int | None = None
    if low is not None:
        bottom = 2 * low.denominator * unit
        first, rest = divmod(2 * sign * low.numerator * per - halves * low.denominator * unit, bottom)
        if rest or low_open:
            first += 1
    if high is not None:
        bottom = 2 * high.denominator * unit
        last, rest = divmod(2 * sign * high.numerator * per + halves * high.denominator * unit, bottom)
        if not rest and high_open:
            last -= 1
    return first, last


def power(term: Term, image: Interval) -> Fraction:
    """Return 1 − passing/all over all prints with as many digits before and after the point.

    Counted in closed form. ``image`` is what the other figures allow the term to be.
    """
    return measure(term, image)[1]


def gap(term: Term, image: Interval) -> int:
    """Count the last digits by which the print misses the nearest one that agrees with ``image``."""
    return measure(term, image)[0]


def measure(term: Term, image: Interval) -> tuple[int, Fraction]:
    """Return the gap and the power of a print against what the other figures allow."""
    first, last = span(term, image)
    every = 10 ** digits(term)
    low = 0 if first is None or first < 0 else first
    high = every - 1 if last is None or last >= every else last
    passing = max(0, high - low + 1)
    at = abs(term.value) / term.ulp
    missed = 0
    if first is not None and at < first:
        missed = (first - at).__ceil__()
    elif last is not None and at > last:
        missed = (at - last).__ceil__()
    return missed, Fraction(every - passing, every)
