"""Intervals for verifying an audit, written anew: the verifier shares no arithmetic with the engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_WRITTEN = re.compile(r"([\[(])(-inf|-?\d+(?:/[1-9]\d*)?), (inf|-?\d+(?:/[1-9]\d*)?)([\])])")


@dataclass(frozen=True)
class Span:
    """All numbers from ``low`` to ``high``; ``None`` is an infinite end, ``*_open`` leaves an end out."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __str__(self) -> str:
        """The form of the contract."""
        low = "-inf" if self.low is None else self.low
        high = "inf" if self.high is None else self.high
        return f"{'(' if self.low_open else '['}{low}, {high}{')' if self.high_open else ']'}"

    @property
    def is_point(self) -> bool:
        """Whether it holds one number only."""
        return self.low is not None and self.low == self.high

    def holds(self, number: Fraction) -> bool:
        """Whether ``number`` is inside."""
        return self.meets(only(number))

    def meets(self, other: Span) -> bool:
        """Whether some number is inside both."""
        return _below(self.low, self.low_open, other.high, other.high_open) and _below(
            other.low, other.low_open, self.high, self.high_open
        )

    def plus(self, other: Span) -> Span:
        """All sums of a number of each."""
        return Span(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def times(self, factor: Fraction) -> Span:
        """All multiples by one factor, which is not 0."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor > 0:
            return Span(low, high, self.low_open, self.high_open)
        return Span(high, low, self.high_open, self.low_open)


def only(number: Fraction | int) -> Span:
    """One number."""
    return Span(Fraction(number), Fraction(number))


def around(number: Fraction, reach: Fraction) -> Span:
    """Everything within ``reach`` of a number, the ends included."""
    return Span(number - reach, number + reach)


def parse(text: str) -> Span:
    """Read ``[16277/200, 16279/200)``; ``ValueError`` where nothing or no number is inside."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    low = None if found[2] == "-inf" else Fraction(found[2])
    high = None if found[3] == "inf" else Fraction(found[3])
    span = Span(low, high, found[1] == "(", found[4] == ")")
    infinite = (low is None and not span.low_open) or (high is None and not span.high_open)
    if infinite or not _below(low, span.low_open, high, span.high_open):
        raise ValueError(text)
    return span


def _below(low: Fraction | None, low_open: bool, high: Fraction | None, high_open: bool) -> bool:
    if low is None or high is None:
        return True
    return low < high or (low == high and not low_open and not high_open)


def steps_apart(printed: Span, ulp: Fraction, allowed: Span) -> tuple[int | None, int | None]:
    """By how many last digits the print may move, at least and at most, so that it meets ``allowed``.

    ``None`` is no limit. The print agrees as it stands where 0 lies between the two.
    """
    least = most = None
    if allowed.low is not None and printed.high is not None:
        exact = (allowed.low - printed.high) / ulp
        least = -((-exact.numerator) // exact.denominator)
        least += exact == least and (allowed.low_open or printed.high_open)
    if allowed.high is not None and printed.low is not None:
        exact = (allowed.high - printed.low) / ulp
        most = exact.numerator // exact.denominator
        most -= exact == most and (allowed.high_open or printed.low_open)
    return least, most
