"""Sets of admissible true values: exact rational intervals with open, closed or infinite ends.

A printed number stands for an interval (design: "what a printed number means"). Ends are
:class:`fractions.Fraction`; ``None`` is an infinite end, which is always open. The operations are
exact images of the two sets, openness included: ``[10, 11) - [5, 5]`` is ``[5, 6)``. No float
ever enters.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction


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
        if self.low is None and not self.low_open:
            object.__setattr__(self, "low_open", True)
        if self.high is None and not self.high_open:
            object.__setattr__(self, "high_open", True)
        if self.low is not None and self.high is not None:
            if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
                raise ValueError(f"empty interval: {self.low} .. {self.high}")
