"""Rates that are named after neither of their counts (城镇化率: 城镇常住人口 of 常住人口).

Both counts are found by their whole names, in the rate's paragraph and before it; a rate whose counts are
not both printed there ties nothing.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of, lexicon


class _Named(NamedTuple):
    names: tuple[str, ...]
    part: frozenset[str]
    whole: frozenset[str]
    bare: bool = False


@cache
def _table() -> tuple[_Named, ...]:
    return tuple(
        _Named(tuple(r["names"]), frozenset(r["part"]), frozenset(r["whole"]), bool(r.get("bare")))
        for r in lexicon_of("gouji.checks", "named_rates")["rate"]
    )


class _Beside(NamedTuple):
    names: tuple[str, ...]
    part: tuple[str, ...]
    whole: tuple[str, ...]
    past: tuple[str, ...]


@cache
def _beside() -> tuple[_Beside, ...]:
    return tuple(
        _Beside(tuple(r["names"]), tuple(r["part"]), tuple(r["whole"]), tuple(r.get("past", ())))
        for r in lexicon_of("gouji.checks", "named_rates")["beside"]
    )


# what turns a word round: 检出不合格31批次
_NOT = ("不", "未", "无")
# so many figures of the sentence are looked back at for the whole
_BACK = 4


def told_beside(reading: Reading, rate: Claim) -> tuple[Claim, Claim] | None:
    """The part right before a rate of this name, and the figure that it came out of: 抽查120宗，合格115宗，合格率95.8%."""
    named = next((r for r in _beside() if rate.object.endswith(r.names)), None)
    if named is None or rate.item or not rate.index:
        return None
    name = next(n for n in named.names if rate.object.endswith(n))
    of = rate.object.removesuffix(name)
    part = reading.claims[rate.index - 1]
    words = part.before.rstrip("了共为达")
    end = next((w for w in named.part if words.endswith(w)), "")
    if not end or words.removesuffix(end).endswith(_NOT) or not _of_one(part, rate) or part.item:
        return None
    for whole in islice(reading.before(part), _BACK):
        if not _of_one(whole, part):
            return None
        if any(w in whole.label for w in named.past):
            continue
        if whole.figure.unit == part.figure.unit and any(w in whole.label for w in named.whole):
            own = not of or of in whole.label or of in part.label
            return (part, whole) if own and not whole.item and whole.depth == part.depth else None
        return None  # 发出建议132份，收到反馈118份，被采纳104份: of which of the two?
    return None


def _of_one(claim: Claim, other: Claim) -> bool:
    return claim.role == "value" and (claim.block, claim.sentence) == (other.block, other.sentence)


@cache
def _place_and_time() -> re.Pattern[str]:
    words = [*lexicon()["scope"]["words"], "年末", "年底", "期末", "全年", "全", "末"]
    return re.compile(f"\\A(?:{any_of(words)})+")


def counts_of(reading: Reading, rate: Claim) -> tuple[Claim, Claim] | None:
    """The part and the whole that a rate of this name compares, where both are printed before it."""
    if bare(rate):
        name = _place_and_time().sub("", rate.label)
        named = next((r for r in _table() if r.bare and name in r.names), None)
    else:
        named = next((r for r in _table() if not r.bare and rate.object.endswith(r.names)), None)
    if named is None:
        return None
    part, whole = _nearest(reading, rate, named.part), _nearest(reading, rate, named.whole)
    if part is None or whole is None or part.figure.unit != whole.figure.unit:
        return None
    return part, whole


def bare(claim: Claim) -> bool:
    """Whether the figure may be a rate per 100 that is printed without a unit (性别比104.16)."""
    return claim.role == "value" and not claim.figure.unit and bool(claim.figure.decimals) and not claim.item


def _nearest(reading: Reading, rate: Claim, names: frozenset[str]) -> Claim | None:
    for claim in reading.before(rate):
        if claim.block != rate.block:
            return None
        if claim.role == "value" and _place_and_time().sub("", claim.label) in names:
            same = (claim.scope, claim.period) == (rate.scope, rate.period)
            return claim if same and not claim.item else None
    return None
