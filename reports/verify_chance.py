"""How likely honest rounding makes a sum miss by so much: Irwin and Hall's law, once more."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial, prod

# Sums of very many mixed precisions have too many pieces to be counted.
_PIECES = 50_000


def chance_of_gap(ulps: Sequence[Fraction], gap: Fraction) -> Fraction | None:
    """The chance that errors, each uniform over one last digit around 0, add up to ``gap`` or more either way.

    The volume of a corner of the box of errors, by the product of ``1 - z**ulp`` over all errors: each
    of its terms is one truncated power. ``None`` where there are too many terms.
    """
    if gap <= 0:
        return Fraction(1)
    reach = sum(ulps, Fraction(0)) / 2 - gap
    if reach <= 0:
        return Fraction(0)
    pieces: dict[Fraction, int] = {Fraction(0): 1}
    for ulp in ulps:
        grown = dict(pieces)
        for at, count in pieces.items():
            if at + ulp < reach:
                grown[at + ulp] = grown.get(at + ulp, 0) - count
        pieces = grown
        if len(pieces) > _PIECES:
            return None
    n = len(ulps)
    volume = sum((count * (reach - at) ** n for at, count in pieces.items()), Fraction(0))
    return 2 * volume / (factorial(n) * prod(ulps, start=Fraction(1)))
