"""期初分项：what the parts were at the start of a period is no more than what the whole was.

A balance less what it changed by since the start is the balance at the start; parts under 其中 exclude one another
then as they do now. Where they may overlap, each is held against the whole alone.

Fails: 各项存款余额332.46亿元，比年初增加198.87亿元；其中住户存款余额137.66亿元，比年初增加1.34亿元。
Holds: 各项存款余额332.46亿元，比年初增加19.89亿元；其中住户存款余额137.66亿元，比年初增加13.42亿元。
Silent: 各项存款余额332.46亿元，比年初增加198.87亿元；其中住户存款余额137.66亿元，比上月增加1.34亿元。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Reading
from .change_sum import change_of, one_time
from .levels import breakdowns
from .partitions import averages
from .relation import Relation
from .sum_bound import exclusive, near


def relate(reading: Reading) -> Iterator[Relation]:
    """Every breakdown that is not known to be complete, with a change of the whole and of parts."""
    for b in breakdowns(reading):
        if b.closed or b.whole.figure.negative or any(averages(c) for c in (b.whole, *b.parts)):
            continue
        total = change_of(reading, reading.frames[b.whole.frame], b.whole)
        if total is None:
            continue
        told = [(p, change_of(reading, f, p)) for f, p in zip(b.frames, b.parts, strict=True)]
        found = [(p, c) for p, c in told if c is not None and one_time((total, c))]
        together = len(found) > 1 and exclusive(b)
        surely = {p.index for p in near(b)}
        groups = [found] if together else [[(p, c)] for p, c in found if p.index in surely]
        for group in groups:
            yield Relation(
                "opening_bound",
                {
                    "total": (b.whole,),
                    "part": tuple(p for p, _ in group),
                    "change": (total,),
                    "part_change": tuple(c for _, c in group),
                },
                "logical",
                (b.words, *(p.label or p.noun for p, _ in group), *total.words),
            )
