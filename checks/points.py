"""Percent for percentage points and the reverse: the same digits, another formula."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files

from .engine import judge
from .graph import Graph, Patch, Patches, key, patched
from .mistakes import RANK
from .relation import Relation
from .repair import Repair

_WORDS = tomllib.loads(files(__package__).joinpath("mistakes.toml").read_text("utf-8"))["points"]
_POINTS, _PRINTED, _PERCENT = _WORDS["unit"], _WORDS["printed"], _WORDS["percent"]


def percent_points(graph: Graph, failing: Sequence[int], base: Patches) -> Iterator[Repair]:
    """Yield repairs of ties between two percentages whose change holds in the other of the two units.

    Only where the change stands in no other tie, which would be told in the printed unit.
    """
    for index in failing:
        relation = patched(graph.ties[index].probe, base)
        other = _other(relation)
        if other is None:
            continue
        told, probe = other
        claim = relation.terms[told][0]
        name = key(claim)
        if len(graph.by_figure[name]) > 1 or judge(probe, graph.habits_of(index)).verdict != "consistent":
            continue
        figure = claim.figure
        end = figure.text.rfind(figure.numeral) + len(figure.numeral)
        made = replace(
            figure,
            text=figure.text[:end] + (_PRINTED if figure.unit == _PERCENT else _PERCENT),
            unit=_POINTS if figure.unit == _PERCENT else _PERCENT,
        )
        yield Repair(
            ((name, Patch(made)),),
            (made.text,),
            "percent_point",
            frozenset({index}),
            frozenset(),
            (RANK["percent_point"], graph.place(name), (made.text,)),
        )


def _other(relation: Relation) -> tuple[str, Relation] | None:
    """Return the role that tells the change, and the relation that holds if its unit is the other one."""
    terms = relation.terms
    if any(len(claims) != 1 for claims in terms.values()):
        return None
    if relation.check in ("growth", "growth_cross") and {"current", "prior", "growth"} <= terms.keys():
        roles = ("current", "prior", "growth")
        if _units(relation, roles) != (_PERCENT,) * 3:
            return None
        new = dict(zip(("minuend", "subtrahend", "difference"), (terms[r] for r in roles), strict=True))
        return "growth", replace(relation, check="difference", terms=new)
    if relation.check == "difference" and {"minuend", "subtrahend", "difference"} <= terms.keys():
        roles = ("minuend", "subtrahend", "difference")
    elif relation.check == "share_change" and {"share", "prior_share", "share_change"} <= terms.keys():
        roles = ("share", "prior_share", "share_change")
    else:
        return None
    if _units(relation, roles) != (_PERCENT, _PERCENT, _POINTS):
        return None
    claim = terms[roles[2]][0]
    told = replace(claim, figure=replace(claim.figure, unit=_PERCENT))
    new = dict(zip(("current", "prior"), (terms[r] for r in roles[:2]), strict=True))
    return roles[2], replace(relation, check="growth", terms={**new, "growth": (told,)})


def _units(relation: Relation, roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(relation.terms[role][0].figure.unit for role in roles)
