"""完成预算：what was done against the plan that is printed beside it.

为年初预算1,354,921万元的100.1% names actual, plan and rate in one breath. Where the plan is not printed
nothing is recomputed.

Fails: 全市社会保险基金预算收入1356722万元，为年初预算1354921万元的101.1%。
Holds: 全市社会保险基金预算收入1356722万元，为年初预算1354921万元的100.1%。
Silent: 全市社会保险基金预算收入1356722万元，完成预算的100.1%，预算支出1354921万元。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..extract.claim import Reading
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every plan in front of its rate, with the value right before it in the sentence."""
    for planned, rate in pairwise(reading.claims):
        if (
            planned.role != "planned"
            or rate.figure.unit != "%"
            or rate.before.strip() not in ("的", "的比例为")
        ):
            continue
        if planned.sentence != rate.sentence or planned.index == 0:
            continue
        actual = reading.claims[planned.index - 1]
        if (
            actual.role == "value"
            and actual.sentence == planned.sentence
            and actual.figure.unit == planned.figure.unit
            and not actual.item
            and planned.clause - actual.clause <= 1
        ):
            yield Relation(
                "plan",
                {"actual": (actual,), "plan": (planned,), "rate": (rate,)},
                "stated",
                (actual.label or actual.noun, planned.before),
            )
