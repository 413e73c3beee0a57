"""差额：a balance is what it says it is the difference of.

顺差 is exports less imports, 自然增长率 births less deaths, 当年收支结余 income less expenditure: by
definition, so the words alone bind. Accumulated balances (滚存结余) are another thing.

Fails: 出口1857.0亿元，进口1018.4亿元，贸易顺差838.9亿元。
Holds: 出口1857.0亿元，进口1018.4亿元，贸易顺差838.6亿元。
Silent: 收入92.15亿元，支出86.35亿元，年末滚存结余73亿元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from .closings import remains, side_of
from .relation import Relation


@dataclass(frozen=True, slots=True)
class _Words:
    result: tuple[str, ...]
    minuend: tuple[str, ...]
    subtrahend: tuple[str, ...]
    excluded: tuple[str, ...]


@cache
def _lexicon() -> tuple[_Words, ...]:
    lex = lexicon_of("gouji.checks", "differences")
    return tuple(
        _Words(tuple(d["result"]), tuple(d["minuend"]), tuple(d["subtrahend"]), tuple(d.get("not", ())))
        for d in lex["difference"]
    )


def _name(claim: Claim) -> str:
    return claim.object if claim.role == "rate" else claim.label


def relate(reading: Reading) -> Iterator[Relation]:
    """Every balance of the lexicon with its two figures before it in the same paragraph, and what totals leave."""
    yield from _remainders(reading)
    for claim in reading.claims:
        if claim.role not in ("value", "rate"):
            continue
        name = _name(claim)
        for words in _lexicon():
            if not name.endswith(words.result) or any(w in claim.before for w in words.excluded):
                continue
            minuend = _before(reading, claim, words.minuend)
            subtrahend = _before(reading, claim, words.subtrahend)
            if (
                minuend is not None
                and subtrahend is not None
                and not _totals_between(reading, minuend, claim)
            ):
                yield Relation(
                    "difference",
                    {"minuend": (minuend,), "subtrahend": (subtrahend,), "difference": (claim,)},
                    "stated",
                    (name, _name(minuend), _name(subtrahend)),
                )
            break


_LEFT = re.compile("收支相抵|收支相减|收支轧差|总?收入(?:总计)?(?:减去|与)|相抵后")
_REMAINDER = ("结余", "结转", "结转下年", "滚存结余", "结转结余", "结余结转", "结转下年支出", "结余资金")


def _remainders(reading: Reading) -> Iterator[Relation]:
    """收入总计, 支出总计, 收支相抵，年终结转: what remains of the two totals."""
    text = reading.document.flow.text
    totals: dict[str, Claim] = {}
    for claim in reading.claims:
        side = side_of(claim)
        if side:
            totals[side] = claim
            continue
        if claim.role != "value" or not claim.label.endswith(_REMAINDER):
            continue
        income, expense = totals.get("收入"), totals.get("支出")
        if income is None or expense is None or claim.index != expense.index + 1:
            continue
        if (
            not income.index < expense.index
            or expense.block - income.block > 1
            or claim.block != expense.block
        ):
            continue
        between = text[expense.figure.flow_end : claim.figure.flow_start]
        if not remains(reading, expense):
            continue
        if len(between) > 24 or not _LEFT.search(between) or claim.figure.unit != income.figure.unit:
            continue
        yield Relation(
            "difference",
            {"minuend": (income,), "subtrahend": (expense,), "difference": (claim,)},
            "stated",
            (between.strip("，。；"), income.before, expense.before),
        )


def _totals_between(reading: Reading, first: Claim, result: Claim) -> bool:
    """Whether totals stand in between that leave this balance themselves (收支相抵 after 支出总计)."""
    between = [c for c in reading.claims[first.index : result.index] if side_of(c) == "支出"]
    return bool(between) and remains(reading, between[-1])


def _before(reading: Reading, claim: Claim, words: tuple[str, ...]) -> Claim | None:
    """The nearest figure before it that the words name, at the same depth of breakdown."""
    level = reading.frames[claim.frame].level
    for c in reversed(reading.claims[: claim.index]):
        if c.block != claim.block:
            return None
        if (
            c.role == claim.role
            and c.figure.unit == claim.figure.unit
            and _name(c).endswith(words)
            and c.scope == claim.scope
            and c.period == claim.period
            and (reading.frames[c.frame].level == level or level < 0 or reading.frames[c.frame].level < 0)
        ):
            return c
    return None
