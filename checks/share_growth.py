"""比重与增速：a part that grows faster than the whole takes a greater share of it.

Share now, growth of the part and growth of the whole give the share a year before, and so the points that the share
changed by (增长12.6%，占75.0%，比上年提高0.7个百分点; the whole grew by 11.7%). Growth in real terms moves no share of
values: seen and left open.

Fails: 一般公共预算收入1697.9亿元，增长11.7%。其中税收收入1272.9亿元，增长12.6%，占一般公共预算收入比重达75.0%，比上年下降0.7个百分点。
Holds: 一般公共预算收入1697.9亿元，增长11.7%。其中税收收入1272.9亿元，增长12.6%，占一般公共预算收入比重达75.0%，比上年提高0.6个百分点。
Silent: 一般公共预算收入1697.9亿元，增长11.7%。其中税收收入1272.9亿元，占一般公共预算收入比重达75.0%，比上年下降0.7个百分点。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import POINTS, any_of, lexicon
from .contribution import whole_growth
from .growth import base_of, real_terms
from .growth_average import real_words
from .growth_mix import growth_of
from .naming import bare_name
from .relation import Relation


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words between share and points, and those of a growth since another time than last year."""
    lex = lexicon()
    last = any_of(
        [f"{v}{t}" for v in ("比", "较") for t in lexicon_of("gouji.checks", "gaps")["move"]["last"]]
    )
    word = any_of(lex["direction"]["up"] + lex["direction"]["down"])
    said = any_of(["比重", "占比", "份额"])
    return (
        re.compile(f"\\A，?(?:{said})?(?:{last}|同比)?(?:{said})?{word}(?:了|约|近)*\\Z"),
        re.compile("[比较](?:[12][0-9]{3}年|“?十[一二三四五六七]?五”?|年初)"),
    )


def relate(reading: Reading) -> Iterator[Relation]:
    """Every change in points right behind a share, with the growth of the part before and that of the whole."""
    change, other = _patterns()
    text = reading.document.flow.text
    for claim in reading.claims[2:]:
        if claim.figure.unit != POINTS or claim.role != "points" or claim.item:
            continue
        growth, share = reading.claims[claim.index - 2 : claim.index]
        if share.role != "share" or share.figure.unit != "%" or growth.role != "growth" or growth.item:
            continue
        if growth.figure.unit != "%" or growth.sentence != claim.sentence or growth.block != claim.block:
            continue
        between = text[growth.figure.flow_end : claim.figure.flow_start]
        if "；" in between or not change.match(text[share.figure.flow_end : claim.figure.flow_start]):
            continue
        base = base_of(reading, growth)
        total, whole = _whole(reading, base, share, growth)
        if total is None or total.index == growth.index or other.search(growth.before + total.before):
            continue
        real = base is not None and real_terms(reading, base, growth) is not None
        real = real or real_words(growth.label + share.object)
        real = real or (whole is not None and real_terms(reading, whole, total) is not None)
        yield Relation(
            "share_growth",
            {
                "share_change": (claim,),
                "share": (share,),
                "growth": (total,),
                "part_growth": (growth,),
            },
            "customary",
            (base.label if base is not None else growth.label, share.before, claim.before),
            reason="real_terms" if real else None,
        )


def _whole(
    reading: Reading, base: Claim | None, share: Claim, growth: Claim
) -> tuple[Claim | None, Claim | None]:
    """The growth of what the share is of, and its value: above the part, or the first of that name before."""
    name = bare_name(share.object)
    if base is not None and reading.frames[base.frame].parent >= 0:
        whole = reading.claims[reading.frames[base.frame].parent]
        if len(name) < 2 or name in whole.label or bare_name(whole.label) in name:
            return growth_of(reading, reading.frames[whole.frame], whole), whole
        return None, None
    return (whole_growth(reading, growth, (name,)) if len(name) >= 4 else None), None
