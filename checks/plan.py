"""完成预算：what was done against the plan that is printed beside it.

为年初预算1,354,921万元的100.1% names actual, plan and rate in one breath; 年初预算为20万元，支出决算为18万元，
完成年初预算的90% tells them one by one. Where the plan is not printed nothing is recomputed.

Fails: 全市社会保险基金预算收入1356722万元，为年初预算1354921万元的101.1%。
Holds: 全市社会保险基金预算收入1356722万元，为年初预算1354921万元的100.1%。
Silent: 全市社会保险基金预算收入1356722万元，完成预算的100.1%，预算支出1354921万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..extract.claim import Claim, Reading
from .closings import SIDES
from .relation import Relation
from .table_rate import plans


def relate(reading: Reading) -> Iterator[Relation]:
    """Every plan in front of its rate, and every rate of completion after its plan and what was done."""
    yield from _in_one_breath(reading)
    yield from _one_by_one(reading)
    yield from _behind(reading)
    yield from plans(reading)


def _in_one_breath(reading: Reading) -> Iterator[Relation]:
    """为年初预算N的x%: the plan in front of its rate, with the value right before it in the sentence."""
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


# a figure whose words end so is a plan of that kind
_PLAN = re.compile("(?P<kind>年初|调整|变动|年度|全年|当年)?(?:预算|计划|目标任务|目标)(?:安排)?数?\\Z")


def _one_by_one(reading: Reading) -> Iterator[Relation]:
    """预算为N，决算为M，完成预算的x%: the last value before the rate, and the plan right before that."""
    values: list[Claim] = []
    block = -1
    for claim in reading.claims:
        if claim.block != block:
            block, values = claim.block, []
        if claim.role == "value":
            values.append(claim)
            continue
        if claim.role != "plan" or claim.figure.unit != "%" or claim.item or len(values) < 2:
            continue
        actual = values[-1]
        named = _PLAN.search(claim.object)
        if actual.sentence != claim.sentence or actual.item or named is None or _PLAN.search(actual.label):
            continue
        plans: list[Claim] = []
        for value in reversed(values[:-1]):
            if (
                not _PLAN.search(value.label)
                or value.figure.unit != actual.figure.unit
                or value.index < actual.index - 3
            ):
                break
            plans.append(value)
        fitting = [
            p
            for p in plans
            if _same_kind(_kind(p), named["kind"] or "") and not _other_side(p.label, actual.label)
        ]
        if len(fitting) == 1 and (len(plans) == 1 or _kind(fitting[0]) == (named["kind"] or "")):
            plan = fitting[0]
            if (
                plan.depth == actual.depth
                and reading.frames[plan.frame].level == reading.frames[actual.frame].level
            ):
                yield Relation(
                    "plan",
                    {"actual": (actual,), "plan": (plan,), "rate": (claim,)},
                    "stated",
                    (plan.label, actual.label or actual.noun, claim.object),
                )


def _behind(reading: Reading) -> Iterator[Relation]:
    """教育支出28.46亿元，完成调整预算的97.8%（调整预算29.10亿元）: the plan in a parenthesis right behind its rate."""
    for rate, planned in pairwise(reading.claims):
        if rate.role != "plan" or rate.figure.unit != "%" or rate.item or not rate.index:
            continue
        actual = reading.claims[rate.index - 1]
        named, told = _PLAN.search(rate.object), _PLAN.fullmatch(planned.label)
        if (
            named is not None
            and told is not None
            and planned.role in ("value", "planned")
            and planned.depth > rate.depth == actual.depth
            and _same_kind(told["kind"] or "", named["kind"] or "")
            and actual.role == "value"
            and not actual.item
            and rate.sentence == planned.sentence == actual.sentence
            and actual.figure.unit == planned.figure.unit
            and not _PLAN.search(actual.label)
        ):
            yield Relation(
                "plan",
                {"actual": (actual,), "plan": (planned,), "rate": (rate,)},
                "stated",
                (planned.label, actual.label or actual.noun, rate.object),
            )


def _kind(plan: Claim) -> str:
    m = _PLAN.search(plan.label)
    return (m["kind"] or "") if m else ""


def _same_kind(printed: str, named: str) -> bool:
    """Whether the plan that the rate names may be the printed one: 预算 may be 年初预算, 调整预算 may not."""
    return printed == named or not printed or not named


def _other_side(plan: str, actual: str) -> bool:
    """Whether the plan is one of expenditure and the result one of revenue, or the other way round."""
    sides = [{side for side in SIDES if side in words} for words in (plan, actual)]
    return all(sides) and not sides[0] & sides[1]
