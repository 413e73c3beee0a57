"""拉动点数：what a part pulls is its growth weighed by its share of the whole a year before.

Share now, growth of the part and growth of the whole give the share a year before; so do the values of part and
whole. Told where the words put all of them together. Growth in real terms weighs otherwise than values do.

Fails: 固定资产投资增长12.4%。甲县固定资产投资增长17.6%，占固定资产投资的10.2%，拉动固定资产投资增长6.1个百分点。
Holds: 固定资产投资增长12.4%。甲县固定资产投资增长17.6%，占固定资产投资的10.2%，拉动固定资产投资增长1.7个百分点。
Silent: 固定资产投资增长12.4%。甲县固定资产投资增长17.6%，占用地的10.2%，拉动用电量增长6.1个百分点。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from ..extract.claim import Claim, Reading
from ..extract.roles import POINTS
from .contribution import pulls, real_whole, whole_growth
from .growth import real_terms
from .growth_lists import lead_of
from .growth_mix import growth_of
from .levels import breakdowns
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every pull behind growth and share of its part, or of a part of a breakdown told before."""
    levels: list[tuple[Claim, Claim, Claim, Claim]] | None = None
    for claim in reading.claims:
        if claim.figure.unit != POINTS or claim.item:
            continue
        told = pulls(claim)
        if told is None:
            continue
        what, names, down = told
        signed = replace(claim, direction="down" if down else "up")
        beside = _beside(reading, claim)
        if beside is not None:
            growth, share = beside
            total = whole_growth(reading, growth, names)
            if total is None or total.sentence == claim.sentence:
                continue
            yield Relation(
                "pull",
                {"pull": (signed,), "weight": (share,), "growth": (total,), "part_growth": (growth,)},
                "customary",
                (growth.label, share.before, claim.before),
                reason=real_terms(reading, total, total) or _real(what),
            )
            continue
        if levels is None:
            levels = list(islice(_levels(reading), _LEVELS))
        words = _before(reading, claim)
        found = [
            level
            for level in levels
            if level[0].index < claim.index
            and len(level[2].label) >= _NAME
            and level[2].label in words
            and what in level[0].label
        ]
        if found:
            whole, total, part, growth = found[0]
            yield Relation(
                "pull",
                {
                    "pull": (signed,),
                    "part": (part,),
                    "total": (whole,),
                    "growth": (total,),
                    "part_growth": (growth,),
                },
                "customary",
                (part.label, whole.label, claim.before),
                candidates=len(found),
            )


# A part must be named by so many characters to be found again in another sentence.
_NAME = 3
# So many parts are kept in mind; a headline stands before them.
_LEVELS = 200


def _real(what: str) -> str | None:
    """``real_terms`` where what is pulled grows at constant prices by its nature."""
    return "real_terms" if real_whole(what) else None


def _beside(reading: Reading, claim: Claim) -> tuple[Claim, Claim] | None:
    """Growth and share of the part, told before the pull in its sentence, with nothing but gaps between."""
    share: Claim | None = None
    text = reading.document.flow.text
    for c in reversed(reading.claims[max(0, claim.index - 4) : claim.index]):
        between = text[c.figure.flow_end : claim.figure.flow_start]
        if c.sentence != claim.sentence or c.block != claim.block or "；" in between:
            return None
        if c.role == "share" and share is None and c.figure.unit == "%":
            share = c
        elif c.role == "growth" and c.figure.unit == "%" and not c.item:
            return (c, share) if share is not None else None
        elif c.figure.unit != POINTS:
            return None
    return None


def _before(reading: Reading, claim: Claim) -> str:
    return lead_of(reading.document.flow.text, claim.figure.flow_start, "。！？；\n")


def _levels(reading: Reading) -> Iterator[tuple[Claim, Claim, Claim, Claim]]:
    """Whole, its growth, part, its growth: of every part that names itself, in nominal terms."""
    for b in breakdowns(reading):
        total = growth_of(reading, reading.frames[b.whole.frame], b.whole)
        if total is None or real_terms(reading, b.whole, total):
            continue
        for frame, part in zip(b.frames, b.parts, strict=True):
            growth = growth_of(reading, frame, part)
            if growth is not None and part.label and not real_terms(reading, part, growth):
                yield b.whole, total, part, growth
