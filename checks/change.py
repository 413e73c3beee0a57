"""增减额与幅度：current value, absolute change and rate of change of one indicator agree.

The commonest tie of budgets. It needs no prior: 100 × change / (current − change) is the rate. A rate that
fits after a slip of unit (万元 for 亿元) says so.

Fails: 支出98505万元，比上年减少16158万元，下降16.4%。
Holds: 支出98505万元，比上年减少16158万元，下降14.1%。
Silent: 支出98505万元，比上年减少16158万元，其中项目支出下降16.4%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of, lexicon
from .compared import told_against, told_before
from .growth import real_terms, same_matter
from .relation import Relation
from .since import since, since_year

_OVER_PLAN = tuple(lexicon()["comparison"]["plan_words"])


def relate(reading: Reading) -> Iterator[Relation]:
    """Every value followed, in its frame and sentence, by a change in its unit and a rate of change, in either order."""
    yield from _of_both_sides(reading)
    for frame in reading.frames:
        current: Claim | None = None
        told: Claim | None = None
        for c in reading.of(frame):
            if c.role == "value":
                # 决算数40186万元，预算数37000万元，完成预算的108.6%；比上年增加…: the result grew
                aside = told_against(reading, c) or told_before(reading, c)
                current, told = reading.claims[c.index - 1] if aside else c, None
            elif current is None or c.sentence != current.sentence or c.block != current.block or c.label:
                told = None
            elif c.role == "change" and c.figure.unit == current.figure.unit and not c.item:
                against = since_year(c)
                before = reading.claims[c.index - 1]
                other = before.role == "prior" and not same_matter(current, before)
                if _average().search(c.before) or other or (against and against == current.period):
                    told = None  # 年均增加4.1亿元 is no whole change, 比2023年决算数增加 none of 2023年决算数
                    continue
                if told is not None and told.role == "growth":
                    # 增长6.1%，增加142.7亿元: the change names no time of its own
                    if not since(c) and not c.object and _together(told, c):
                        yield _relation(reading, current, c, told)
                    told = None
                else:
                    told = c
            elif c.role == "growth" and c.figure.unit == "%" and not c.item:
                if told is not None and told.role == "change":
                    if _together(told, c) and not _over_plan(told, c):
                        fits = fit(since(told) or _since_prior(reading, current, told), since(c))
                        if fits is not False:
                            yield _relation(reading, current, told, c, 1 if fits else 2)
                    told = None
                else:
                    # 完成年初预算的101.8% may stand in between
                    between = reading.claims[current.index + 1 : c.index]
                    told = c if all(b.role == "plan" for b in between[:2]) and len(between) < 2 else None
            elif c.role in ("change", "growth"):
                told = None


def _of_both_sides(reading: Reading) -> Iterator[Relation]:
    """收入、支出总计均为2092.01万元。与上年相比，收、支总计各减少212.87万元，下降9.24%: one total, one change, one rate.

    The total is that of both sides, told right before in the paragraph; what stands in between ends it.
    """
    both, total = _both()
    for change, growth in pairwise(reading.claims):
        if change.role != "change" or not both.search(change.before) or not change.index:
            continue
        current = reading.claims[change.index - 1]
        if (
            growth.role == "growth"
            and growth.figure.unit == "%"
            and _together(change, growth)
            and not growth.label
            and growth.sentence == change.sentence
            and current.role == "value"
            and current.block == change.block
            and current.figure.unit == change.figure.unit
            and total.search(current.before)
        ):
            yield _relation(reading, current, change, growth)


@cache
def _both() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon_of("gouji.checks", "sides")["both"]
    return re.compile(lex["change"]), re.compile(lex["total"])


def _relation(
    reading: Reading, current: Claim, change: Claim, growth: Claim, candidates: int = 1
) -> Relation:
    return Relation(
        "change",
        {"current": (current,), "change": (change,), "growth": (growth,)},
        "stated",
        (current.label or current.noun, *change.words, *growth.words),
        candidates=candidates,
        # 生产总值增加86.3亿元，增长5.5%: the amount is at the prices of the year, the rate is not
        reason=real_terms(reading, current, growth),
    )


def _since_prior(reading: Reading, current: Claim, change: Claim) -> str:
    """Since when by the prior that is printed: 由年初的3921亿元增加到4286亿元，增加364亿元; '' where none is."""
    for at in (change.index - 1, current.index - 1):
        prior = reading.claims[at] if at >= 0 else None
        if prior is not None and prior.role == "prior" and prior.sentence == current.sentence:
            return since(prior)
    return ""


def _together(first: Claim, second: Claim) -> bool:
    return first.direction == second.direction and second.index == first.index + 1


def _over_plan(change: Claim, growth: Claim) -> bool:
    """超收7.43亿元，增长6.15%: more than planned, and a growth over last year."""
    over = any(w.endswith(_OVER_PLAN) for w in change.words)
    over = over and not any("预算" in w or "计划" in w for w in growth.words)
    return over or (bool(change.object) and any(w[:2] in ("同比", "比上", "较上") for w in growth.words))


@cache
def _average() -> re.Pattern[str]:
    return re.compile(any_of(lexicon()["comparison"]["annual_average"]))


def fit(change: str, growth: str) -> bool | None:
    """Whether a growth since then may be that of a change since then; ``None`` where only a year's end makes them one.

    A growth that names no time has that of the change before it. 比年初增加364亿元，同比增长10.2% are two things
    in any month but the last.
    """
    if not growth or growth == change or not change:
        return True
    pair = {change, growth}
    if pair <= {"year", "start", "period"}:
        return True if pair == {"year", "period"} else None
    return False
