"""Judge what must not exceed something else: bounds and rankings."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from ..extract.interval import EVERYTHING, Interval
from .case import LENIENT, POINT, Case, Outcome, interval
from .equation import expression, sides
from .formulas import FORMULAS
from .power import gap, measure, power
from .slip import one_slip
from .solve import FINE, PRINTED, Pick, Undecidable, solve


def bound(case: Case) -> Outcome:
    """Judge ``<=``: it holds when some admissible values keep to it."""
    formula, read = case.formula, case.terms
    role = formula.result
    if not read.get(role):
        raise Undecidable("incomplete")
    term = read[role][0]

    def allowed(pick: Pick) -> Interval:
        limit = interval(solve(formula, read, role, pick))
        if role in formula.below:
            return Interval(None, limit.high, True, limit.high_open)
        return Interval(limit.low, None, limit.low_open, True)

    image = allowed(FINE)
    plain = all(t.exact for t in case.all)
    if plain and allowed(POINT).contains(term.value):
        verdict, basis = "consistent", "exact"
    elif term.fine.meets(image):
        verdict, basis = "consistent", "rounded" if plain else "hedged"
    elif term.printed.meets(allowed(PRINTED)):
        verdict, basis = "consistent", "coarse"
    elif not plain and term.lenient().meets(allowed(LENIENT)):
        verdict, basis = "suspicious", "hedged"
    else:
        verdict, basis = "inconsistent", ""
    almost = verdict == "consistent" and formula.check == "sum_bound" and plain and _almost(case)
    if case.brief:
        return Outcome("suspicious" if almost else verdict, basis or None, "")
    missed, strength = measure(term, image)
    if almost:
        verdict = "suspicious"
        missed = gap(term, interval(solve(FORMULAS["sum"], read, "total", FINE)))
    return Outcome(
        verdict,
        basis or None,
        _inequality(case),
        term.fine,
        image,
        missed,
        strength,
    )


def _almost(case: Case) -> bool:
    """Tell whether one typing error parts the parts' sum from the total, where that is no coincidence."""
    parts = case.terms["part"]
    equation = FORMULAS["sum"]
    if len(parts) < 2:
        return False
    if case.terms["total"][0].fine.meets(interval(solve(equation, case.terms, "total", FINE))):
        return False
    return one_slip(equation, case.terms, chance=Fraction(1, 100))


def _inequality(case: Case) -> str:
    left, right = sides(case.formula)
    written = (expression(side, case.formula, case.terms, case.units) for side in (left, right))
    return " ≤ ".join(written) + case.units.suffix(case.terms[case.formula.result][0])


def order(case: Case) -> Outcome:
    """Judge a ranking: no item may be certainly greater than one before it."""
    items = case.terms["item"]
    if len(items) < 2:
        raise Undecidable("incomplete")
    written = " ≥ ".join(case.units.write(t) for t in items)
    plain = all(t.exact for t in items)
    ceiling = items[0].printed
    told, image, missed = items[1], EVERYTHING, 0
    for item in items[1:]:
        allowed = Interval(None, ceiling.high, True, ceiling.high_open)
        miss = 0 if item.printed.meets(allowed) else max(1, gap(item, allowed))
        if miss > missed or image is EVERYTHING:
            told, image, missed = item, allowed, miss
        own = item.printed
        if ceiling.high is None or (
            # of two equal ends the one left out is lower
            own.high is not None and (own.high, not own.high_open) < (ceiling.high, not ceiling.high_open)
        ):
            ceiling = own
    verdict = "inconsistent" if missed else "consistent"
    pointed = all(a.value >= b.value for a, b in pairwise(items))
    basis = None if missed else "hedged" if not plain else "exact" if pointed else "rounded"
    if missed and not plain:
        verdict, basis = "suspicious", "hedged"
    return Outcome(verdict, basis, written, told.printed, image, missed, power(told, image))
