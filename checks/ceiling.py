"""限额：the balance of a debt does not exceed the limit that is set for it.

Balance and limit are paired by their words: the same place or level of government, the same kind (general,
special, both), the same year, told near each other. A year's new quota is no limit of the balance. Where the
words hold the balance against the limit themselves (控制在…以内, 未超过限额), it is logic; elsewhere custom,
since limits are adjusted during the year.

Fails: 2025年末全市政府债务限额345.60亿元，政府债务余额354.20亿元，未超过限额。
Holds: 2025年末全市政府债务限额345.60亿元，政府债务余额334.20亿元，未超过限额。
Silent: 2025年新增政府债务限额45.60亿元，全市政府债务余额334.20亿元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of
from .relation import Relation

# How many paragraphs may lie between a balance and its limit.
_REACH = 3


@dataclass(frozen=True, slots=True)
class _Words:
    limit: tuple[str, ...]
    balance: tuple[str, ...]
    full: tuple[str, ...]
    excluded: re.Pattern[str]
    handed: re.Pattern[str]
    total: re.Pattern[str]
    setter: re.Pattern[str]
    kinds: tuple[tuple[str, tuple[str, ...]], ...]
    level: re.Pattern[str]
    place: re.Pattern[str]
    names: dict[str, str]
    hold: re.Pattern[str]


@cache
def _lexicon() -> _Words:
    lex = lexicon_of("gouji.checks", "debts")
    levels = lex["level"]
    names = {word: name for name in ("whole", "own", "lower") for word in levels[name]}
    return _Words(
        tuple(lex["limit"]["ends"]),
        tuple(lex["balance"]["ends"]),
        tuple(e for e in lex["balance"]["ends"] if e not in lex["balance"]["bare"]),
        re.compile(any_of(lex["not"]["words"])),
        re.compile(any_of(lex["not"]["handed"])),
        re.compile(any_of(lex["not"]["total"])),
        re.compile(lex["not"]["setter"]),
        tuple((name, tuple(words)) for name, words in lex["kind"].items()),
        re.compile(any_of(list(names))),
        re.compile(levels["place"]),
        names,
        re.compile(any_of(lex["hold"]["words"])),
    )


@dataclass(frozen=True, slots=True)
class _Debt:
    """A limit or balance: whose (whole, own, lower; '' unknown), of which kind ('' for all), of which year."""

    claim: Claim
    limit: bool
    level: str
    kind: str
    year: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What must be equal in a balance and its limit."""
        return self.level, self.kind, self.year


def relate(reading: Reading) -> Iterator[Relation]:
    """Every balance with the one limit near it, or with the limit that its sentence holds it against."""
    if "限额" not in reading.document.flow.text:
        return
    debts = list(_debts(reading))
    limits: dict[tuple[str, str, str], list[_Debt]] = {}
    for debt in debts:
        if debt.limit:
            limits.setdefault(debt.key, []).append(debt)
    held = {balance.claim.index: limit for balance, limit in _held(reading, debts)}
    for debt in debts:
        if debt.limit:
            continue
        against = held.get(debt.claim.index)
        if against is not None:
            yield _relation(debt.claim, against, "logical")
            continue
        near = [d.claim for d in limits.get(debt.key, ()) if abs(d.claim.block - debt.claim.block) <= _REACH]
        if near and len({c.figure.value for c in near}) == 1:
            yield _relation(debt.claim, min(near, key=lambda c: abs(c.index - debt.claim.index)), "customary")


def _relation(balance: Claim, limit: Claim, strength: str) -> Relation:
    words = (balance.label, limit.label or limit.before)
    return Relation("ceiling", {"balance": (balance,), "ceiling": (limit,)}, strength, words)


def _debts(reading: Reading) -> Iterator[_Debt]:
    """Every limit and balance of debt, with what its own words or the figure above it say."""
    lex = _lexicon()
    known: dict[int, _Debt] = {}
    last: _Debt | None = None
    for c in reading.claims:
        if c.role != "value" or c.item or c.figure.unit != "元" or "债" not in c.label:
            continue
        above = known.get(reading.frames[c.frame].parent)
        limit = c.label.endswith(lex.limit)
        if not limit and not c.label.endswith(lex.balance):
            continue
        kind = next((name for name, words in lex.kinds if any(w in c.label for w in words)), "")
        bare = not limit and not c.label.endswith(lex.full)
        if bare and (above is None or not kind):
            continue
        if bare and above is not None:
            limit = above.limit
        words = lex.setter.sub("", c.label)
        if lex.excluded.search(words) or (lex.handed.search(c.label) and not lex.total.search(c.label)):
            last = None
            continue
        level = _level(lex, words) or _level(lex, lex.setter.sub("", c.before))  # labels are without 我市
        m = _YEAR.search(c.label)
        year = m.group() if m else c.period
        if not level:
            if above is not None and kind and not above.kind:
                level, year = above.level, above.year
            elif last is not None and last.claim.sentence == c.sentence and last.claim.block == c.block:
                level = last.level
        debt = _Debt(c, limit, level, kind, year)
        known[c.index] = debt
        if not kind:
            last = debt
        if level and year.isdigit():
            yield debt


_YEAR = re.compile("[12][0-9]{3}(?=年)")


def _level(lex: _Words, words: str) -> str:
    """Whose debt the words speak of: the place's, its own level's, the levels' below; '' where they say nothing."""
    found = ""
    for m in lex.level.finditer(words):
        found = lex.names[m.group()]
    if not found and lex.place.search(words):
        return "whole"
    return found


def _held(reading: Reading, debts: list[_Debt]) -> Iterator[tuple[_Debt, Claim]]:
    """A limit in a phrase that holds the sentence's balance against it: 债务余额73.65亿元，控制在限额74.04亿元以内."""
    lex = _lexicon()
    balances = [d for d in debts if not d.limit]
    at = 0
    for c in reading.claims:
        if (
            c.role != "limit"
            or "限额" not in c.before
            or c.figure.unit != "元"
            or not lex.hold.search(c.before)
        ):
            continue
        if lex.excluded.search(c.before):
            continue
        while at < len(balances) and balances[at].claim.index < c.index:
            at += 1
        kind = next((name for name, words in lex.kinds if any(w in c.before for w in words)), "")
        for balance in reversed(balances[max(0, at - 4) : at]):
            if balance.claim.sentence != c.sentence or balance.claim.block != c.block:
                break
            if balance.kind == kind:
                yield balance, c
                break
