"""构成比：三次产业结构比 a:b:c gives each part's share of the total.

The terms are shares of the whole in percent, in the order that the words fix (第一、第二、第三产业). They
are recomputed from the values where the report prints them; that they make 100 is percent_sum's tie.

Fails: 地区生产总值1000.00亿元。第一产业增加值31.25亿元，第二产业增加值349.78亿元，第三产业增加值618.97亿元。三次产业结构比为3.1:36.0:60.9。
Holds: 地区生产总值1000.00亿元。第一产业增加值31.25亿元，第二产业增加值349.78亿元，第三产业增加值618.97亿元。三次产业结构比为3.1:35.0:61.9。
Silent: 地区生产总值1000.00亿元。第一产业增加值31.25亿元。城乡居民收入比为2.35:1。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from .relation import Relation

_INDUSTRIES = re.compile("(?:三次|三个|一二三|一、二、三)产业|产业结构")
_NAMES = ("第一产业增加值", "第二产业增加值", "第三产业增加值")
_NOW = ("调整为", "变为", "优化为", "演变为", "转变为", "调整到")
# Structures of something else than value added.
_OTHER = re.compile("贡献|投资|税收|从业|就业|用电|用工|企业")
_TOTALS = ("生产总值", "GDP")
# How many paragraphs back the values may stand.
_REACH = 3


def ratio_lists(reading: Reading) -> Iterator[tuple[Claim, ...]]:
    """Every run a:b:c of shares of the three industries, in order of text."""
    run: list[Claim] = []
    known: object = None
    for c in (*reading.claims, None):
        if c is not None and c.role == "ratio" and c.item > 1 and run:
            run.append(c)
            continue
        if len(run) == len(_NAMES):
            # 由22.5:32.6:44.9调整为22.7:32.4:44.9: the second list goes on about the first
            known = _INDUSTRIES.search(run[0].before) or (known and run[0].before.startswith(_NOW))
            if known and not _OTHER.search(run[0].before):
                yield tuple(run)
        run = [c] if c is not None and c.role == "ratio" and c.item == 1 else []


def relate(reading: Reading) -> Iterator[Relation]:
    """Every list whose total and parts are printed before it, for its period."""
    for run in ratio_lists(reading):
        if re.search("[由从](?:上年|去年|[12][0-9]{3}年)?的?\\Z", run[0].before) or "上年" in run[0].before:
            continue  # 由上年22.5:…调整为: last year's structure
        total = _before(reading, run[0], _TOTALS)
        parts = tuple(p for name in _NAMES if (p := _before(reading, run[0], (name,))) is not None)
        if total is None or len(parts) != len(run):
            continue
        yield Relation(
            "ratio_list",
            {"part": parts, "total": (total,), "ratio": run},
            "stated",
            (run[0].before, *(p.label for p in parts)),
        )


def _before(reading: Reading, claim: Claim, names: tuple[str, ...]) -> Claim | None:
    """The nearest value before it of this name, of its scope and period."""
    for c in reading.before(claim):
        if claim.block - c.block > _REACH:
            return None
        if c.role == "value" and c.label.endswith(names) and c.figure.unit == "元" and "人均" not in c.label:
            return c if c.scope == claim.scope and c.period == claim.period else None
    return None
