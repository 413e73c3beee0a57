"""分项与总率：the rate of a whole lies between those of its parts.

总体调解成功率 92.83% of community disputes at 97.1% and professional ones at 90.77% is a weighted mean of
the two: whatever the weights, it lies between them. Where a complete breakdown prints the same rate for the
whole and for every part, a rate outside of that span is impossible.

Fails: 受理各类纠纷355197件，调解成功率98.83%。其中，社区纠纷115572件，调解成功率97.1%；专业性纠纷239625件，调解成功率90.77%。
Holds: 受理各类纠纷355197件，调解成功率92.83%。其中，社区纠纷115572件，调解成功率97.1%；专业性纠纷239625件，调解成功率90.77%。
Silent: 受理各类纠纷355197件，调解成功率98.83%。其中，社区纠纷115572件，满意率97.1%；专业性纠纷239625件，满意率90.77%。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Frame, Reading
from .levels import breakdowns
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every complete breakdown whose whole and parts all print a rate of one name."""
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


def _rate(reading: Reading, frame: Frame, name: str = "") -> Claim | None:
    """The frame's rate of this name (of any, when none is asked for)."""
    for c in reading.of(frame):
        if c.role == "rate" and c.figure.unit == "%" and (not name or c.object == name):
            return c
    return None
