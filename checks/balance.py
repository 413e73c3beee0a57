"""收支平衡：total income equals total expenditure.

A budget that prints 收入总计 and 支出总计 of one account says that they are equal; that is what the totals
are for. Where the text goes on with what remains (收支相抵，结转下年…), the tie is a difference.

Fails: 预算收入40亿元，上年结转3亿元，收入总计43亿元；预算支出41亿元，结转下年1亿元，支出总计42亿元。
Holds: 预算收入40亿元，上年结转3亿元，收入总计43亿元；预算支出41亿元，结转下年2亿元，支出总计43亿元。
Silent: 预算收入40亿元，上年结转3亿元，收入总计43亿元；预算支出41亿元，上解支出1亿元，支出总计42亿元。收支相抵，年终结转1亿元。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from .closings import SIDES, remains, side_of
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every 收入总计 followed, before another one, by a 支出总计 of the same scope and section."""
    income: Claim | None = None
    for claim in reading.claims:
        side = side_of(claim)
        if side not in SIDES:
            continue
        if side == "收入":
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
