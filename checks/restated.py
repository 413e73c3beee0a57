"""同指标两值：one indicator, one period, two places.

A figure said twice must be the same figure. Only figures whose words are the same and many enough are
compared: same scope, period, heading figure, indicator and unit.

Fails: 全年法治宣传活动举办30场。年内法治宣传活动举办20场。
Holds: 全年法治宣传活动举办30场。年内法治宣传活动举办30场。
Silent: 全年法治宣传活动举办30场。全年法治沙龙活动举办20场。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..extract.claim import Claim, Reading
from ..extract.roles import scope_of
from .before import Before
from .closings import closings
from .growth import base_of, prior_of
from .indicator import Key, key
from .relation import Relation
from .standard import standard
from .table_prose import told_twice

# A label must say this much to name one thing only.
CHARACTERS = 6
# A name with its own word of scope, of this length and of nothing planned, names one figure of one period.
SURE = 10
# Items that every account of every level of government has.
_ACCOUNTS = (
    "收入",
    "支出",
    "资金",
    "基金",
    "债券",
    "余额",
    "结转",
    "结余",
    "预算",
    "调入",
    "调出",
    "限额",
    "财力",
)
_DONE = ("完成", "实现", "达", "达到", "共有", "现有")
_PLANNED = re.compile(
    "预算(?!收入|支出)|预计|预期|计划|安排|拟|批准|调整|力争|目标|新增|争取|到位|下达|拨付|发行|投入|累计"
)


def _sure(claim: Claim) -> bool:
    return (
        len(claim.label) >= SURE
        and bool(scope_of(claim.label))
        and claim.before.endswith(_DONE)
        and not _PLANNED.search(claim.before)
    )


def _telling(first: Claim, second: Claim) -> bool:
    """Whether two figures can be one told twice: no length of time, no handful of things, no aim beside a result.

    30条以上 is what is aimed at, 76条 what was done; a handful comes again in any report.
    """
    figures = (first.figure, second.figure)
    if any(f.kind == "duration" or f.value == 0 or (f.discrete and f.value < _HANDFUL) for f in figures):
        return False
    aims = [f.approx in ("at_least", "at_most") for f in figures]
    return not any(aims) or figures[0].numeral == figures[1].numeral


_HANDFUL = 10


def relate(reading: Reading) -> Iterator[Relation]:
    """Every value against the one before it that says the same."""
    yield from standard(reading, "restated")
    yield from told_twice(reading)
    last: dict[tuple[Key, str], Claim] = {}
    for claim in reading.claims:
        if claim.role != "value" or claim.item:
            continue
        if claim.before.endswith(("居前", "前", "位居", "排名", "每")):
            continue  # 居前5位 is a cut-off, 每10股 a base: no indicator
        k = key(reading, claim)
        if k is None or len(claim.label) < CHARACTERS:
            continue
        before = last.get((k, claim.period))
        if before is not None and not (_telling(before, claim)):
            before = None
        if before is not None and before.frame != claim.frame and before.sentence != claim.sentence:
            # the same words may still speak of another place or a plan: only equal figures are then told
            if not scope_of(claim.label) and claim.label.endswith(_ACCOUNTS):
                continue  # 上级补助收入 of one account or another: not even worth asking
            sure = _sure(before) and _sure(claim) and before.aside == claim.aside
            yield Relation(
                "restated",
                {"first": (before,), "second": (claim,)},
                "stated",
                (claim.label,),
                candidates=1 if sure else 2,
            )
        last[k, claim.period] = claim
    for c in closings(reading):
        if c.nested:
            # 收入40.86亿元，其中…，收入总计40.86亿元: the total says again what it was broken down from
            head = reading.claims[reading.frames[c.items[0].frame].parent]
            yield Relation(
                "restated", {"first": (head,), "second": (c.total,)}, "stated", (head.label, c.total.before)
            )


def across(readings: Sequence[Reading], before: Before | None = None) -> Iterator[Relation]:
    """Every value of an earlier year, printed again, against what the report of that year told.

    A value with its year (2016年受理329242件), or the prior value beside a growth (上年329242件，增长5.27%).
    """
    if before is None:
        return
    for reading in readings:
        for claim in reading.claims:
            prior, base, year = claim, claim, ""
            if claim.role == "value" and not claim.item and not claim.aside:
                year = before.year(reading, claim)
                named = year in before.sentence(reading, claim).partition(claim.figure.text)[0]
                year = year if year != before.source(reading).year and named else ""
            elif claim.role == "growth" and (base_ := base_of(reading, claim)):
                found = prior_of(reading, claim, base_)
                told = before.year(reading, base_)
                if found is not None and told:
                    prior, base, year = found, base_, str(int(told) - 1)
            tie = before.value(reading, base, year) if year else None
            if tie is None or tie[0].claim.figure.unit != prior.figure.unit:
                continue
            one, reason = tie
            yield Relation(
                "restated",
                {"first": (one.claim,), "second": (prior,)},
                "customary",
                (base.label, year),
                reason=reason,
            )
