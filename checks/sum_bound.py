"""其中不超：parts named under a total cannot together exceed it.

其中 without a complete list still bounds: what is named is part of the whole, and the parts exclude one
another unless the lexicon knows that they overlap (机电 and 高新技术).

Fails: 争取资金7.44亿元，其中甲类3.10亿元、乙类4.90亿元。
Holds: 争取资金8.44亿元，其中甲类3.10亿元、乙类4.90亿元。
Silent: 出口10亿元，其中机电产品7亿元，高新技术产品5亿元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from ..extract.ladders import ladders
from .closings import closings
from .levels import Breakdown, breakdowns, same_end
from .partitions import partitions
from .relation import Relation
from .subset import part_of


def relate(reading: Reading) -> Iterator[Relation]:
    """Every breakdown of two parts or more that is not known to be complete and not known to overlap.

    A net amount below zero (上级补助收入-4.4亿元) bounds nothing: the lesser parts of it are taken off.
    """
    closed = {c.items for c in closings(reading) if c.nested}
    for b in breakdowns(reading):
        if b.parts in closed or b.whole.figure.negative:
            continue
        if len(b.parts) < 2 or b.closed or partitions().overlapping(b.parts):
            continue
        if _one_in_another(reading, b):
            continue
        apart = exclusive(b)
        yield Relation(
            "sum_bound",
            {"total": (b.whole,), "part": b.parts},
            "logical",
            (b.words, *(p.label or p.noun for p in b.parts)),
            # unlike names (私人汽车, 轿车) may overlap: then only a sum that fits is told,
            # and where it does not, that no part alone exceeds the whole
            candidates=1 if apart else 2,
            weaker=() if apart else tuple(part_of(b, part) for part in near(b)),
        )


def _one_in_another(reading: Reading, b: Breakdown) -> bool:
    """Whether a share makes one part a part of another: 民生支出254亿元；教育等三项支出合计148亿元，占民生支出的58.5%."""
    names = {p.index: p.label for p in b.parts if len(p.label) >= 2}
    for part in b.parts:
        for c in reading.claims[part.index + 1 : part.index + 4]:
            if c.sentence != part.sentence or c.role == "value":
                break
            # 控股股东持股186股，质押86股，占其所持股份的46.4%: of what stands before
            if c.role == "share" and (
                (c.object.startswith(_ITS) and part is not b.parts[0])
                or any(n != part.index and c.object.strip("的").endswith(name) for n, name in names.items())
            ):
                return True
    return False


_ITS = "其"


# a name put in quotation marks, the first of which may stand in front of the label
_QUOTED = re.compile("[“”]")


_OTHER = frozenset({"其他", "其它", "其余", "其他方式", "其他结果", "其他处理"})
_LISTED = ("、", "和", "及")
_PERSONS = frozenset({"人", "名", "户", "家", "位", "人次", "个"})


def near(b: Breakdown) -> tuple[Claim, ...]:
    """Give the parts that surely stand under 其中: the first, and what is listed with it."""
    after = next((n for n, p in enumerate(b.parts) if n and not p.before.startswith(_LISTED)), len(b.parts))
    return b.parts[:after]


def exclusive(b: Breakdown) -> bool:
    """Whether the words make the parts exclude one another.

    They do in one list of like names (“甲”资金3亿元、“乙”资金5亿元), and for a class and its negation
    (计容面积, 不计容面积). Parts told one after another with growths of their own may overlap.
    """
    first, *rest = names = [(p.label or p.noun).rstrip("”") for p in b.parts]
    listed = all(p.glued or p.before.startswith(_LISTED) for p in b.parts[1:])
    quoted = all(_QUOTED.search(n) for n in names) and len(set(names)) == len(names)
    ended = all(n.startswith(ladders().outcomes) for n in names if n not in _OTHER)
    classes = all(n.endswith("类") for n in names)
    # 本科学生2450名、女学生1923名: money is spent and a case is closed once, people may be counted twice
    once = b.whole.figure.unit not in _PERSONS
    if once and ended:
        return True  # 维持702件、驳回316件、其他21件: a case ends in one way
    if once and all(p.block > b.whole.block for p in b.parts):
        return True  # numbered paragraphs of one account
    if ((listed and once) or quoted or classes) and all(
        same_end(first, other) >= (1 if classes else 2) for other in rest
    ):
        return True
    return len(names) == 2 and any(
        x == neg + y for x, y in (names, names[::-1]) for neg in ("不", "非", "未")
    )
