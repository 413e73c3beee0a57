"""Percent for percentage points and the reverse: the same digits, another formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from .graph import Patch, key, patched
from .mistakes import RANK
from .relation import Relation

if TYPE_CHECKING:
    from .repairs import Repair, Search

_POINTS = "百分点"
_WORD = "个百分点"


def percent_points(search: Search) -> Iterator[Repair]:
    """Yield repairs of ties between two percentages whose change holds in the other of the two units."""
    from .repairs import Repair

    graph = search.graph
    for index in search.failing:
        relation = patched(graph.ties[index].probe, search.base)
        other = _other(relation)
        if other is None:
            continue
        told, probe = other
        if not graph.holds_other(probe):
            continue
        claim = relation.terms[told][0]
        name = key(claim)
        figure = claim.figure
        if figure.unit == "%":
            text = figure.text.replace("%", _WORD).replace("％", _WORD)
        else:
            text = figure.text.replace(_WORD, "%").replace(_POINTS, "%")
        rest = frozenset(i for i in graph.of([name]) if i != index and not graph.ties[i].failing)
        if text == figure.text or any(graph.ties[i].strong for i in rest) or rest:
            continue
        made = replace(figure, text=text, unit=_POINTS if figure.unit == "%" else "%")
        yield Repair(
            ((name, Patch(made)),),
            (text,),
            "percent_point",
            frozenset({index}),
            frozenset(),
            (RANK["percent_point"], graph.place(name), (text,)),
        )


def _other(relation: Relation) -> tuple[str, Relation] | None:
    """Return the role that tells the change, and the relation that holds if its unit is the other one."""
    terms = relation.terms
    if any(len(claims) != 1 for claims in terms.values()):
        return None
    if relation.check in ("growth", "growth_cross") and {"current", "prior", "growth"} <= terms.keys():
        roles = ("current", "prior", "growth")
        if _units(relation, roles) != ("%", "%", "%"):
            return None
        new = dict(zip(("minuend", "subtrahend", "difference"), (terms[r] for r in roles), strict=True))
        return "growth", replace(relation, check="difference", terms=new)
    if relation.check == "difference" and {"minuend", "subtrahend", "difference"} <= terms.keys():
        roles = ("minuend", "subtrahend", "difference")
    elif relation.check == "share_change" and {"share", "prior_share", "share_change"} <= terms.keys():
        roles = ("share", "prior_share", "share_change")
    else:
        return None
    if _units(relation, roles) != ("%", "%", _POINTS):
        return None
    claim = terms[roles[2]][0]
    told = replace(claim, figure=replace(claim.figure, unit="%"))
    new = dict(zip(("current", "prior"), (terms[r] for r in roles[:2]), strict=True))
    return roles[2], replace(relation, check="growth", terms={**new, "growth": (told,)})


def _units(relation: Relation, roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(relation.terms[role][0].figure.unit for role in roles)
