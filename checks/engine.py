"""The verdict of exact arithmetic on a relation (design: "Verdicts").

The engine decides existence: is there a choice of admissible values that satisfies the formula? The formulas
hold every figure once, so the interval of one side given the other figures answers it exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ..extract.interval import EVERYTHING, Interval, point
from .audit import Habits
from .balanced import closed_lists
from .chance import rounding_chance
from .equation import Units, addition, expression, number, sides
from .formula import Formula, added
from .formulas import FORMULAS
from .habits import cuts_off, infer_habits
from .integer import whole_priors
from .power import gap, measure, power
from .relation import Relation, Verdict
from .severity import escalate, severity
from .slip import one_slip
from .solve import FINE, PRINTED, VALUE, Pick, Undecidable, solve
from .terms import Term, terms
from .wording import lexicon

__all__ = ["cuts_off", "infer_habits", "judge", "judge_all"]

# Kinds of result that may have been cut off instead of rounded: rates, shares, growths, averages.
TRUNCATES = frozenset(
    {
        "rate",
        "share",
        "ratio_list",
        "plan",
        "growth",
        "growth_cross",
        "growth_feasible",
        "growth_average",
        "growth_mix",
        "change",
        "contribution",
        "per_capita",
    }
)
# Sums of printed figures: rounding errors add up, a printed note may excuse them.
SUMS = frozenset({"sum", "two_breakdowns", "difference", "percent_sum"})
# Roles that a result is measured by; a negative one turns its meaning round.
BASES = frozenset({"prior", "plan", "whole", "base", "start"})
# A rounding gap less likely than this is not put down to rounding.
UNLIKELY = Fraction(1, 1000)

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Case:
    """A relation made ready for judging."""

    relation: Relation
    formula: Formula
    terms: dict[str, list[Term]]
    units: Units
    disclaimer: bool
    balanced: bool
    cuts: bool

    @property
    def all(self) -> list[Term]:
        """All terms, role by role."""
        return [term for members in self.terms.values() for term in members]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kind of judge found, before severity and candidates are weighed."""

    verdict: str
    basis: str | None
    equation: str
    stated: Interval | None = None
    recomputed: Interval | None = None
    gap: int = 0
    power: Fraction | None = None
    chance: Fraction | None = None


def judge_all(
    relations: Sequence[Relation], habits: Habits | None = None, disclaimer: bool = False
) -> list[Verdict]:
    """Judge the relations of one document together.

    Beyond :func:`judge` this knows which shares belong to a printed closed list (basis ``balanced``) and
    makes an error of two customary or suspicious findings on one number. The verdicts are in the order of
    the relations. ``disclaimer`` tells that the document prints a note on rounding.
    """
    habits = habits or Habits()
    balanced = closed_lists(relations, habits)
    verdicts = [
        judge(relation, habits, disclaimer, index in balanced) for index, relation in enumerate(relations)
    ]
    return escalate(relations, verdicts)


def judge(
    relation: Relation, habits: Habits | None = None, disclaimer: bool = False, balanced: bool = False
) -> Verdict:
    """Judge one relation.

    ``balanced`` tells that its share belongs to a closed list whose honest roundings do not make 100.
    Never raises for what a check may state; what cannot be decided is ``unverified`` with a reason code.
    """
    if relation.reason is not None:
        return Verdict("unverified", reason=relation.reason)
    formula = FORMULAS.get(relation.check)
    if formula is None:
        return Verdict("unverified", reason="no_formula")
    habits = habits or Habits()
    read = terms(relation, habits)
    case = Case(
        relation,
        formula,
        read,
        Units(read, formula.result if "/" in formula.text else None),
        disclaimer,
        balanced,
        cuts_off(habits),
    )
    try:
        outcome = _KINDS[formula.kind](case)
    except Undecidable as undecidable:
        return Verdict("unverified", reason=str(undecidable))
    except ZeroDivisionError:
        return Verdict("unverified", reason="zero_denominator")
    return _weigh(relation, outcome)


def _weigh(relation: Relation, outcome: Outcome) -> Verdict:
    """Take the candidates into account and add the severity."""
    verdict, basis, strength = outcome.verdict, outcome.basis, outcome.power
    if relation.candidates > 1:
        if verdict != "consistent":
            return Verdict("unverified", reason="ambiguous")
        basis = "chosen"
        if strength is not None:
            strength = max(_ZERO, 1 - relation.candidates * (1 - strength))
    return Verdict(
        verdict,
        basis,
        None,
        severity(relation, verdict, outcome.gap),
        strength,
        outcome.equation,
        outcome.stated,
        outcome.recomputed,
        0 if verdict == "consistent" else outcome.gap,
        outcome.chance,
    )


# -- equations ----------------------------------------------------------------------------------------


def _equation(case: Case) -> Outcome:
    """Judge ``result = f(others)``; a result of several figures is their sum."""
    formula, read = case.formula, case.terms
    _check_bases(case)
    role = _result(case)
    if not read.get(role):
        raise Undecidable("incomplete")
    many = role in formula.variadic

    def left(pick: Pick) -> Any:
        return added([pick(t) for t in read[role]]) if many else pick(read[role][0])

    def right(pick: Pick) -> Any:
        return solve(formula, read, role, pick)

    value = _try(right, VALUE)
    if value is not None and all(t.printed.is_point for r, ts in read.items() if r != role for t in ts):
        image = point(value)  # counts only: nothing to spread
    else:
        image = _interval(right(FINE))
    stated = _interval(left(FINE))
    verdict, basis, chance = _decide(case, role, left, right, stated, image, value)
    # The gap and the power are told of one printed figure.
    told = read[role][0]
    allowed = image
    if many:
        index = max(range(len(read[role])), key=lambda i: read[role][i].ulp)
        told = read[role][index]
        allowed = _interval(solve(formula, read, role, FINE, skip=index))
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
    if coarse and _interval(left(PRINTED)).meets(_interval(right(PRINTED))):
        # In a quotient one digit of a long count explains any small gap; only a sum tells.
        slipped = case.formula.check in SUMS and one_slip(case.formula, case.terms)
        return ("suspicious" if slipped else "consistent"), "coarse", None
    excused = case.disclaimer and case.formula.check in SUMS
    if excused and _interval(left(_one_digit)).meets(_interval(right(_one_digit))):
        return "consistent", "disclaimed", None
    if truncates and results[0].cut().meets(image):
        return "truncated", None, None
    if case.cuts and case.formula.check in SUMS and _interval(left(_cut)).meets(_interval(right(_cut))):
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
        return _interval(left(_lenient)).meets(_interval(right(_lenient)))
    except ZeroDivisionError:
        return True


def _check_bases(case: Case) -> None:
    """Refuse a base that is negative, or 0 for a growth."""
    for role in BASES & case.terms.keys():
        for term in case.terms[role]:
            low, high = term.printed.low, term.printed.high
            if high is not None and high < 0:
                raise Undecidable("negative_base")
            if role == "prior" and (low is None or low <= 0):
                raise Undecidable("zero_prior" if high is None or high >= 0 else "negative_base")
    if case.formula.check == "change" and case.terms.get("current") and case.terms.get("change"):
        prior = case.terms["current"][0].printed - case.terms["change"][0].printed
        if prior.low is None or prior.low <= 0:
            negative = prior.high is not None and prior.high < 0
            raise Undecidable("negative_base" if negative else "zero_prior")


def _result(case: Case) -> str:
    """Choose the side that states: the coarser of two equal figures, the growth of an average."""
    formula = case.formula
    if formula.check == "growth_average":
        return "growth"
    if len(formula.arguments) == 2 and not formula.variadic:
        first, second = (case.terms.get(name) for name in formula.arguments)
        if first and second and second[0].ulp > first[0].ulp:
            return formula.arguments[1]
    return formula.result


def _written(case: Case, role: str, value: Fraction | None, image: Interval, verdict: str) -> str:
    """Write the equation; where two printed sides are compared, with what each comes to."""
    formula, read, units = case.formula, case.terms, case.units
    left, right = sides(formula)
    if formula.check == "growth_average":
        growth = read["growth"][0]
        ends = f"{units.write(read['end'][0])} / {units.write(read['start'][0])}"
        steps = f"({ends}) ** (1/{units.write(read['years'][0])}) - 1"
        return f"{steps} = {units.result(growth, image.low or _ZERO)}"
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


# -- the other kinds ----------------------------------------------------------------------------------


def _bound(case: Case) -> Outcome:
    """Judge ``<=``: it holds when some admissible values keep to it."""
    formula, read = case.formula, case.terms
    role = formula.result
    if not read.get(role):
        raise Undecidable("incomplete")
    term = read[role][0]

    def allowed(pick: Pick) -> Interval:
        limit = _interval(solve(formula, read, role, pick))
        if role in formula.below:
            return Interval(None, limit.high, True, limit.high_open)
        return Interval(limit.low, None, limit.low_open, True)

    image = allowed(FINE)
    plain = all(t.exact for t in case.all)
    if plain and allowed(_pointed).contains(term.value):
        verdict, basis = "consistent", "exact"
    elif term.fine.meets(image):
        verdict, basis = "consistent", "rounded" if plain else "hedged"
    elif term.printed.meets(allowed(PRINTED)):
        verdict, basis = "consistent", "coarse"
    elif not plain and term.lenient().meets(allowed(_lenient)):
        verdict, basis = "suspicious", "hedged"
    else:
        verdict, basis = "inconsistent", ""
    missed, strength = measure(term, image)
    if verdict == "consistent" and formula.check == "sum_bound" and plain and _almost(case):
        verdict = "suspicious"
        missed = gap(term, _interval(solve(FORMULAS["sum"], read, "total", FINE)))
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
    if case.terms["total"][0].fine.meets(_interval(solve(equation, case.terms, "total", FINE))):
        return False
    return one_slip(equation, case.terms, chance=Fraction(1, 100))


def _inequality(case: Case) -> str:
    left, right = sides(case.formula)
    written = (expression(side, case.formula, case.terms, case.units) for side in (left, right))
    return " ≤ ".join(written) + case.units.suffix(case.terms[case.formula.result][0])


def _integer(case: Case) -> Outcome:
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
        equation = f"{text} / p - 1, p ∈ {{{listed}}} ({shown.count})"
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


def _count(case: Case) -> Outcome:
    """Judge a stated count against the number of items listed."""
    term = case.terms["count"][0]
    listed = len(case.terms.get("item", ())) or len(case.relation.items)
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


def _order(case: Case) -> Outcome:
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
        if ceiling.high is None or (item.printed.high is not None and item.printed.high < ceiling.high):
            ceiling = item.printed
    verdict = "inconsistent" if missed else "consistent"
    pointed = all(a.value >= b.value for a, b in pairwise(items))
    basis = None if missed else "hedged" if not plain else "exact" if pointed else "rounded"
    if missed and not plain:
        verdict, basis = "suspicious", "hedged"
    return Outcome(verdict, basis, written, told.printed, image, missed, power(told, image))


def _tuple(case: Case) -> Outcome:
    """Judge two lists of unusual figures: that they are equal is what is suspicious."""
    first, second = case.terms.get("first", []), case.terms.get("second", [])
    if not first or len(first) != len(second):
        raise Undecidable("incomplete")
    same = all(a.value == b.value for a, b in zip(first, second, strict=True))
    written = [", ".join(case.units.write(t, True) for t in members) for members in (first, second)]
    equation = f"({written[0]}) {'=' if same else '≠'} ({written[1]})"
    return Outcome("suspicious" if same else "consistent", None if same else "exact", equation)


def _each(case: Case) -> Outcome:
    """Judge a list of ratios member by member; a printed total is used, else the parts' sum.

    Where the list makes 100 and the honest roundings do not, one last digit is allowed (balanced).
    """
    read, formula = case.terms, case.formula
    ratios, parts = read.get("ratio", []), read.get("part", [])
    if not ratios:
        raise Undecidable("incomplete")
    if not parts:
        share = FORMULAS["percent_sum"]
        return _equation(replace(case, formula=share, terms={"share": ratios}))
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

    fine = [_interval(image) for image in images(FINE)]
    values: list[Fraction] = images(VALUE)
    plain = all(t.exact for t in case.all)
    worst = max(range(len(ratios)), key=lambda i: gap(ratios[i], fine[i]))
    missed = gap(ratios[worst], fine[worst])
    if plain and all(t.fine.contains(v) for t, v in zip(ratios, values, strict=True)):
        verdict, basis = "consistent", "exact"
    elif (
        plain
        and sum(t.value for t in ratios) == 100
        and sum((_nearest(v, t.ulp) for t, v in zip(ratios, values, strict=True)), _ZERO) != 100
        and all(abs(v - t.value) <= t.ulp for t, v in zip(ratios, values, strict=True))
    ):
        verdict, basis = "consistent", "balanced"
    elif all(t.fine.meets(image) for t, image in zip(ratios, fine, strict=True)):
        verdict, basis = "consistent", "rounded" if plain else "hedged"
    elif all(t.printed.meets(_interval(i)) for t, i in zip(ratios, images(PRINTED), strict=True)):
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


def _nearest(value: Fraction, ulp: Fraction) -> Fraction:
    """Round to whole last digits, an exact half away from 0."""
    steps = (abs(value) / ulp + Fraction(1, 2)).__floor__()
    return steps * ulp if value >= 0 else -steps * ulp


def _custom(case: Case) -> Outcome:
    """Judge words of degree: |current/prior - 1| in percent against what the words allow by custom."""
    _check_bases(case)
    read = case.terms
    low, high = lexicon()[1].get(case.relation.note, (None, None))
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
    basis = "exact" if all(t.exact for t in case.all) else "hedged"
    return Outcome("consistent" if holds else "suspicious", basis if holds else None, written, change, bound)


_KINDS: dict[str, Callable[[Case], Outcome]] = {
    "equation": _equation,
    "each": _each,
    "bound": _bound,
    "integer": _integer,
    "count": _count,
    "order": _order,
    "tuple": _tuple,
    "custom": _custom,
}


# -- small help ---------------------------------------------------------------------------------------


def _interval(value: Interval | Fraction | int) -> Interval:
    return value if isinstance(value, Interval) else point(value)


def _try(right: Callable[[Pick], Any], pick: Pick) -> Fraction | None:
    """Evaluate at the printed values; ``None`` where that is no single number."""
    try:
        value = right(pick)
    except ZeroDivisionError:
        return None
    if isinstance(value, Interval):
        return value.low if value.is_point else None
    return Fraction(value)


def _pointed(term: Term) -> Interval:
    return point(term.value)


def _cut(term: Term) -> Interval:
    return term.cut()


def _lenient(term: Term) -> Interval:
    return term.lenient()


def _one_digit(term: Term) -> Interval:
    return term.wide(1)
