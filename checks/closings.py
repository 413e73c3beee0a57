"""Totals that close a run of items: 收入…，加…，收入总计….

A budget prints its items first and their total last. The total takes what stands before it in its
paragraph, back to the total before: the heads of that run, never what stands under 其中 inside an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..extract.claim import Claim, Reading
from .account_words import words

_CLOSING = re.compile(
    "\\A[，、；：和及并]*(?:本部门|本单位)?(?:[12][0-9]{3}年度?)?(?:以上|上述|[两三四五六七八]项|各项|(?!其[他余它])[\u4e00-\u9fff]{0,10}?(?=收入总|支出总|收入合|支出合))?"
    "(?P<kind>收入|支出|收支|资金)?(?:总计|合计|总量|共计)(?:为|达|达到|是|各)?\\Z"
)
_SUBTOTAL = re.compile("可用财力|当年财力|总财力")
_ADDED = re.compile("[，、；]?(?:合计|总计|共计)")
_BEYOND_PLAN = re.compile("超收|短收|超支|超预算")
_LESS = re.compile("减去|扣除|扣减|减：|剔除|减上解|减补助")


SIDES = ("收入", "支出")


def side_of(claim: Claim) -> str:
    """收入 or 支出 for 收入总计, 支出总计; '' for every other figure."""
    m = _CLOSING.match(claim.before) if claim.role == "value" else None
    return (m["kind"] or "") if m else ""


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing total, the items that it closes, and which side it is on (收入, 支出 or '')."""

    total: Claim
    items: tuple[Claim, ...]
    side: str
    nested: bool


def holds_left(reading: Reading, expense: Claim) -> bool:
    """Whether what is left is an item of this 支出总计 itself (支出86.35，滚存结余73，支出总计159.35)."""
    for c in reading.before(expense):
        if c.block != expense.block or side_of(c):
            return False
        if _LEFT.search(c.label):
            return True
    return False


_LEFT = re.compile("(?:结余|结转|结转下年|结转下年支出|年终结余|滚存结余)\\Z")
_BALANCED = re.compile("收支平衡|收支相等|收支持平|当年平衡")
_REMAINS = re.compile("(?<!上年)(?<!年初)(?:结余|结转|滚存|结存|盈余|缺口|赤字)")


def remains(reading: Reading, expense: Claim) -> bool:
    """Whether the text after 支出总计 tells of something left over that the total does not hold already."""
    text = reading.document.flow.text
    if holds_left(reading, expense):
        return False
    even = _BALANCED.search(text, expense.figure.flow_end, expense.figure.flow_end + 40)
    if even and not _REMAINS.search(text, expense.figure.flow_end, even.start()):
        return False
    # another total, or the income of the next account, is beyond what this total leaves
    following = [
        c
        for c in reading.claims[expense.index + 1 : expense.index + 8]
        if side_of(c) or (c.role == "value" and c.label.endswith(SIDES[0]))
    ]
    end = following[0].figure.flow_start if following else len(text)
    end = min(end, expense.figure.flow_end + 400)
    return bool(_REMAINS.search(text, expense.figure.flow_end, end))


def closings(reading: Reading) -> Iterator[Closing]:
    """Every closing total of a paragraph with at least two items, in order."""
    block = -1
    run: list[Claim] = []
    for claim in reading.claims:
        if claim.block != block:
            block, run = claim.block, []
        if claim.role != "value":
            continue
        m = _CLOSING.match(claim.before)
        side = (m["kind"] or "") if m is not None else _added_up(reading, run, claim)
        if side and _of_several(reading, claim):
            run = []  # 两项基金收入合计33.27亿元: of accounts told one after the other
            continue
        if side is None:
            if _SUBTOTAL.search(claim.label) or _ADDED.match(claim.before):
                run = []  # 当年可用财力, 合计减少利润 already holds what stands before it
            if _BEYOND_PLAN.search(claim.label):
                continue  # 超收收入 is a piece of the revenue told before it
            run.append(claim)
            continue
        items = _items(reading, run, claim, side)
        run = []
        if items is not None:
            yield Closing(claim, items[0], side, items[1])


def _of_several(reading: Reading, total: Claim) -> bool:
    """Whether a number right in front says of how many accounts this is a total: 两项基金收入合计."""
    before = reading.claims[total.index - 1] if total.glued and total.index else None
    return before is not None and before.figure.kind == "count" and before.noun.endswith(total.before)


# what adds the items in front of 总收入 to what was told before them
_ADDS = re.compile("加上|连同|[，。；：]加")


def _added_up(reading: Reading, run: list[Claim], total: Claim) -> str | None:
    """The side of a 总收入 or 总支出 that the words add up from the run (加上…), ``None`` for any other figure.

    等 after the last item leaves the list open.
    """
    lex = words()
    side = (
        "收入" if total.label.endswith(lex.income) else "支出" if total.label.endswith(lex.expense) else None
    )
    if side is None or len(run) < 2 or total.item:
        return None
    text = reading.document.flow.text
    tops = [c for c in run if reading.frames[c.frame].level < 0 and c.account == total.account]
    if len(tops) < 2 or not tops[0].label.endswith(side):
        return None
    adds = _ADDS.search(text, tops[0].figure.flow_end, tops[1].figure.flow_start)
    rest = text[tops[-1].figure.flow_end : total.figure.flow_start]
    return side if adds and not _OPEN.search(rest) else None


_OPEN = re.compile("\\A[^，。；]{0,8}等|部分|其他")


# 津贴每人每年12万元，合计36万元: what one of them has, times how many there are
_PER_ONE = re.compile("每(?![年月季周日天次])[\u4e00-\u9fff]{1,8}\\Z")


def _of_list(reading: Reading, total: Claim) -> bool:
    """Whether a list of another year stands right before the total: 上年同期分别计提9.8亿元、2.1亿元，合计11.9亿元."""
    told = reading.claims[max(total.index - 2, 0) : total.index]
    return len(told) == 2 and all(
        c.role == "prior" and c.sentence == total.sentence and c.figure.unit == total.figure.unit
        for c in told
    )


def _items(
    reading: Reading, run: list[Claim], total: Claim, side: str
) -> tuple[tuple[Claim, ...], bool] | None:
    same = [c for c in run if c.figure.unit == total.figure.unit and not c.glued]
    top = [c for c in same if reading.frames[c.frame].level < 0 and c.depth == total.depth]
    if not top or any(_LESS.search(c.before) for c in top):
        return None
    if side in ("收入", "支出"):
        # the run begins at the side's own head: …预算收入 N
        ends = (
            f"预算{side}",
            f"财政{side}",
            f"基金{side}",
            f"预算总{side}",
            "可用财力",
            "当年财力",
            "总财力",
        )
        starts = [i for i, c in enumerate(top) if c.label.endswith(ends)]
        if not starts:
            return None
        top = top[starts[-1] :]
    elif _of_list(reading, total) or any(_PER_ONE.search(c.before) for c in top):
        return None
    elif any(c.sentence != total.sentence for c in top):
        top = [c for c in top if c.sentence == total.sentence]
    if len({(c.scope, c.period) for c in top}) > 1:
        return None
    if len(top) >= 2:
        return tuple(top), False
    between = reading.document.flow.text[same[-1].figure.flow_end : total.figure.flow_start]
    if len(top) == 1 and not _ADDS.search(between):
        parts = [c for c in same if reading.frames[c.frame].parent == top[0].index]
        heads = [
            c
            for c in parts
            if (h := reading.head(reading.frames[c.frame])) is not None and h.index == c.index
        ]
        if len(heads) >= 2 and side:
            return tuple(heads), True
    return None
