"""Judge lists: counts of items, copies, ratios member by member."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from ..extract.interval import point
from .case import ZERO, Case, Outcome, interval, nearest
from .equations import equation
from .formula import added
from .formulas import FORMULAS
from .power import gap, power
from .solve import FINE, PRINTED, VALUE, Pick, Undecidable


def count(case: Case) -> Outcome:
    """Judge a stated count against the number of items listed."""
    term = case.terms["count"][0]
    listed = len(case.relation.items) or len(case.terms.get("item", ()))
    if not listed:
        raise Undecidable("incomplete")
    image = point(listed)
    if term.printed.contains(listed):
        verdict, basis = "consistent", "exact" if term.exact else "hedged"
    elif not term.exact and term.lenient().contains(listed):
        verdict, basis = "suspicious", "hedged"
    else:
        verdict, basis = "inconsistent", ""
    sign = "=" if verdict == "consistent" else "≠"
    equation = f"{' + '.join('1' * listed)} = {listed}" if listed <= 6 else f"{listed}"
    return Outcome(
        verdict,
        basis or None,
        f"{equation} {sign} {case.units.write(term)}"
        if listed > 6
        else f"{equation}" + ("" if sign == "=" else f" ≠ {case.units.write(term)}"),
        term.printed,
        image,
        gap(term, image),
        power(term, image),
    )


def copies(case: Case) -> Outcome:
    """Judge two lists of unusual figures: that they are equal is what is suspicious."""
    first, second = case.terms.get("first", []), case.terms.get("second", [])
    if not first or len(first) != len(second):
        raise Undecidable("incomplete")
    same = all(a.value == b.value for a, b in zip(first, second, strict=True))
    written = [", ".join(case.units.write(t, True) for t in members) for members in (first, second)]
    equation = f"({written[0]}) {'=' if same else '≠'} ({written[1]})"
    return Outcome("suspicious" if same else "consistent", None if same else "exact", equation)


def each(case: Case) -> Outcome:
    """Judge a list of ratios member by member; a printed total is used, else the parts' sum.

    Where the list makes 100 and the honest roundings do not, one last digit is allowed (balanced).
    """
    read, formula = case.terms, case.formula
    ratios, parts = read.get("ratio", []), read.get("part", [])
    if not ratios:
        raise Undecidable("incomplete")
    if not parts:
        share = FORMULAS["percent_sum"]
        return equation(replace(case, formula=share, terms={"share": ratios}))
    if len(parts) != len(ratios):
        raise Undecidable("incomplete")

    def images(pick: Pick) -> list[Any]:
        whole = read.get("total")
        if whole:
            return [formula.solve["ratio"](pick(part), pick(whole[0])) for part in parts]
        # Without a total each part still occurs once: 100 / (1 + rest/part).
        answers = []
        for index, part in enumerate(parts):
            rest = [pick(p) for i, p in enumerate(parts) if i != index]
            answers.append(100 / (1 + added(rest) / pick(part)) if rest else Fraction(100))
        return answers

    fine = [interval(image) for image in images(FINE)]
    values: list[Fraction] = images(VALUE)
    plain = all(t.exact for t in case.all)
    worst = max(range(len(ratios)), key=lambda i: gap(ratios[i], fine[i]))
    missed = gap(ratios[worst], fine[worst])
    if plain and all(t.fine.contains(v) for t, v in zip(ratios, values, strict=True)):
        verdict, basis = "consistent", "exact"
    elif (
        plain
        and sum(t.value for t in ratios) == 100
        and sum((nearest(v, t.ulp) for t, v in zip(ratios, values, strict=True)), ZERO) != 100
        and all(abs(v - t.value) <= t.ulp for t, v in zip(ratios, values, strict=True))
    ):
        verdict, basis = "consistent", "balanced"
    elif all(t.fine.meets(image) for t, image in zip(ratios, fine, strict=True)):
        verdict, basis = "consistent", "rounded" if plain else "hedged"
    elif all(t.printed.meets(interval(i)) for t, i in zip(ratios, images(PRINTED), strict=True)):
        verdict, basis = "consistent", "coarse"
    elif all(t.fine.meets(i) or t.cut().meets(i) for t, i in zip(ratios, fine, strict=True)):
        verdict, basis = ("consistent", "rounded") if case.cuts else ("truncated", "")
    else:
        verdict, basis = "inconsistent", ""
    shown = " : ".join(case.units.result(t, v).rstrip("%") for t, v in zip(ratios, values, strict=True))
    written = " : ".join(case.units.write(part) for part in parts)
    return Outcome(
        verdict,
        basis or None,
        f"{written} = {shown}",
        ratios[worst].fine,
        fine[worst],
        missed,
        power(ratios[worst], fine[worst]),
    )
