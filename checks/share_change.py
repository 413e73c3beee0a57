"""比重变动：a share less the points that it changed by is the share before.

Tied where the share before is printed too: 占36.8%，比上年（36.9%）下降0.1个百分点, 由12.38%升至14.07%，提高1.69个百分点.
Rates change by points in the same way. Shares and their changes are rounded one by one, so a failure is custom.

Fails: 税收收入占一般公共预算收入的69.4%，比上年（64.6%）提高8.4个百分点。
Holds: 税收收入占一般公共预算收入的69.4%，比上年（64.6%）提高4.8个百分点。
Silent: 税收收入占一般公共预算收入的69.4%，比上年提高4.8个百分点，非税收入占30.6%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..extract.claim import Reading
from ..extract.roles import POINTS, any_of, lexicon
from .before import Before
from .relation import Relation

_TOLD = frozenset({"share", "rate", "other"})


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lex = lexicon()
    year = lex["comparison"]["year"]
    direction = any_of(lex["direction"]["up"] + lex["direction"]["down"])
    to = any_of(["至", "到", "为"])
    return (
        # 36.8%，比上年（36.9%）
        re.compile(f"\\A，?{year}的?（?(?:为)?\\Z"),
        # 由12.38%升至14.07%
        re.compile(f"[由从](?:{year})?的?\\Z"),
        re.compile(f"\\A(?:{direction}|升|提|增|跃升|攀升){{1,2}}{to}(?:[12][0-9]{{3}}年的?)?(?:了)?\\Z"),
        # ，提高1.69个百分点
        re.compile(f"\\A）?(?:相比)?，?(?:{year}|同比)?{direction}(?:了|约|近)*\\Z"),
    )


def relate(reading: Reading) -> Iterator[Relation]:
    """Every change in points right behind its share and the share before."""
    prior_of, start, to, change = _patterns()
    text = reading.document.flow.text
    claims = reading.claims
    for claim in claims[2:]:
        if claim.figure.unit != POINTS or claim.role != "points" or claim.label or claim.item:
            continue
        one, two = claims[claim.index - 2 : claim.index]
        if one.figure.unit != "%" or two.figure.unit != "%" or one.role not in _TOLD:
            continue
        if one.block != claim.block or one.sentence != claim.sentence or one.item or two.item:
            continue
        between = text[one.figure.flow_end : two.figure.flow_start]
        after = text[two.figure.flow_end : claim.figure.flow_start]
        # 由4.96%下降为2.87%: what it fell to reads like a fall by so much
        moved = two.role == "growth" and two.glued
        if not change.match(after) or not (two.role in _TOLD or moved):
            continue
        if prior_of.match(between) and not moved:
            share, prior = one, two
        elif start.search(one.before) and to.match(between):
            share, prior = two, one
        else:
            continue
        yield Relation(
            "share_change",
            {"share": (share,), "share_change": (claim,), "prior_share": (prior,)},
            "customary",
            (between.strip("，（"), after.strip("，）")),
        )


def across(readings: Sequence[Reading], before: Before | None = None) -> Iterator[Relation]:
    """Every change in points right behind its share, with the share that the report of the year before told."""
    change = _patterns()[3]
    if before is None:
        return
    for reading in readings:
        text, claims = reading.document.flow.text, reading.claims
        for claim in claims[1:]:
            share = claims[claim.index - 1]
            if claim.figure.unit != POINTS or claim.role != "points" or claim.label or claim.item:
                continue
            if share.figure.unit != "%" or share.role != "share" or share.sentence != claim.sentence:
                continue
            if not change.match(text[share.figure.flow_end : claim.figure.flow_start]):
                continue
            kind, words = before.what(reading, share)
            year = before.year(reading, share)
            found = (
                before.value(reading, share, str(int(year) - 1), "share", words) if kind and year else None
            )
            if found is None:
                continue
            yield Relation(
                "share_change",
                {"prior_share": (found[0].claim,), "share": (share,), "share_change": (claim,)},
                "customary",
                (share.label, share.object, *claim.words),
                reason=found[1],
            )
