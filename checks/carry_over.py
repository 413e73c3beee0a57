"""结转衔接：what one year leaves, the next year begins with.

年末滚存结余 of this year's execution is 上年结转 of next year's budget, fund by fund and government by
government. Accounts are closed after the report, so a gap is a warning.

Fails: 2025年全市社会保险基金预算收入86.86亿元，年末滚存结余67.20亿元。2026年全市社会保险基金预算收入92.15亿元，上年结转62.70亿元。
Holds: 2025年全市社会保险基金预算收入86.86亿元，年末滚存结余67.20亿元。2026年全市社会保险基金预算收入92.15亿元，上年结转67.20亿元。
Silent: 2025年全市社会保险基金预算收入86.86亿元，年末滚存结余67.20亿元。2026年全市国有资本经营预算收入2.71亿元，上年结转0.04亿元。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..extract.claim import Claim, Reading
from ..extract.identity import normal_scope
from .account_words import TOLD, ends, words
from .relation import Relation

if TYPE_CHECKING:  # what is told to later reports holds balances too
    from .before import Before

Balance = tuple[str, str, str]


def balances(reading: Reading) -> tuple[list[tuple[Balance, Claim]], list[tuple[Balance, Claim]]]:
    """The opening and the closing balances of a reading, each with its account, scope and year."""
    lex = words()
    opened: list[tuple[Balance, Claim]] = []
    closed: list[tuple[Balance, Claim]] = []
    for c in reading.claims:
        if c.role not in TOLD or not c.account or not c.period.isdigit():
            continue
        if c.label.endswith(lex.opening):
            opened.append(((c.account, c.scope, c.period), c))
        elif (c.label.endswith(lex.closing) or ends(c, lex.closing)) and not lex.not_closing.search(c.label):
            closed.append(((c.account, c.scope, c.period), c))
    return opened, closed


def relate(reading: Reading) -> Iterator[Relation]:
    """Every opening balance with the one closing balance of its account, scope and the year before."""
    closing: dict[Balance, list[Claim]] = {}
    openings, closings = balances(reading)
    for place, c in closings:
        closing.setdefault(place, []).append(c)
    opened = [((account, scope, str(int(year) - 1)), c) for (account, scope, year), c in openings]
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


def across(readings: Sequence[Reading], before: Before | None = None) -> Iterator[Relation]:
    """Every opening balance with the closing balance that the report of the year before told of its fund."""
    if before is None:
        return
    for reading in readings:
        openings, closings = balances(reading)
        here = {(fund, scope, year) for (fund, scope, year), _ in closings}
        for (fund, scope, year), opening in openings:
            if (fund, scope, str(int(year) - 1)) in here:
                continue
            found = before.value(reading, opening, str(int(year) - 1), "closing", (fund, normal_scope(scope)))
            if found is None or found[0].claim.figure.unit != opening.figure.unit:
                continue
            yield Relation(
                "carry_over",
                {"closing": (found[0].claim,), "opening": (opening,)},
                "customary",
                (fund, found[0].claim.label, opening.label),
                reason=found[1],
            )
