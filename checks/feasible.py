"""Judge a growth whose prior is not printed."""

from __future__ import annotations

from .case import Case, Outcome
from .integer import whole_priors
from .solve import Undecidable


def feasible(case: Case) -> Outcome:
    """Judge a growth without a prior: some whole number must have grown so."""
    current, growth = (case.terms[name][0] for name in case.formula.roles)
    if not current.exact or not current.printed.is_point or current.value.denominator != 1:
        raise Undecidable("approximate")
    if current.value <= 0:
        raise Undecidable("zero_current")
    found = whole_priors(current, growth, growth.fine)
    verdict, basis = "consistent", "exact" if growth.exact else "hedged"
    shown = found
    if not found.count and growth.fine is not growth.printed:
        shown = found = whole_priors(current, growth, growth.printed)
        basis = "coarse"
    if not found.count:
        shown = whole_priors(current, growth, growth.cut())
        verdict, basis = "truncated" if shown.count and growth.measured else "inconsistent", ""
        if not growth.exact and whole_priors(current, growth, growth.lenient()).count:
            verdict, basis = "suspicious", "hedged"
    if verdict == "truncated" and case.cuts:
        verdict, basis = "consistent", "exact"
    if verdict == "inconsistent":
        shown = found
    text = case.units.write(current)
    listed = ", ".join(str(p) for p in shown.first) + (", …" if shown.count > len(shown.first) else "")
    equation = f"prior ∈ {{{listed}}}"
    if shown.count == 1:
        value = 100 * (current.value / shown.first[0] - 1)
        equation = f"{text} / {shown.first[0]} - 1 = {case.units.result(growth, value)}"
    elif shown.count:
        equation = f"{text} / p - 1, p ∈ {{{listed}}} ({'∞' if shown.endless else shown.count})"
    else:
        equation = f"{text} / p - 1, p ∈ ∅"
    return Outcome(
        verdict,
        basis or None,
        equation,
        growth.fine,
        shown.image,
        found.gap if verdict != "consistent" else 0,
        found.power,
    )
