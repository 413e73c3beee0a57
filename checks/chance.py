"""How often honest rounding makes a sum miss its total by so much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import comb, factorial, lcm

# Parts of many different precisions have one term for each mixture; beyond this it is not worth it.
_MIXTURES = 4096


def rounding_chance(ulps: Sequence[Fraction], gap: Fraction) -> Fraction | None:
    """Return the chance that rounding errors add up to at least ``gap`` either way.

    Each error is uniform over one last digit (``ulps``, each > 0) around 0 and independent, so the sum
    follows Irwin and Hall's law (J. O. Irwin, P. Hall, Biometrika 19, 1927), here with unequal widths.
    ``None`` when the precisions are too mixed to be counted quickly.
    """
    if gap <= 0:
        return Fraction(1)
    scale = lcm(gap.denominator, *(ulp.denominator for ulp in ulps)) * 2
    widths = Counter(int(ulp * scale) for ulp in ulps)
    n = len(ulps)
    mixtures = 1
    for count in widths.values():
        mixtures *= count + 1
    if mixtures > _MIXTURES:
        return None
    # P(sum of U(0, w_i) <= t): inclusion and exclusion over the widths that are used up.
    t = sum(width * count for width, count in widths.items()) // 2 - int(gap * scale)
    if t <= 0:
        return Fraction(0)
    groups = sorted(widths.items())
    volume = 0
    for used in product(*(range(count + 1) for _, count in groups)):
        left = t - sum(k * width for k, (width, _) in zip(used, groups, strict=True))
        if left > 0:
            ways = 1
            for k, (_, count) in zip(used, groups, strict=True):
                ways *= comb(count, k)
            volume += (-1) ** sum(used) * ways * left**n
    whole = factorial(n)
    for width, count in groups:
        whole *= width**count
    return Fraction(2 * volume, whole)
