"""两种分法：two complete divisions of one thing come to the same.

按类型分一般、专项，按级次分市级、县区: where the total is printed each division is added up against it; this tie is
stated where the words of a division name no printed total. Both divisions must be complete by a lexicon, stand
next to one another, and be of one unit and period.

Fails: 债券发行有序。按类型分，一般债券12.00亿元，专项债券30.00亿元；按级次分，市级10.00亿元，县区42.00亿元。
Holds: 债券发行有序。按类型分，一般债券12.00亿元，专项债券30.00亿元；按级次分，市级10.00亿元，县区32.00亿元。
Silent: 债券发行有序。按类型分，一般债券12.00亿元，专项债券30.00亿元；按用途分，交通10.00亿元，教育42.00亿元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..extract.claim import Claim, Frame, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of
from .partitions import averages, partitions
from .relation import Relation
from .standard import standard

_BY = ("按", "分", "从")


def relate(reading: Reading) -> Iterator[Relation]:
    """Neighbouring levels that 按…分 opened, both complete, not both under one printed total."""
    yield from standard(reading, "two_breakdowns")
    levels: dict[int, list[Frame]] = {}
    for frame in reading.frames:
        if frame.level >= 0 and frame.opened.startswith(_BY):
            levels.setdefault(frame.level, []).append(frame)
    last: tuple[int, tuple[Claim, ...]] | None = None
    for number, frames in levels.items():
        heads = tuple(h for f in frames if (h := reading.head(f)) is not None)
        before, last = last, (number, heads)
        if before is None or len(heads) < 2 or len(before[1]) < 2 or number - before[0] > 1:
            continue
        one, two = before[1], heads
        if one[0].block != two[0].block or two[0].sentence - one[-1].sentence > 1:
            continue
        parents = {reading.frames[c.frame].parent for c in (one[0], two[0])}
        alike = {(c.figure.unit, c.period) for c in (*one, *two)}
        if -1 not in parents or len(alike) > 1 or not one[0].figure.unit or one[0].figure.unit == "%":
            continue
        if any(c.item or averages(c) for c in (*one, *two)) or not (_complete(one) and _complete(two)):
            continue
        yield Relation(
            "two_breakdowns",
            {"part": one, "other": two},
            "customary",
            tuple(reading.frames[c.frame].opened for c in (one[0], two[0])),
        )


def _complete(parts: tuple[Claim, ...]) -> bool:
    """Whether a partition is complete, or the parts are a government's own level and all below it."""
    if partitions().closed_by(parts):
        return True
    own, lower = _governments()
    return len(parts) == 2 and bool(own.match(parts[0].label)) and bool(lower.match(parts[1].label))


@cache
def _governments() -> tuple[re.Pattern[str], re.Pattern[str]]:
    level = lexicon_of("gouji.checks", "debts")["level"]
    return re.compile(any_of(level["own"])), re.compile(any_of(level["lower"]))
