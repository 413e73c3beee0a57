"""不超过整体：a part, or a later stage, cannot exceed what it comes from.

Under 其中 this is logic. Along a ladder of stages (受理 ≥ 调解成功 ≥ 协议书) it is custom: cases are
carried over, one case may yield several papers; so a failing ladder is a warning until something else
speaks against the same number.

Fails: 受理医疗纠纷3161件，制作人民调解协议书8503份。
Holds: 受理医疗纠纷3161件，制作人民调解协议书2503份。
Silent: 受理医疗纠纷3161件，开展法治宣传8503场。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from ..extract.ladders import ladders
from .levels import breakdowns, stage_of
from .partitions import partitions
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Lone or overlapping parts under 其中, and neighbouring stages of each frame's ladder."""
    for b in breakdowns(reading):
        if len(b.parts) == 1 or partitions().overlapping(b.parts):
            for part in b.parts:
                yield Relation(
                    "subset", {"part": (part,), "whole": (b.whole,)}, "logical", (b.words, part.label or part.noun)
                )
    yield from _ladder(reading)


def _ladder(reading: Reading) -> Iterator[Relation]:
    lex = ladders()
    for frame in reading.frames:
        seen: list[Claim] = []
        for claim in reading.of(frame):
            if claim.role != "value" or claim.figure.unit not in lex.case_units:
                continue
            if not claim.stage:
                if not seen and frame.parent >= 0:
                    seen.append(claim)
                continue
            for stage in lex.earlier(claim.stage):
                whole = next((c for c in reversed(seen) if stage_of(reading, frame, c) == stage), None)
                if whole is not None:
                    yield Relation(
                        "subset",
                        {"part": (claim,), "whole": (whole,)},
                        "customary",
                        (whole.label or whole.noun, claim.label or claim.noun),
                    )
                    break
            seen.append(claim)
