"""结转衔接：what one year leaves, the next year begins with.

年末滚存结余 of this year's execution is 上年结转 of next year's budget, fund by fund and government by
government. Accounts are closed after the report, so a gap is a warning.

Fails: 2025年全市社会保险基金预算收入86.86亿元，年末滚存结余67.20亿元。2026年全市社会保险基金预算收入92.15亿元，上年结转62.70亿元。
Holds: 2025年全市社会保险基金预算收入86.86亿元，年末滚存结余67.20亿元。2026年全市社会保险基金预算收入92.15亿元，上年结转67.20亿元。
Silent: 2025年全市社会保险基金预算收入86.86亿元，年末滚存结余67.20亿元。2026年全市国有资本经营预算收入2.71亿元，上年结转0.04亿元。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from .account_words import words
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every opening balance with the one closing balance of its account, scope and the year before."""
    lex = words()
    closing: dict[tuple[str, str, str], list[Claim]] = {}
    opened: list[tuple[tuple[str, str, str], Claim]] = []
    for c in reading.claims:
        if c.role not in _ROLES or not c.account or not c.period.isdigit():
            continue
        full = c.before.rstrip(_BEING)  # a label is without 年末 and 累计 at its front
        if c.label.endswith(lex.opening):
            opened.append(((c.account, c.scope, str(int(c.period) - 1)), c))
        elif (c.label.endswith(lex.closing) or full.endswith(lex.closing)) and not lex.not_closing.search(
            c.label
        ):
            closing.setdefault((c.account, c.scope, c.period), []).append(c)
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


_BEING = "为达到是有约"
_ROLES = frozenset({"value", "planned", "target"})
