"""The verdict of exact arithmetic on a relation (design: "Verdicts").

The engine decides existence: is there a choice of admissible values that satisfies the formula? The formulas
hold every figure once, so the interval of one side given the other figures answers it exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

from .audit import Habits
from .balanced import closed_lists
from .between import between
from .bounds import bound, order
from .case import ZERO, Case, Judge, Outcome
from .days import days
from .degree import degree
from .equation import Units
from .equations import equation
from .feasible import feasible
from .formula import Formula
from .formulas import FORMULAS
from .habits import cuts_off, infer_habits
from .leap import leap
from .lists import copies, count, each
from .partial import partial
from .rates import rates
from .relation import Relation, Verdict
from .severity import doubted, escalate, severity
from .solve import Undecidable
from .terms import AVERAGES, terms

__all__ = ["cuts_off", "infer_habits", "judge", "judge_all"]

_KINDS: dict[str, Judge] = {
    "equation": equation,
    "each": each,
    "bound": bound,
    "integer": feasible,
    "count": count,
    "between": between,
    "order": order,
    "days": days,
    "rates": rates,
    "tuple": copies,
    "custom": degree,
}


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
    return escalate(relations, doubted(relations, verdicts))


def judge(
    relation: Relation,
    habits: Habits | None = None,
    disclaimer: bool = False,
    balanced: bool = False,
    brief: bool = False,
) -> Verdict:
    """Judge one relation.

    ``balanced`` tells that its share belongs to a closed list whose honest roundings do not make 100.
    With ``brief`` nothing but ``verdict``, ``basis`` and ``reason`` is sure to be told: a search for repairs asks no
    more of thousands of prints, and the rest takes longer than the verdict.
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
        Units(read, _apart(formula)),
        disclaimer,
        balanced,
        cuts_off(habits),
        brief,
    )
    try:
        outcome = _judge_of(relation, formula.kind)(case)
    except Undecidable as undecidable:
        return Verdict("unverified", reason=str(undecidable))
    except ZeroDivisionError:
        return Verdict("unverified", reason="zero_denominator")
    return _weigh(relation, outcome)


def _apart(formula: Formula) -> str | None:
    """The role that a quotient is written for: its figure keeps its own multiple, the others share one."""
    if formula.check in AVERAGES:
        return "growth"
    return formula.result if "/" in formula.text else None


def _judge_of(relation: Relation, kind: str) -> Judge:
    """The judge for what is printed: all of the formula, or a part that still tells something."""
    if relation.check == "growth_mix" and not relation.terms.get("part"):
        return between
    if relation.check == "series_break":
        return leap
    return partial if _lacks_a_count(relation) else _KINDS[kind]


def _lacks_a_count(relation: Relation) -> bool:
    """Whether a rate or share is stated of one printed count."""
    if relation.check not in ("rate", "share"):
        return False
    part, whole = relation.terms.get("part"), relation.terms.get("whole")
    return bool(part) != bool(whole)


def _weigh(relation: Relation, outcome: Outcome) -> Verdict:
    """Take the candidates into account and add the severity."""
    verdict, basis, strength = outcome.verdict, outcome.basis, outcome.power
    if relation.candidates > 1:
        if verdict != "consistent":
            return Verdict("unverified", reason="ambiguous")
        basis = "chosen"
        if strength is not None:
            strength = max(ZERO, 1 - relation.candidates * (1 - strength))
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
