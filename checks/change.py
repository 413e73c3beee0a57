"""增减额与幅度：current value, absolute change and rate of change of one indicator agree.

The commonest tie of budgets. It needs no prior: 100 × change / (current − change) is the rate. A rate that
fits after a slip of unit (万元 for 亿元) says so.

Fails: 支出98505万元，比上年减少16158万元，下降16.4%。
Holds: 支出98505万元，比上年减少16158万元，下降14.1%。
Silent: 支出98505万元，比上年减少16158万元，其中项目支出下降16.4%。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from ..extract.roles import lexicon
from .relation import Relation

_OVER_PLAN = tuple(lexicon()["comparison"]["plan_words"])


def relate(reading: Reading) -> Iterator[Relation]:
    """Every value followed, in its frame and sentence, by a change in its unit and a rate of change."""
    for frame in reading.frames:
        current: Claim | None = None
        change: Claim | None = None
        for c in reading.of(frame):
            if c.role == "value":
                current, change = c, None
            elif current is None or c.sentence != current.sentence or c.block != current.block or c.label:
                change = None
            elif c.role == "change":
                change = c if c.figure.unit == current.figure.unit and not c.item else None
            elif c.role == "growth" and c.figure.unit == "%" and change is not None and not c.item:
                # 超收7.43亿元，增长6.15%: more than planned, and a growth over last year
                over = any(w.endswith(_OVER_PLAN) for w in change.words)
                over = over and not any("预算" in w or "计划" in w for w in c.words)
                other = over or (
                    bool(change.object) and any(w[:2] in ("同比", "比上", "较上") for w in c.words)
                )
                if c.direction != change.direction or c.index != change.index + 1 or other:
                    change = None
                    continue
                yield Relation(
                    "change",
                    {"current": (current,), "change": (change,), "growth": (c,)},
                    "stated",
                    (current.label or current.noun, *change.words, *c.words),
                )
                change = None
