"""Sets of admissible true values: exact rational intervals with open, closed or infinite ends.

A printed number stands for an interval (design: "what a printed number means"). Ends are
:class:`fractions.Fraction`; ``None`` is an infinite end, which is always open. The operations are
exact images of the two sets, openness included: ``[10, 11) - [5, 5]`` is ``[5, 6)``. No float
ever enters.

An image is exact for one operation. It stays exact for a whole formula when every argument occurs
once in it; the generated formulas are written so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction

_ZERO = Fraction(0)
_ONE = Fraction(1)
_WRITTEN = re.compile(r"\s*([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])\s*")
_set = object.__setattr__
_new = object.__new__


@dataclass(frozen=True, slots=True)
class Interval:
    """All rationals between ``low`` and ``high``; an end is left out where ``*_open`` says so.

    ``None`` stands for an infinite end. Raises ``ValueError`` when the interval would be empty.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        """Check the ends."""
        if self.low is None and not self.low_open:
            _set(self, "low_open", True)
        if self.high is None and not self.high_open:
            _set(self, "high_open", True)
        low, high = self.low, self.high
        if low is None or high is None:
            return
        if low > high or (low == high and (self.low_open or self.high_open)):
            raise ValueError(f"empty interval: {low} .. {high}")

    # -- asking ---------------------------------------------------------------------------------

    @property
    def is_point(self) -> bool:
        """Tell whether exactly one value is admissible."""
        return self.low is not None and (self.low is self.high or self.low == self.high)

    def contains(self, value: Number) -> bool:
        """Tell whether ``value`` is admissible."""
        low, high = self.low, self.high
        if low is not None and (value < low or (self.low_open and value == low)):
            return False
        return high is None or not (value > high or (self.high_open and value == high))

    def meets(self, other: Interval) -> bool:
        """Tell whether some value is admissible to both (touching closed ends count)."""
        return _reaches(self.low, other.high, self.low_open or other.high_open) and _reaches(
            other.low, self.high, other.low_open or self.high_open
        )

    def meet(self, other: Interval) -> Interval | None:
        """Return the values admissible to both, or ``None`` when there is none."""
        if not self.meets(other):
            return None
        low, low_open = self.low, self.low_open
        if low is None or (
            other.low is not None and (other.low > low or (other.low == low and other.low_open))
        ):
            low, low_open = other.low, other.low_open
        high, high_open = self.high, self.high_open
        if high is None or (
            other.high is not None and (other.high < high or (other.high == high and other.high_open))
        ):
            high, high_open = other.high, other.high_open
        return _make(low, high, low_open, high_open)

    def distance(self, other: Interval) -> Fraction:
        """Return the gap between the nearest ends; 0 when they overlap or touch, at open ends too."""
        if self.low is not None and other.high is not None and self.low > other.high:
            return self.low - other.high
        if other.low is not None and self.high is not None and other.low > self.high:
            return other.low - self.high
        return _ZERO

    def __str__(self) -> str:
        """Write the form that the audit prints and :func:`parse` reads."""
        low = "-inf" if self.low is None else str(self.low)
        high = "inf" if self.high is None else str(self.high)
        return f"{'(' if self.low_open else '['}{low}, {high}{')' if self.high_open else ']'}"

    # -- arithmetic -----------------------------------------------------------------------------

    def __neg__(self) -> Interval:
        """Mirror at 0."""
        low, high = self.low, self.high
        if low is high and low is not None:
            value = -low
            return _make(value, value, False, False)
        return _make(
            None if high is None else -high, None if low is None else -low, self.high_open, self.low_open
        )

    def __add__(self, other: Interval | Number) -> Interval:
        """Add a number or an independent interval."""
        if not isinstance(other, Interval):
            return self._shift(other)
        low, high = other.low, other.high
        if low is high and low is not None:
            return self._shift(low)
        if self.low is self.high and self.low is not None:
            return other._shift(self.low)
        return _make(
            None if self.low is None or low is None else self.low + low,
            None if self.high is None or high is None else self.high + high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    __radd__ = __add__

    def __sub__(self, other: Interval | Number) -> Interval:
        """Subtract a number or an independent interval."""
        return self + (-other)

    def __rsub__(self, other: Number) -> Interval:
        """Subtract from a number."""
        return (-self)._shift(other)

    def __mul__(self, other: Interval | Number) -> Interval:
        """Multiply by a number or an independent interval."""
        if not isinstance(other, Interval):
            return self._scale(other)
        if other.low is other.high and other.low is not None:
            return self._scale(other.low)
        if self.low is self.high and self.low is not None:
            return other._scale(self.low)
        a, b, c, d = self.low, self.high, other.low, other.high
        if a is not None and b is not None and c is not None and d is not None and a > 0 and c > 0:
            return _make(a * c, b * d, self.low_open or other.low_open, self.high_open or other.high_open)
        return _product(self, other)

    __rmul__ = __mul__

    def __truediv__(self, other: Interval | Number) -> Interval:
        """Divide; ``ZeroDivisionError`` when the divisor contains 0 (an open end at 0 is none)."""
        if isinstance(other, Interval):
            low, high = other.low, other.high
            if low is not high or low is None:
                return self * other._inverse()
            other = low
        divisor = other if isinstance(other, Fraction) else Fraction(other)
        low, high = self.low, self.high
        if low is high and low is not None:
            value = low / divisor
            return _make(value, value, False, False)
        down = None if low is None else low / divisor
        up = None if high is None else high / divisor
        if divisor > 0:
            return _make(down, up, self.low_open, self.high_open)
        if divisor == 0:
            raise ZeroDivisionError(f"division of {self} by 0")
        return _make(up, down, self.high_open, self.low_open)

    def __rtruediv__(self, other: Number) -> Interval:
        """Divide a number; ``ZeroDivisionError`` as for division."""
        return self._inverse()._scale(other)

    def __pow__(self, exponent: int) -> Interval:
        """Raise to an integer power; a negative one raises ``ZeroDivisionError`` as division does."""
        if exponent < 0:
            return self._inverse() ** -exponent
        if exponent == 0:
            return point(1)
        low, high = self.low, self.high
        ends = (
            None if low is None else low**exponent,
            None if high is None else high**exponent,
        )
        if exponent % 2 or (low is not None and low >= 0):
            return _make(*ends, self.low_open, self.high_open)
        if high is not None and high <= 0:
            return _make(ends[1], ends[0], self.high_open, self.low_open)
        # An even power of an interval around 0 reaches down to 0 and up to the end that is farther away.
        left, right = ends
        if left is None or right is None:
            return _make(_ZERO, None, False, True)
        if left == right:
            return _make(_ZERO, left, False, self.low_open and self.high_open)
        if left > right:
            return _make(_ZERO, left, False, self.low_open)
        return _make(_ZERO, right, False, self.high_open)

    def _shift(self, by: Number) -> Interval:
        low, high = self.low, self.high
        if low is high and low is not None:
            value = low + by
            return _make(value, value, False, False)
        return _make(
            None if low is None else low + by,
            None if high is None else high + by,
            self.low_open,
            self.high_open,
        )

    def _scale(self, by: Number) -> Interval:
        low, high = self.low, self.high
        if low is high and low is not None:
            value = low * by
            return _make(value, value, False, False)
        if by == 0:
            return _make(_ZERO, _ZERO, False, False)
        down = None if low is None else low * by
        up = None if high is None else high * by
        if by > 0:
            return _make(down, up, self.low_open, self.high_open)
        return _make(up, down, self.high_open, self.low_open)

    def _inverse(self) -> Interval:
        low, high = self.low, self.high
        if low is high and low is not None:
            value = 1 / low
            return _make(value, value, False, False)
        if self.contains(0):
            raise ZeroDivisionError(f"division by {self}, which contains 0")
        # Now 0 is outside or an open end: 1/x falls on either side of 0, an end at 0 goes to infinity.
        down = _ZERO if high is None else None if high == 0 else 1 / high
        up = _ZERO if low is None else None if low == 0 else 1 / low
        return _make(down, up, self.high_open or down is None, self.low_open or up is None)


def _reaches(low: Fraction | None, high: Fraction | None, either_open: bool) -> bool:
    """Tell whether something lies between a low end and a high end."""
    if low is None or high is None:
        return True
    # Cross-multiplied: comparing two fractions directly takes several times as long.
    gap = high.numerator * low.denominator - low.numerator * high.denominator
    return gap > 0 or (gap == 0 and not either_open)


def _make(low: Fraction | None, high: Fraction | None, low_open: bool, high_open: bool) -> Interval:
    """Build an interval known to be well formed, without the checks of the constructor."""
    made = _new(Interval)
    _set(made, "low", low)
    _set(made, "high", high)
    _set(made, "low_open", low_open)
    _set(made, "high_open", high_open)
    return made


# An end of an interval for products: its value (infinite: the sign only) and whether it is attained.
_End = tuple[Fraction, bool, bool]  # value or sign, infinite, open


def _product(left: Interval, right: Interval) -> Interval:
    """Multiply in general: the extremes over the four pairs of ends."""
    ends = [_times(a, b) for a in _ends(left) for b in _ends(right)]
    low = min(ends, key=lambda end: (_rank(end), end[2]))
    high = max(ends, key=lambda end: (_rank(end), not end[2]))
    return _make(
        None if low[1] else low[0],
        None if high[1] else high[0],
        low[2],
        high[2],
    )


def _ends(interval: Interval) -> tuple[_End, _End]:
    low: _End = (-_ONE, True, True) if interval.low is None else (interval.low, False, interval.low_open)
    high: _End = (_ONE, True, True) if interval.high is None else (interval.high, False, interval.high_open)
    return low, high


def _times(a: _End, b: _End) -> _End:
    """Multiply two ends: 0 times anything is 0, attained when the 0 is, as no set is empty."""
    zero_a, zero_b = a[0] == 0, b[0] == 0
    if zero_a or zero_b:
        return _ZERO, False, not ((zero_a and not a[2]) or (zero_b and not b[2]))
    if a[1] or b[1]:
        return (_ONE if (a[0] > 0) == (b[0] > 0) else -_ONE), True, True
    return a[0] * b[0], False, a[2] or b[2]


def _rank(end: _End) -> tuple[int, Fraction]:
    if end[1]:
        return (1 if end[0] > 0 else -1), _ZERO
    return 0, end[0]


def point(value: Number) -> Interval:
    """Return the interval whose only member is ``value``."""
    exact = value if isinstance(value, Fraction) else Fraction(value)
    return _make(exact, exact, False, False)


def rounded(value: Number, ulp: Number) -> Interval:
    """Return what rounds to ``value`` at last digits worth ``ulp`` > 0, both exact halves included."""
    half = Fraction(ulp) / 2
    return _make(value - half, value + half, False, False)


def truncated(value: Number, ulp: Number) -> Interval:
    """Return what becomes ``value`` when all is cut off after digits worth ``ulp`` > 0.

    Cutting goes towards 0, as XBRL calculations have it: ``12`` is [12, 13), ``-12`` is (-13, -12],
    ``0`` is (-1, 1).
    """
    low = high = Fraction(value)
    if value >= 0:
        high = high + ulp
    if value <= 0:
        low = low - ulp
    return _make(low, high, value <= 0, value >= 0)


def parse(text: str) -> Interval:
    """Read what ``str()`` writes: ``[16277/200, 16279/200]``, ``(3, inf)``. Else ``ValueError``."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError(f"not an interval: {text!r}")
    left, low, high, right = match.groups()
    return Interval(
        None if low == "-inf" else Fraction(low),
        None if high == "inf" else Fraction(high),
        left == "(",
        right == ")",
    )


EVERYTHING = Interval(None, None, True, True)
