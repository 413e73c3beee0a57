"""Judge equations by existence: some choice of admissible values satisfies the formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from ..extract.interval import Interval, point
from .case import (
    CUT,
    LENIENT,
    ONE_DIGIT,
    SUMS,
    TRUNCATES,
    ZERO,
    Case,
    Outcome,
    check_bases,
    interval,
    single,
)
from .chance import rounding_chance
from .equation import addition, expression, sides
from .formula import added
from .power import measure
from .solve import FINE, PRINTED, VALUE, Pick, Undecidable, solve
from .terms import AVERAGES, Term

# A rounding gap less likely than this is not put down to rounding.
UNLIKELY = Fraction(1, 1000)


def equation(case: Case) -> Outcome:
    """Judge ``result = f(others)``; a result of several figures is their sum."""
    formula, read = case.formula, case.terms
    check_bases(case)
    role = _result(case)
    if not read.get(role):
        raise Undecidable("incomplete")
    many = role in formula.variadic

    def left(pick: Pick) -> Any:
        return added([pick(t) for t in read[role]]) if many else pick(read[role][0])

    def right(pick: Pick) -> Any:
        return solve(formula, read, role, pick)

    value = single(right, VALUE)
    if value is not None and all(t.printed.is_point for r, ts in read.items() if r != role for t in ts):
        image = point(value)  # counts only: nothing to spread
    else:
        image = interval(right(FINE))
    stated = interval(left(FINE))
    verdict, basis, chance = _decide(case, role, left, right, stated, image, value)
    # The gap and the power are told of one printed figure.
    told = read[role][0]
    allowed = image
    if many:
        index = max(range(len(read[role])), key=lambda i: read[role][i].ulp)
        told = read[role][index]
        allowed = interval(solve(formula, read, role, FINE, skip=index))
    if case.brief:
        return Outcome(verdict, basis, "")
    missed, strength = measure(told, allowed)
    return Outcome(
        verdict,
        basis,
        _written(case, role, value, image, verdict),
        stated,
        image,
        0 if verdict == "consistent" else max(1, missed),
        strength,
        chance,
    )


def _decide(
    case: Case,
    role: str,
    left: Callable[[Pick], Any],
    right: Callable[[Pick], Any],
    stated: Interval,
    image: Interval,
    value: Fraction | None,
) -> tuple[str, str | None, Fraction | None]:
    """Find the first basis that suffices, else what explains the failure."""
    every, results = case.all, case.terms[role]
    plain = all(t.exact for t in every)
    truncates = case.formula.check in TRUNCATES and len(results) == 1 and results[0].measured
    if case.cuts and truncates and plain:
        return _decide_cut(results[0], stated, image, value)
    if plain and value is not None and _exact(left, results, stated, value):
        return "consistent", "exact", None
    if case.balanced and value is not None and abs(value - results[0].value) <= results[0].ulp:
        return "consistent", "balanced", None
    if stated.meets(image):
        if not plain:
            return "consistent", "hedged", None
        chance = _chance(case, role, left(VALUE), value)
        unlikely = chance is not None and chance < UNLIKELY
        return ("suspicious" if unlikely else "consistent"), "rounded", chance
    coarse = any(t.fine is not t.printed for t in every)
    if coarse and interval(left(PRINTED)).meets(interval(right(PRINTED))):
        # Dropped zeros and honest rounding cannot be told apart here: sums of genuine reports that mix 61.5
        # with 6292.13 miss by one digit as often as not. A weak pass, never a finding.
        return "consistent", "coarse", None
    excused = case.disclaimer and case.formula.check in SUMS
    if excused and interval(left(ONE_DIGIT)).meets(interval(right(ONE_DIGIT))):
        return "consistent", "disclaimed", None
    if truncates and results[0].cut().meets(image):
        return "truncated", None, None
    if case.cuts and case.formula.check in SUMS and interval(left(CUT)).meets(interval(right(CUT))):
        return "consistent", "rounded", None
    if not plain and _leniently(left, right):
        return "suspicious", "hedged", None
    return "inconsistent", None, None


def _decide_cut(
    result: Term, stated: Interval, image: Interval, value: Fraction | None
) -> tuple[str, str | None, Fraction | None]:
    """Judge a result in a document that cuts off: there a rounded-up digit is the odd one."""
    if value is not None and result.cut().contains(value):
        return "consistent", "exact", None
    if result.cut().meets(image):
        return "consistent", "rounded", None
    return ("suspicious", "rounded", None) if stated.meets(image) else ("inconsistent", None, None)


def _exact(left: Callable[[Pick], Any], results: Sequence[Term], stated: Interval, value: Fraction) -> bool:
    """Tell whether the printed inputs give the printed result at its digits."""
    if len(results) == 1:
        return stated.contains(value)
    return bool(left(VALUE) == value)


def _chance(case: Case, role: str, stated: Fraction, value: Fraction | None) -> Fraction | None:
    """Return the chance of the rounding gap of a sum; ``None`` for other formulas."""
    if case.formula.check not in SUMS or value is None:
        return None
    results = case.terms[role]
    errors = [t.ulp for t in case.all if t.measured]
    missed = abs(stated - value)
    if len(results) == 1 and results[0].measured:
        # The total rounds the same sum once more: its own half digit is taken off the gap.
        errors.remove(results[0].ulp)
        missed -= results[0].ulp / 2
    return rounding_chance(errors, missed) if errors else None


def _leniently(left: Callable[[Pick], Any], right: Callable[[Pick], Any]) -> bool:
    """Tell whether the tie could hold if the custom ends of the hedges were dropped."""
    try:
        return interval(left(LENIENT)).meets(interval(right(LENIENT)))
    except ZeroDivisionError:
        return True


def _result(case: Case) -> str:
    """Choose the side that states: the coarser of two equal figures, the growth of an average."""
    formula = case.formula
    if formula.check in AVERAGES:
        return "growth"
    told = [name for name in formula.arguments if case.terms.get(name)]  # a pair of units has no printed rate
    if (
        len(told) == 2
        and (formula.check == "unit_pair" or len(formula.arguments) == 2)
        and not formula.variadic
    ):
        first, second = (case.terms[name][0] for name in told)
        if second.ulp > first.ulp:
            return told[1]
    return formula.result


def _written(case: Case, role: str, value: Fraction | None, image: Interval, verdict: str) -> str:
    """Write the equation; where two printed sides are compared, with what each comes to."""
    formula, read, units = case.formula, case.terms, case.units
    left, right = sides(formula)
    if formula.check in AVERAGES:
        growth = read["growth"][0]
        if formula.check == "growth_compound":
            told = read["total_growth"][0]
            ends = f"1 {'-' if told.sign < 0 else '+'} {units.write(told).lstrip('-')}"
        else:
            end = units.write(read["end"][0])
            if formula.check == "growth_average":
                ends = f"{end} / {units.write(read['start'][0])}"
            else:
                change = read["change"][0]
                ends = f"{end} / ({end} {'+' if change.sign < 0 else '-'} {units.write(change).lstrip('-')})"
        steps = f"({ends}) ** (1/{units.write(read['years'][0])}) - 1"
        value = interval(solve(formula, read, role, VALUE)).low
        return f"{steps} = {units.result(growth, value or ZERO)}"
    if role in formula.variadic:
        told = read[role][0]
        first = f"{addition(read[role], units)} = {units.result(told, added([t.value for t in read[role]]))}"
        if right == "100":
            return first
        other = right[4:-1]
        comes_to = added([t.value for t in read[other]])
        return f"{first}, {addition(read[other], units)} = {units.result(read[other][0], comes_to)}"
    if len(formula.arguments) == 2 and not formula.variadic:
        one, two = (units.write(read[name][0], True) for name in formula.arguments)
        return f"{one} {'=' if verdict == 'consistent' else '≠'} {two}{units.suffix(read[role][0])}"
    if left != role:
        sign = " = " if verdict == "consistent" else " ≠ "
        return sign.join(expression(side, formula, read, units) for side in (left, right))
    text = expression(right, formula, read, units)
    if value is None:
        return f"{text} ∈ {image}"
    return f"{text} = {units.result(read[role][0], value)}"
