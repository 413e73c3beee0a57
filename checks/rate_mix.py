"""分项与总率：the rate of a whole lies between those of its parts.

总体调解成功率 92.83% of community disputes at 97.1% and professional ones at 90.77% is a weighted mean of
the two: whatever the weights, it lies between them. Where a complete breakdown prints the same rate for the
whole and for every part, a rate outside of that span is impossible.

Fails: 受理各类纠纷355197件，调解成功率98.83%。其中，社区纠纷115572件，调解成功率97.1%；专业性纠纷239625件，调解成功率90.77%。
Holds: 受理各类纠纷355197件，调解成功率92.83%。其中，社区纠纷115572件，调解成功率97.1%；专业性纠纷239625件，调解成功率90.77%。
Silent: 受理各类纠纷355197件，调解成功率98.83%。其中，社区纠纷115572件，满意率97.1%；专业性纠纷239625件，满意率90.77%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..extract.claim import Claim, Frame, Reading
from .levels import breakdowns
from .partitions import averages, partitions
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every complete breakdown whose whole and parts all print a rate of one name, and averages of town and country."""
    yield from _averages(reading)
    for b in breakdowns(reading):
        if not b.closed or len(b.parts) < 2:
            continue
        total = _rate(reading, reading.frames[b.whole.frame])
        if total is None:
            continue
        parts = [_rate(reading, f, total.object) for f in b.frames]
        found = tuple(p for p in parts if p is not None)
        if len(found) == len(b.parts):
            yield Relation(
                "rate_mix",
                {"rate": (total,), "part_rate": found},
                "logical",
                (total.object, b.words, *(p.label or p.noun for p in b.parts)),
                note=b.closed,
            )


def _averages(reading: Reading) -> Iterator[Relation]:
    """居民人均可支配收入75180元…城镇居民…83084元，农村居民…38690元: an average over both lies between theirs.

    The three must be called alike but for the words that tell whose they are, and stand in one paragraph or two.
    """
    words = partitions().words_of_parts("residence")
    known: dict[tuple[str, str, str, str], dict[int, Claim]] = {}
    told: dict[tuple[str, str, str, str], int] = {}
    for c in reading.claims:
        if c.role != "value" or c.item or not averages(c):
            continue
        part = next((i for i, w in enumerate(words) if w.search(c.label)), -1)
        name = _OF_ALL.sub("", words[part].sub("", c.label, count=1) if part >= 0 else c.label)
        key = (name, c.scope, c.period, c.figure.unit)
        if len(name) < 4:
            continue
        if part < 0 or c.block - told.get(key, c.block) > 1:
            known[key] = {}
        known.setdefault(key, {})[part] = c
        told[key] = c.block
        found = known[key]
        if set(found) == {-1, *range(len(words))} and part >= 0:
            parts = tuple(found[i] for i in range(len(words)))
            yield Relation(
                "rate_mix",
                {"rate": (found[-1],), "part_rate": parts},
                "logical",
                (found[-1].label, *(p.label for p in parts)),
                note="residence",
            )
            known[key] = {}


_OF_ALL = re.compile("全体|全部|常住|全[省市区县州国]|我[省市区县州]|居民|人口")


def _rate(reading: Reading, frame: Frame, name: str = "") -> Claim | None:
    """The frame's rate of this name (of any, when none is asked for)."""
    for c in reading.of(frame):
        if c.role == "rate" and c.figure.unit == "%" and (not name or c.object == name):
            return c
    return None
