"""雷同数组：the same unusual numbers stated of two different matters.

Two matters rarely share two figures of three digits or more. When they do while the figures that they
are about differ, one of them was probably copied. Small counts and round numbers never trigger.

Fails: 受理物业纠纷22214件，成功率94.53%，协议书8503份。受理医疗纠纷3161件，成功率94.53%，协议书8503份。
Holds: 受理物业纠纷22214件，成功率94.53%，协议书8503份。受理医疗纠纷3161件，成功率93.46%，协议书2503份。
Silent: 文化馆11个，图书馆12个。保健院11个，疾控中心12个。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..extract.claim import Claim, Frame, Reading
from .relation import Relation

# A figure is unusual from this many significant digits on; two of them must be shared, with so many in all.
DIGITS = 3
TOGETHER = 8


def significant(claim: Claim) -> int:
    """Significant digits as printed: zeros at either end do not count, so that 12,000 and 50.00% are round."""
    return len(claim.figure.numeral.replace(",", "").replace(".", "").strip("0"))


def relate(reading: Reading) -> Iterator[Relation]:
    """Pairs of frames with different heads that share unusual figures."""
    places: dict[tuple[object, str, str], list[tuple[Frame, Claim]]] = defaultdict(list)
    heads: dict[int, Claim | None] = {}
    for frame in reading.frames:
        head = heads[frame.index] = reading.head(frame)
        for claim in reading.of(frame):
            if claim is head or claim.figure.approx != "exact" or significant(claim) < DIGITS:
                continue
            if claim.figure.unit == "年":
                continue
            key = (claim.figure.value, claim.figure.unit, claim.role)
            at = places[key]
            if not at or at[-1][0] is not frame:  # each frame once; frame by frame it can only stand last
                at.append((frame, claim))
    pairs: dict[tuple[int, int], list[tuple[Claim, Claim]]] = defaultdict(list)
    for at in places.values():
        for i in range(len(at) - 1):
            (f, a), (g, b) = at[i], at[i + 1]
            pairs[f.index, g.index].append((a, b))
    for (left, right), shared in sorted(pairs.items()):
        first, second = heads[left], heads[right]
        if len(shared) < 2 or first is None or second is None:
            continue
        if first.figure.interval.meet(second.figure.interval) is not None or (
            first.label == second.label and (first.figure.unit != second.figure.unit)
        ):
            continue
        if sum(significant(a) for a, _ in shared) < TOGETHER:
            continue
        shared.sort(key=lambda ab: ab[0].index)
        yield Relation(
            "duplicate",
            {"first": tuple(a for a, _ in shared), "second": tuple(b for _, b in shared)},
            "customary",
            (first.label or first.noun, second.label or second.noun),
        )
