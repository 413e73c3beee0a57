"""Judge a whole's growth or rate by those of its parts alone: it lies between the least and the greatest."""

from __future__ import annotations

from ..extract.interval import Interval
from .case import Case, Outcome
from .power import measure
from .solve import Undecidable


def between(case: Case) -> Outcome:
    """Judge a whole against the span of its parts; exact, since a weighted mean takes every value inside."""
    growth = case.terms.get("growth") or case.terms.get("rate") or []
    parts = case.terms.get("part_growth") or case.terms.get("part_rate") or []
    if not growth or len(parts) < 2:
        raise Undecidable("incomplete")
    term = growth[0]
    ends = [p.fine for p in parts]
    lows = [e.low for e in ends]
    highs = [e.high for e in ends]
    low = None if None in lows else min(x for x in lows if x is not None)
    high = None if None in highs else max(x for x in highs if x is not None)
    span = Interval(low, high)
    written = [case.units.write(p, True) for p in parts]
    missed, strength = measure(term, span)
    holds = term.fine.meets(span)
    plain = all(t.exact for t in (term, *parts))
    return Outcome(
        "consistent" if holds else "inconsistent",
        ("exact" if plain else "hedged") if holds else None,
        f"{case.units.write(term, True)} ∈ [{', '.join(written)}]",
        term.fine,
        span,
        0 if holds else max(1, missed),
        strength,
    )
