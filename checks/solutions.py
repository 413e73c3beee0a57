"""The best sets of repairs: as many ties mended, less those broken, by as few changes as can be.

After S. Scholtus (Statistics Netherlands 09046, 2009): every failing tie is mended by at most one repair, the
sum of the gains is greatest, and only what all best sets share may be asserted. Of equal sums the sets with
fewer changes are taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from .graph import Graph, Patches
from .repair import Repair

# Searching stops here; what is not finished is entangled. Counted in steps, so that it is no matter of time.
STEPS = 20_000
SOLUTIONS = 200
COMBINATIONS = 256


class Entangled(Exception):
    """Too many ways to go through."""


Group = tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """One best set: a group for each change, whose members are alternatives, and all ties that it mends."""

    groups: tuple[Group, ...]
    mended: frozenset[int]


def solutions(
    graph: Graph, failing: Sequence[int], repairs: Sequence[Repair], base: Patches, limit: int
) -> list[Solution]:
    """Return all best sets of repairs.

    Raises :class:`Entangled` beyond the limits above and where the graph has spent more than ``limit``.
    """
    groups = _groups(graph, failing, repairs)
    found: list[Solution] = []
    top = (0, 0)
    singles: list[tuple[Group, ...]] = [(group,) for group in groups]
    for choices in (_packed(graph, failing, groups, limit), singles):
        for chosen in choices:
            if graph.spent > limit:
                raise Entangled
            for gain, solution in _expanded(graph, failing, chosen, base, limit):
                rank = (gain, -len(solution.groups))
                if rank > top:
                    top, found = rank, []
                if rank == top and solution not in found:
                    found.append(solution)
                    if len(found) > SOLUTIONS:
                        raise Entangled
        if found:
            break  # what cannot be done together may still be done one by one
    return found


def _groups(graph: Graph, failing: Sequence[int], repairs: Sequence[Repair]) -> list[Group]:
    """Put repairs together that do the same to the same ties: they are alternatives, one for another."""
    ties = frozenset(failing)
    groups: dict[tuple[object, ...], list[Repair]] = defaultdict(list)
    for repair in repairs:
        if repair.gain > 0:
            touched = graph.of(repair.figures)
            several = repair.figures if len(touched & ties) > 1 else None
            groups[repair.mended, repair.broken, touched, several].append(repair)
    return [tuple(members) for members in groups.values()]


def _packed(
    graph: Graph, failing: Sequence[int], groups: Sequence[Group], limit: int
) -> list[tuple[Group, ...]]:
    """Choose groups that mend different ties, with the greatest sum of gains and then the fewest."""
    mending: dict[int, list[Group]] = defaultdict(list)
    for group in groups:
        for index in group[0].mended:
            mending[index].append(group)
    ties = [i for i in failing if mending[i]]
    best: list[tuple[Group, ...]] = []
    top = (0, 0)
    steps = 0

    def go(at: int, chosen: tuple[Group, ...], covered: frozenset[int], gain: int) -> None:
        nonlocal top, best, steps
        steps += 1
        graph.spent += steps % 4 == 0
        if steps > STEPS or graph.spent > limit:
            raise Entangled
        while at < len(ties) and ties[at] in covered:
            at += 1
        open_ties = sum(1 for i in ties[at:] if i not in covered)
        if (gain + open_ties, -len(chosen) - (open_ties > 0)) < top:
            return
        if at == len(ties):
            rank = (gain, -len(chosen))
            if rank > top:
                top, best = rank, []
            if rank == top and chosen:
                best.append(chosen)
                if len(best) > SOLUTIONS:
                    raise Entangled
            return
        for group in sorted(mending[ties[at]], key=lambda g: -g[0].gain):
            if covered.isdisjoint(group[0].mended) and all(
                group[0].figures.isdisjoint(other[0].figures) for other in chosen
            ):
                go(at + 1, (*chosen, group), covered | group[0].mended, gain + group[0].gain)
        go(at + 1, chosen, covered | {ties[at]}, gain)

    go(0, (), frozenset(), 0)
    return best


def _expanded(
    graph: Graph, failing: Sequence[int], chosen: tuple[Group, ...], base: Patches, limit: int
) -> Iterator[tuple[int, Solution]]:
    """Yield the sets that a choice of groups stands for, each with its true gain.

    Groups that share no tie are independent: any member of each does. Where two share a tie their members are
    tried together, which may mend more or less than each alone.
    """
    touched = [graph.of(group[0].figures) for group in chosen]
    joint = {
        i
        for a in range(len(chosen))
        for b in range(a + 1, len(chosen))
        if touched[a] & touched[b]
        for i in (a, b)
    }
    alone = tuple(group for k, group in enumerate(chosen) if k not in joint)
    gain = sum(group[0].gain for group in alone)
    mended = frozenset(i for group in alone for i in group[0].mended)
    if not joint:
        yield gain, Solution(alone, mended)
        return
    together = [chosen[k] for k in sorted(joint)]
    if prod(map(len, together)) > COMBINATIONS:
        raise Entangled
    ties = graph.in_order(frozenset().union(*(touched[k] for k in joint)))
    for combination in product(*together):
        patches = {**base, **{name: patch for r in combination for name, patch in r.patches}}
        if len(patches) < len(base) + sum(len(r.patches) for r in combination):
            continue
        if graph.spent > limit:
            raise Entangled
        fixed: set[int] = set()
        lost = 0
        for i in ties:
            stands = graph.holds(i, patches)
            if i in failing:
                fixed |= {i} if stands else set()
            elif not graph.ties[i].failing and not stands:
                lost += len(ties) if graph.ties[i].strong else 1
        if fixed:
            yield (
                gain + len(fixed) - lost,
                Solution((*alone, *((repair,) for repair in combination)), mended | fixed),
            )
