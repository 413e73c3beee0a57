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
from .levels import breakdowns
from .partitions import partitions
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every breakdown of two parts or more that is not known to be complete and not known to overlap."""
    closed = {c.items for c in closings(reading) if c.nested}
    for b in breakdowns(reading):
        if b.parts in closed:
            continue
        if len(b.parts) < 2 or partitions().closed_by(b.parts) or partitions().overlapping(b.parts):
            continue
        yield Relation(
            "sum_bound",
            {"total": (b.whole,), "part": b.parts},
            "logical",
            (b.words, *(p.label or p.noun for p in b.parts)),
        )
