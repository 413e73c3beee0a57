"""Judge words of degree (略有, 大幅) against the change that they stand for."""

from __future__ import annotations

from fractions import Fraction

from ..extract.interval import Interval
from .case import Case, Outcome, check_bases
from .equation import number
from .solve import Undecidable
from .wording import direction_of, lexicon


def degree(case: Case) -> Outcome:
    """Judge words of degree: |current/prior - 1| in percent against what the words allow by custom."""
    check_bases(case)
    read = case.terms
    pattern, bounds = lexicon()
    m = pattern.search(case.relation.note)
    low, high = bounds.get(m["degree"] if m else "", (None, None))
    if (low, high) == (None, None):
        raise Undecidable("no_bound")
    if read.get("growth"):
        term = read["growth"][0]
        change = term.printed
        written = case.units.write(term, True)
    elif read.get("current") and read.get("prior"):
        term, prior = read["current"][0], read["prior"][0]
        change = 100 * (term.printed / prior.printed) - 100
        value = 100 * term.value / prior.value - 100
        written = f"{case.units.write(term)} / {case.units.write(prior)} - 1 = {number(value)}%"
    else:
        raise Undecidable("incomplete")
    least = None if high is None else Fraction(-high)
    bound = Interval(least, None if high is None else Fraction(high))
    holds = change.meets(bound)
    if low is not None:
        bound = Interval(Fraction(low), bound.high)
        holds = holds and (change.meets(bound) or (-change).meets(bound))
    towards = direction_of(case.relation.note)
    if towards:
        side = Interval(Fraction(0), None, True) if towards > 0 else Interval(None, Fraction(0), True, True)
        holds = holds and change.meets(side)
    basis = "exact" if all(t.exact for t in case.all) else "hedged"
    return Outcome("consistent" if holds else "suspicious", basis if holds else None, written, change, bound)
