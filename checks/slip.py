"""Whether one typing error explains a gap."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from ..extract.interval import Interval, point
from .formula import Formula
from .power import digits, span
from .solve import FINE, Terms, Undecidable, solve


def one_slip(formula: Formula, terms: Terms, chance: Fraction | None = None) -> bool:
    """Tell whether one digit replaced, or two neighbours swapped, in one figure makes the tie hold.

    With ``chance`` only when so few of the gaps as large as the greatest figure have such an explanation
    that it is unlikely to be a coincidence.
    """
    every = [term for members in terms.values() for term in members]
    if chance is not None:
        # About nine digits and one swap at every place, against gaps of either sign.
        greatest = max(abs(term.value) / term.ulp for term in every)
        if sum(10 * digits(term) for term in every) > chance * 2 * greatest:
            return False
    return any(_mends(formula, terms, role, i) for role in terms for i in range(len(terms[role])))


def _mends(formula: Formula, terms: Terms, role: str, index: int) -> bool:
    """Tell whether a slip in this figure makes the tie hold at the habit's precision."""
    term = terms[role][index]
    try:
        allowed = solve(formula, terms, role, FINE, index if role in formula.variadic else None)
    except (Undecidable, ZeroDivisionError):
        return False
    first, last = span(term, allowed if isinstance(allowed, Interval) else point(allowed))
    now = int(abs(term.value) / term.ulp)
    return any(
        (first is None or other >= first) and (last is None or other <= last)
        for other in variants(now, digits(term))
    )


@lru_cache(maxsize=4096)
def variants(now: int, count: int) -> frozenset[int]:
    """Return what ``now``, of ``count`` digits, becomes by one replaced digit or a swap of neighbours."""
    found = set()
    place = 1
    for _ in range(count):
        digit = now // place % 10
        for other in range(10):
            found.add(now + (other - digit) * place)
        higher = now // (place * 10) % 10
        if place * 10 <= now:
            found.add(now + (digit - higher) * (place * 10 - place))
        place *= 10
    found.discard(now)
    return frozenset(found)
