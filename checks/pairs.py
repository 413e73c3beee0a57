"""Two mistakes in one tie: what mends ties only if two figures are changed at once.

Looked for last, where no single mistake explains the failures, and only in two figures that stand together in
two failing ties or more and in none without each other; alone each would show. So many pairs of prints can be
tried that some mend a tie by chance: a pair is told only where all pairs tried would together do so less than
once in a hundred such cases, by the power of the ties that it mends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from .graph import Graph, Key, Patch, Patches, patched
from .mistakes import RANK, variants
from .repair import Repair
from .suggest import plain, with_print
from .windows import Window, windows

CHANCE = Fraction(1, 100)


def pairs(graph: Graph, left: Sequence[int], base: Patches, limit: int) -> list[Repair]:
    """Return the pairs of changes that mend every failing tie of their figures; none beyond ``limit``."""
    of: dict[Key, list[int]] = defaultdict(list)
    for index in left:
        for name in graph.ties[index].figures:
            of[name].append(index)
    together: dict[tuple[int, ...], list[Key]] = defaultdict(list)
    for name in sorted(of, key=graph.place):
        figure = graph.claims[name].figure
        if len(of[name]) > 1 and name not in base and figure.approx == "exact" and plain(figure):
            together[tuple(of[name])].append(name)
    found: list[Repair] = []
    for mended, names in together.items():
        tried, told = 0, list[Repair]()
        for one, two in combinations(names, 2):
            made, count = _of(graph, one, two, mended, base, limit)
            told += made
            tried += count
        if graph.spent > limit:
            return []
        chance = Fraction(tried)
        for index in mended:
            power = graph.ties[index].judged.verdict.power
            chance *= 1 - power if power is not None else 1
        if chance < CHANCE:
            found += told
    return sorted(found, key=lambda repair: repair.order)


def _of(
    graph: Graph, one: Key, two: Key, mended: Sequence[int], base: Patches, limit: int
) -> tuple[list[Repair], int]:
    """Return the pairs of prints of two figures that mend the ties, and how many pairs there are."""
    first, second = graph.claims[one].figure, graph.claims[two].figure
    prints = [variants(plain(f) or "0", f.discrete) for f in (first, second)]
    found = []
    for meant, code in prints[0]:
        if graph.spent > limit:
            break
        changed = {**base, one: Patch(with_print(first, meant))}
        ranges = []
        for index in mended:
            relation = patched(graph.ties[index].probe, changed)
            image = windows(relation, graph.habits_of(index)).get(two)
            graph.spent += 1 + len(graph.ties[index].figures) // 4
            if image is None:
                break
            ranges.append(Window(second, image, 0 if second.interval.is_point else 1))
        if len(ranges) < len(mended):
            continue
        for other, why in prints[1]:
            if not all(window.admits(other.digits, other.decimals) for window in ranges):
                continue
            patches = {one: changed[one], two: Patch(with_print(second, other))}
            if not _stands(graph, {**base, **patches}, patches):
                continue
            suggestions = tuple(patch.figure.text for patch in patches.values())
            order = (RANK[code] + RANK[why], graph.place(one), graph.place(two), suggestions)
            found.append(
                Repair(
                    tuple(patches.items()),
                    suggestions,
                    code,
                    frozenset(mended),
                    frozenset(),
                    order,
                    (code, why),
                )
            )
    return found, len(prints[0]) * len(prints[1])


def _stands(graph: Graph, every: Patches, changed: Patches) -> bool:
    """Tell whether all ties of the changed figures hold, or fail for reasons of their own."""
    return all(graph.holds(i, every) for i in graph.in_order(graph.of(changed)))
