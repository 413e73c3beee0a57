"""其中不超：parts named under a total cannot together exceed it.

其中 without a complete list still bounds: what is named is part of the whole, and the parts exclude one
another unless the lexicon knows that they overlap (机电 and 高新技术).

Fails: 争取资金7.44亿元，其中甲类3.10亿元、乙类4.90亿元。
Holds: 争取资金8.44亿元，其中甲类3.10亿元、乙类4.90亿元。
Silent: 出口10亿元，其中机电产品7亿元，高新技术产品5亿元。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Reading
from .closings import closings
from .levels import Breakdown, breakdowns, same_end
from .partitions import partitions
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every breakdown of two parts or more that is not known to be complete and not known to overlap."""
    closed = {c.items for c in closings(reading) if c.nested}
    for b in breakdowns(reading):
        if b.parts in closed:
            continue
        if len(b.parts) < 2 or b.closed or partitions().overlapping(b.parts):
            continue
        yield Relation(
            "sum_bound",
            {"total": (b.whole,), "part": b.parts},
            "logical",
            (b.words, *(p.label or p.noun for p in b.parts)),
            # unlike names (私人汽车, 轿车) may overlap: then only a sum that fits is told
            candidates=1 if _exclusive(b) else 2,
        )


def _exclusive(b: Breakdown) -> bool:
    """Whether the parts are named alike (一般债务, 专项债务), as classes of one division are."""
    first, *rest = ((p.label or p.noun).rstrip("”") for p in b.parts)
    return all(same_end(first, other) >= 2 for other in rest)
