"""Whether one typing error explains a gap."""

from __future__ import annotations

from fractions import Fraction

from ..extract.interval import Interval, point
from .formula import Formula
from .power import digits, span
from .solve import FINE, Terms, Undecidable, solve


def one_slip(formula: Formula, terms: Terms, chance: Fraction | None = None) -> bool:
    """Tell whether one digit replaced, or two neighbours swapped, in one figure makes the tie hold.

    With ``chance`` only when so few of the gaps as large as the greatest figure have such an explanation
    that it is unlikely to be a coincidence.
    """
    explained, tried = False, 0
    greatest = Fraction(1)
    for role, members in terms.items():
        for index, term in enumerate(members):
            try:
                skip = index if role in formula.variadic else None
                allowed = solve(formula, terms, role, FINE, skip)
            except (Undecidable, ZeroDivisionError):
                continue
            first, last = span(term, allowed if isinstance(allowed, Interval) else point(allowed))
            now = int(abs(term.value) / term.ulp)
            greatest = max(greatest, abs(term.value) / term.ulp)
            for other in variants(now, digits(term)):
                tried += 1
                if (first is None or other >= first) and (last is None or other <= last):
                    explained = True
    return explained and (chance is None or tried <= chance * 2 * greatest)


def variants(now: int, count: int) -> set[int]:
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
    return found
