"""大写金额：one sum of money in formal numerals and in digits.

Contracts, awards and grants print a sum twice, so that no digit can be changed: 人民币壹佰贰拾叁万元整（¥1,230,000.00）,
大写：…，小写：…, side by side in a row. The two must be one number, to the last 分 that the digits print. Two sums that only
follow one another are not tied: a parenthesis, 小写, 大写 or ¥ says that the second is the first again.

Fails: 中标金额为人民币壹佰贰拾叁万元整（¥1,320,000.00）。
Holds: 中标金额为人民币壹佰贰拾叁万元整（¥1,230,000.00）。
Silent: 合同金额人民币壹佰贰拾叁万元整，首付款369000元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of
from .relation import Relation

_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")


@cache
def _between() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon_of("gouji.checks", "capitals")["between"]
    marks = any_of(lex["marks"])
    return re.compile(f"(?:{marks}|{any_of(lex['words'])}){{1,16}}"), re.compile(marks)


def relate(reading: Reading) -> Iterator[Relation]:
    """Every sum in formal numerals with the sum in digits right before or behind it."""
    text = reading.document.flow.text
    for first, second in pairwise(reading.claims):
        if _formal(first) == _formal(second):
            continue
        written, figure = (first, second) if _formal(first) else (second, first)
        if figure.figure.unit not in ("元", "") or figure.figure.approx != "exact" or figure.figure.negative:
            continue
        gap = text[first.figure.flow_end : second.figure.flow_start]
        filler, mark = _between()
        m = mark.search(gap)
        if m is None or len(gap) > 24 or not filler.fullmatch(gap):
            continue
        if m.group() == "（" and text[second.figure.flow_end : second.figure.flow_end + 1] not in (
            "）",
            "元",
        ):
            continue  # 人民币壹佰元整（100元/人）: more is said in the parenthesis than the sum
        yield Relation(
            "capitals",
            {"figure": (figure,), "written": (written,)},
            "stated",
            (first.label, gap.strip() or m.group()),
        )


def _formal(claim: Claim) -> bool:
    """Whether the sum stands in formal numerals."""
    return claim.figure.unit == "元" and not _FORMAL.isdisjoint(claim.figure.numeral)
