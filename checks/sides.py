"""The two sides of a budget account: all its means and all their uses, by account, scope and period."""

from __future__ import annotations

from dataclasses import dataclass

from ..extract.claim import Claim, Reading
from .account_words import TOLD, words
from .closings import SIDES, side_of

INCOME, EXPENSE = SIDES

# How many paragraphs may lie between the totals of one account.
_REACH = 4


def total_side(claim: Claim) -> str:
    """收入 or 支出 where the figure is all of that side (收入总计, 总收入); '' for every other figure."""
    if claim.role not in TOLD or claim.figure.unit != "元" or claim.item:
        return ""
    found = side_of(claim)
    if found:
        return found
    if claim.label.endswith(words().income):
        return INCOME
    return EXPENSE if claim.label.endswith(words().expense) else ""


@dataclass
class Sides:
    """The totals told last, fed figure by figure in the order of the text."""

    income: Claim | None = None
    expense: Claim | None = None

    def add(self, claim: Claim, side: str) -> None:
        """Take a total in; a new 收入 begins a new account."""
        if side == INCOME:
            self.income, self.expense = claim, None
        elif self.income is not None and alike(self.income, claim):
            self.expense = claim
        else:
            self.income = self.expense = None

    def both(self, claim: Claim) -> tuple[Claim, Claim] | None:
        """The two totals that a figure after them can speak of by place, account, scope, period and unit."""
        if self.income is None or self.expense is None:
            return None
        same = claim.block == self.expense.block or (
            bool(claim.account) and claim.account == self.expense.account
        )
        near = claim.block - self.income.block <= _REACH
        return (
            (self.income, self.expense) if same and near and claim.scope in ("", self.expense.scope) else None
        )


def alike(income: Claim, expense: Claim) -> bool:
    """Whether two totals are those of one account, scope and period, told near each other."""
    return (
        income.index < expense.index
        and expense.block - income.block <= (_REACH if income.account and expense.account else 1)
        and income.account == expense.account
        and income.scope == expense.scope
        and income.period == expense.period
        and income.figure.unit == expense.figure.unit
    )


def lead_in(reading: Reading, claim: Claim) -> str:
    """The words between the figure before (or the paragraph's start) and this one."""
    start = reading.document.flow.blocks[claim.block].start
    if claim.index:
        start = max(start, reading.claims[claim.index - 1].figure.flow_end)
    return reading.document.flow.text[start : claim.figure.flow_start]
