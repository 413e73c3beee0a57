"""Closed lists of shares that were made to add up to 100 (配平)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .audit import Habits
from .formulas import FORMULAS
from .relation import Relation
from .solve import VALUE, Undecidable, solve
from .terms import Term, terms

_Key = tuple[int, str]


def closed_lists(relations: Sequence[Relation], habits: Habits) -> set[int]:
    """Find the share relations that a closed list allows one last digit; the answer holds their indices.

    A list is closed by a percent_sum relation whose printed shares make exactly 100. It allows the digit
    when the honest roundings of its members, recomputed from their own share relations, do not make 100.
    One member without such a relation is what the others leave; more are not known well enough.
    """
    lists = [
        [(c.document, c.figure.id) for c in relation.terms["share"]]
        for relation in relations
        if relation.check == "percent_sum"
        and relation.reason is None
        and sum(c.figure.value for c in relation.terms["share"]) == 100
    ]
    if not lists:
        return set()
    wanted = {key for members in lists for key in members}
    found: dict[_Key, tuple[int, Term, Fraction]] = {}
    for index, relation in enumerate(relations):
        if relation.check != "share" or relation.reason is not None or not relation.terms.get("share"):
            continue
        claim = relation.terms["share"][0]
        key = (claim.document, claim.figure.id)
        if key in wanted and key not in found:
            value = _recomputed(relation, habits)
            if value is not None:
                found[key] = (index, *value)
    allowed: set[int] = set()
    for members in lists:
        known = [found[key] for key in members if key in found]
        if len(known) < max(1, len(members) - 1):
            continue
        honest = sum((_nearest(value, term.ulp) for _, term, value in known), Fraction(0))
        if len(known) < len(members):
            left = 100 - sum((value for _, _, value in known), Fraction(0))
            honest += _nearest(left, known[0][1].ulp)
        if honest != 100:
            allowed.update(index for index, _, _ in known)
    return allowed


def _recomputed(relation: Relation, habits: Habits) -> tuple[Term, Fraction] | None:
    read = terms(relation, habits)
    try:
        return read["share"][0], Fraction(solve(FORMULAS["share"], read, "share", VALUE))
    except (Undecidable, ZeroDivisionError):
        return None


def _nearest(value: Fraction, ulp: Fraction) -> Fraction:
    """Round to whole last digits, an exact half upwards."""
    return (value / ulp + Fraction(1, 2)).__floor__() * ulp
