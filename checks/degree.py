"""Judge words of degree (略有, 大幅) against the change that they stand for."""

from __future__ import annotations

from fractions import Fraction

from ..extract.interval import Interval, point
from .case import Case, Outcome, check_bases
from .equation import number
from .solve import Undecidable
from .wording import Degree, degree_of, is_none


def degree(case: Case) -> Outcome:
    """Judge words of degree: current/prior - 1 in percent against what the words allow by custom."""
    check_bases(case)
    read = case.terms
    if read.get("current") and is_none(case.relation.note):
        return _none(case)
    found = degree_of(case.relation.note)
    if found is None:
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
    bound = _bound(found, change)
    holds = change.meets(bound)
    basis = "exact" if all(t.exact for t in case.all) else "hedged"
    return Outcome("consistent" if holds else "suspicious", basis if holds else None, written, change, bound)


def _none(case: Case) -> Outcome:
    """Judge that there was none: the count is 0."""
    term = case.terms["current"][0]
    nothing = point(0)
    holds = term.printed.meets(nothing)
    basis = "exact" if term.exact else "hedged"
    verdict = "consistent" if holds else "suspicious"
    return Outcome(verdict, basis if holds else None, case.units.write(term), term.printed, nothing)


def _bound(found: Degree, change: Interval) -> Interval:
    """What the words allow: on the side that they say, else on that of the change where they ask for a least size."""
    low = None if found.low is None else Fraction(found.low)
    high = None if found.high is None else Fraction(found.high)
    side = found.towards
    if not side and low is not None:
        side = -1 if change.high is not None and change.high <= 0 else 1
    if not side:
        return Interval(None if high is None else -high, high)
    upward = Interval(low if low is not None else Fraction(0), high, low is None)
    if side > 0:
        return upward
    return Interval(
        None if high is None else -high, -low if low is not None else Fraction(0), False, low is None
    )
