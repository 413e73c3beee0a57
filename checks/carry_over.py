"""结转衔接：what one year leaves, the next year begins with.

年末滚存结余 of this year's execution is 上年结转 of next year's budget, fund by fund and government by
government. Accounts are closed after the report, so a gap is a warning.

Fails: 2025年全市社会保险基金预算收入86.86亿元，年末滚存结余67.20亿元。2026年全市社会保险基金预算收入92.15亿元，上年结转62.70亿元。
Holds: 2025年全市社会保险基金预算收入86.86亿元，年末滚存结余67.20亿元。2026年全市社会保险基金预算收入92.15亿元，上年结转67.20亿元。
Silent: 2025年全市社会保险基金预算收入86.86亿元，年末滚存结余67.20亿元。2026年全市国有资本经营预算收入2.71亿元，上年结转0.04亿元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from .relation import Relation

_FUND = re.compile("一般公共预算|政府性基金|国有资本经营|社会保险基金")
_CLOSING = ("滚存结余", "结转下年", "结转下年支出", "年终结余", "年末结余", "年终结转", "结转下年使用")
_OPENING = ("上年结转", "上年结余", "年初结余", "上年结转收入", "上年结余收入", "上年滚存结余")


def relate(reading: Reading) -> Iterator[Relation]:
    """Every opening balance with the one closing balance of its fund, scope and the year before."""
    closing: dict[tuple[str, str, str], list[Claim]] = {}
    fund = ""
    block = -1
    opened: list[tuple[tuple[str, str, str], Claim]] = []
    for c in reading.claims:
        if c.block != block:
            block, fund = c.block, _heading(reading, c)
        m = None
        for m in _FUND.finditer(c.before):
            fund = m.group()
        if c.role != "value" or not fund or not c.period.isdigit():
            continue
        if c.label.endswith(_OPENING):
            opened.append(((fund, c.scope, str(int(c.period) - 1)), c))
        elif c.label.endswith(_CLOSING):
            closing.setdefault((fund, c.scope, c.period), []).append(c)
    for key, opening in opened:
        before = closing.get(key, [])
        if len({c.figure.value for c in before}) == 1 and before[0].figure.unit == opening.figure.unit:
            # with several governments in one report, whose balance it is may be told by a heading alone
            same = [c for k, found in closing.items() if (k[0], k[2]) == (key[0], key[2]) for c in found]
            again = [k for k, _ in opened if (k[0], k[2]) == (key[0], key[2])]
            yield Relation(
                "carry_over",
                {"closing": (before[0],), "opening": (opening,)},
                "customary",
                (key[0], before[0].label, opening.label),
                candidates=1 if len(same) == len(again) == 1 else 2,
            )


def _heading(reading: Reading, claim: Claim) -> str:
    """The fund that the paragraph's own heading names, '' where none does."""
    blocks = reading.document.flow.blocks
    if claim.block and blocks[claim.block - 1].kind == "heading":
        head = blocks[claim.block - 1]
        m = _FUND.search(reading.document.flow.text, head.start, head.end)
        return m.group() if m else ""
    return ""
