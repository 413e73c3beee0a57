"""Judge a value against the value of the year before by its size alone."""

from __future__ import annotations

from fractions import Fraction

from ..extract.interval import Interval
from .case import Case, Outcome, check_bases
from .equation import number
from .solve import Undecidable

# What an indicator that was steady before may change by in a year, in percent: to a fifth, or to five times.
ALLOWED = Interval(Fraction(-80), Fraction(400))


def leap(case: Case) -> Outcome:
    """Judge a steady series: |current/prior - 1| in percent within :data:`ALLOWED`, by custom."""
    check_bases(case)
    current, prior = case.terms.get("current"), case.terms.get("prior")
    if not current or not prior:
        raise Undecidable("incomplete")
    change = 100 * (current[0].printed / prior[0].printed) - 100
    holds = change.meets(ALLOWED)
    basis = "exact" if all(t.exact for t in case.all) else "hedged"
    times = number(current[0].value / prior[0].value)
    written = f"{case.units.write(current[0])} / {case.units.write(prior[0])} = {times}"
    return Outcome(
        "consistent" if holds else "suspicious", basis if holds else None, written, change, ALLOWED
    )
