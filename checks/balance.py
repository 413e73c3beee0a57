"""收支平衡：total income equals total expenditure.

A budget that prints 收入总计 and 支出总计 of one account says that they are equal; that is what the totals
are for. Where the text goes on with what remains (收支相抵，结转下年…), the tie is a difference.

Fails: 预算收入40.00亿元，上年结转3.00亿元，收入总计43.00亿元；预算支出41.00亿元，结转下年1.00亿元，支出总计42.00亿元。
Holds: 预算收入40.00亿元，上年结转3.00亿元，收入总计43.00亿元；预算支出41.00亿元，结转下年2.00亿元，支出总计43.00亿元。
Silent: 预算收入40亿元，上年结转3亿元，收入总计43亿元；预算支出41亿元，上解支出1亿元，支出总计42亿元。收支相抵，年终结转1亿元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from .account_words import words
from .closings import SIDES, closings, remains, side_of
from .relation import Relation
from .sides import Sides, total_side
from .standard import standard

_INCOME = ("预算收入", "基金收入", "财政收入")
_EXPENSE = ("预算支出", "基金支出", "财政支出")


def _told_even(reading: Reading) -> Iterator[Relation]:
    """收入5.91亿元…支出5.91亿元。收支相抵，当年预算收支平衡: the words say it where a total is missing."""
    text = reading.document.flow.text
    by_block: dict[int, list[Claim]] = {}
    for c in reading.claims:
        if c.role == "value" and c.depth == 0 and reading.frames[c.frame].level < 0:
            by_block.setdefault(c.block, []).append(c)
    for number, claims in by_block.items():
        block = reading.document.flow.blocks[number]
        sides = {side_of(c) for c in claims}
        if set(SIDES) <= sides or not words().balanced.search(text, block.start, block.end):
            continue
        income = [c for c in claims if side_of(c) == "收入"] or [
            c for c in claims if c.label.endswith(_INCOME)
        ]
        expense = [c for c in claims if side_of(c) == "支出"] or [
            c for c in claims if c.label.endswith(_EXPENSE)
        ]
        if len(income) != 1 or len(expense) != 1:
            continue
        a, b = income[0], expense[0]
        if remains(reading, b):
            continue  # 当年收支结余2037.6亿元 tells that the two are not equal
        between = [c for c in claims if a.index < c.index < b.index]
        before = [c for c in claims if c.index < a.index] if side_of(a) != "收入" else []
        alike = a.scope == b.scope and a.figure.unit == b.figure.unit
        if not between and not before and a.index < b.index and alike:
            yield Relation(
                "balance", {"income": (a,), "expense": (b,)}, "stated", (a.before, b.before, "收支平衡")
            )


def _totals_even(reading: Reading) -> Iterator[Relation]:
    """总收入401.56亿元…总支出401.56亿元…收支平衡: the words hold the two totals told last against each other.

    收入总计 and 支出总计 are equal by what they are, and are tied without such words.
    """
    text = reading.document.flow.text
    sides = Sides()
    for claim in reading.claims:
        side = total_side(claim)
        if not side:
            continue
        sides.add(claim, side)
        income, expense = sides.income, sides.expense
        if income is None or expense is None or (side_of(income) and side_of(expense)):
            continue
        following = next((c for c in reading.behind(expense) if reading.frames[c.frame].level < 0), None)
        block = reading.document.flow.blocks[expense.block]
        end = min(block.end, following.figure.flow_start if following else block.end)
        even = words().even.search(text, expense.figure.flow_end, end)
        if even and not words().offset.search(text, even.end(), end):
            yield Relation(
                "balance",
                {"income": (income,), "expense": (expense,)},
                "stated",
                (income.label or income.before, expense.label or expense.before, even.group()),
            )


def _of_year(total: Claim) -> bool:
    """Whether the total is that of one year's flows: 本年收入合计 leaves out what was carried over."""
    return _THIS_YEAR.search(total.before) is not None


def _own(total: Claim) -> bool:
    """Whether the total is named after revenue or expenditure itself: 一般公共预算收入合计 of eight counties."""
    return _REVENUE.search(total.before) is not None


_THIS_YEAR = re.compile("(?:本年|当年)(?:收入|支出)合计")
_REVENUE = re.compile("(?:预算|财政|基金)(?:收入|支出)合计")


def relate(reading: Reading) -> Iterator[Relation]:
    """Every 收入总计 followed, before another one, by a 支出总计 of the same scope and section."""
    yield from standard(reading, "balance")
    yield from _told_even(reading)
    yield from _totals_even(reading)
    income: Claim | None = None
    summed = {c.total.index for c in closings(reading)}
    for claim in reading.claims:
        side = side_of(claim)
        if side not in SIDES:
            continue
        if _of_year(claim) or (_own(claim) and claim.index not in summed):
            income = None
        elif side == "收入":
            income = claim
        elif income is not None:
            if (
                claim.block - income.block <= 1
                and claim.figure.unit == income.figure.unit
                and claim.scope == income.scope
                and claim.period == income.period
                and not remains(reading, claim)
            ):
                yield Relation(
                    "balance",
                    {"income": (income,), "expense": (claim,)},
                    "stated",
                    (income.before, claim.before),
                )
            income = None
