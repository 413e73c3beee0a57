"""增减额合计：the change of a whole is the sum of the changes of its parts, each with its sign.

Where a complete breakdown tells by how much the whole and each part grew or fell since one and the same time,
the changes add up as the values do. Changes against a plan are none of these.

Fails: 一般公共预算收入146.24亿元，比上年减少14.99亿元，其中税收收入74.51亿元，减少25.50亿元；非税收入71.73亿元，增加15.01亿元。
Holds: 一般公共预算收入146.24亿元，比上年减少10.49亿元，其中税收收入74.51亿元，减少25.50亿元；非税收入71.73亿元，增加15.01亿元。
Silent: 一般公共预算收入146.24亿元，比上年减少14.99亿元，其中增值税74.51亿元，减少25.50亿元；契税31.73亿元，增加5.01亿元。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..extract.claim import Claim, Frame, Reading
from ..extract.roles import lexicon
from .growth_lists import growth_lists
from .levels import breakdowns
from .relation import Relation
from .since import since


def relate(reading: Reading) -> Iterator[Relation]:
    """Every complete breakdown with a change of the whole and of each part, and lists of changes alone."""
    for b in breakdowns(reading):
        if not b.closed or len(b.parts) < 2:
            continue
        total = change_of(reading, reading.frames[b.whole.frame], b.whole)
        parts = [change_of(reading, f, p) for f, p in zip(b.frames, b.parts, strict=True)]
        found = tuple(c for c in parts if c is not None)
        if total is not None and len(found) == len(b.parts) and one_time((total, *found)):
            yield Relation(
                "change_sum",
                {"change": (total,), "part_change": found},
                "stated",
                (b.words, *(p.label or p.noun for p in b.parts), *total.words),
                note=b.closed,
            )
    for told in growth_lists(reading, "change"):
        near = all(p.sentence == told.total.sentence for p in told.parts)
        alike = all(p.figure.unit == told.total.figure.unit for p in told.parts)
        if near and alike and one_time((told.total, *told.parts)) and not _planned((told.total, *told.parts)):
            yield Relation(
                "change_sum",
                {"change": (told.total,), "part_change": told.parts},
                "stated",
                (told.whole, *(p.label for p in told.parts)),
                note=told.closed,
            )


def change_of(reading: Reading, frame: Frame, base: Claim) -> Claim | None:
    """The change of this value: the first of its frame after it, in its sentence and unit, that names nothing else."""
    for c in reading.of(frame):
        if c.index <= base.index:
            continue
        if c.role == "change" and c.sentence == base.sentence and not c.item and not _planned((c,)):
            return c if not c.label and c.figure.unit == base.figure.unit else None
        if c.role == "value":
            return None
    return None


def one_time(changes: Sequence[Claim]) -> bool:
    """Whether none of these changes or growths, the whole's first, is told since another time than the whole's.

    比年初 and 比上年 are two; a part that names no time has the whole's, and a whole without one counts from a year before.
    """
    whole, *parts = (_YEAR.get(since(c), since(c)) for c in changes)
    return all(not part or part == (whole or "year") for part in parts)


# 同比 and 比上年 count from the same time.
_YEAR = {"period": "year"}


def _planned(changes: Sequence[Claim]) -> bool:
    over = tuple(lexicon()["comparison"]["plan_words"])
    return any(c.object == "plan" or any(w.endswith(over) for w in c.words) for c in changes)
