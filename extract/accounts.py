"""Accounts of a budget: which one a figure belongs to, and labels that name no more than its side.

一般公共预算收入148.21亿元…。支出300.55亿元: the second figure is the expenditure of the same account. The words are
data (``accounts.toml``). An account holds from where it is named to the next one, or to the next heading that
names another; what is moved between accounts (从政府性基金调入) names none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .claim import Claim, Frame
from .document import Flow
from .lexicons import lexicon_of
from .record import changer
from .roles import any_of, scope_of

# How many paragraphs after a figure of the account a label may still be short for it.
_REACH = 2


@dataclass(frozen=True, slots=True)
class _Words:
    names: re.Pattern[str]
    canonical: dict[str, str]
    short: re.Pattern[str]
    side: re.Pattern[str]
    sub: re.Pattern[str]
    whose: re.Pattern[str]
    whole: re.Pattern[str]
    moved: re.Pattern[str]
    point: re.Pattern[str]


@cache
def _lexicon() -> _Words:
    lex = lexicon_of("gouji.extract", "accounts")
    canonical = {name: account["names"][0] for account in lex["account"] for name in account["names"]}
    short = lex["elliptic"]
    return _Words(
        re.compile(any_of(list(canonical))),
        canonical,
        re.compile(f"{any_of(short['fill'])}?(?P<side>{any_of(short['sides'])})"),
        re.compile(any_of(short["sides"])),
        re.compile(f"(?P<name>[^，；。]{{2,24}}{any_of(lex['sub']['ends'])}){any_of(short['sides'])}"),
        re.compile(f"(?:{lex['whose']['place']})?{any_of(lex['whose']['levels'])}?"),
        re.compile(any_of(lex["whole"]["words"])),
        re.compile(any_of(lex["moved"]["words"])),
        re.compile(lex["whose"]["point"]),
    )


def named(words: str) -> str:
    """The one account that these words name, '' where none or several are, or where money moves between them."""
    lex = _lexicon()
    found = {lex.canonical[m.group()] for m in lex.names.finditer(words)}
    return found.pop() if len(found) == 1 and not lex.moved.search(words) else ""


_changed = changer(Claim)


def with_accounts(claims: Sequence[Claim], frames: Sequence[Frame], flow: Flow) -> tuple[Claim, ...]:
    """Each claim with its account, and with a label that is short for one written in full."""
    done: list[Claim] = []
    known = _Known()
    told = -1  # the sentence that named the account
    block = -1
    for claim in claims:
        if claim.block != block:
            head = _heading(flow, claim.block, block)
            if head is not None:
                known = _Known(head, "", claim.block)
            block = claim.block
        top = frames[claim.frame].level < 0 and claim.depth == 0
        if claim.role in _TOLD and claim.figure.unit == "元" and not claim.item:
            if top:
                now = known.after(claim)
                if now is not known:
                    known, told = now, claim.sentence
            full = known.in_full(claim, top)
            if full and (_opens(flow, claim, done) or claim.sentence == told):
                claim = _changed(claim, label=full, indicator=full)
        near = known.account and block - known.block <= _REACH
        done.append(_changed(claim, account=known.account) if near else claim)
    return tuple(done)


def _opens(flow: Flow, claim: Claim, before: Sequence[Claim]) -> bool:
    """Whether the figure is the first of its sentence, with little but its label in front."""
    if before and before[-1].sentence == claim.sentence:
        return False
    text, start = flow.text, flow.blocks[claim.block].start
    start = max(start, *(text.rfind(stop, start, claim.figure.flow_start) + 1 for stop in "。；！？\n"))
    return claim.figure.flow_start - start <= _LEAD


# So many characters may stand in front of a figure that opens its sentence (2026年，市本级支出安排).
_LEAD = 24

# the roles whose label is the name of an amount
_TOLD = frozenset({"value", "planned", "target", "limit", "prior"})


@dataclass(frozen=True, slots=True)
class _Known:
    """The account spoken of: its name, the words that a short label lacks, and the paragraph that named it last.

    ``prefix`` is '' where only a heading named the account, ``None`` where nobody can tell what a short label lacks.
    """

    account: str = ""
    prefix: str | None = ""
    block: int = -1

    def after(self, claim: Claim) -> _Known:
        """What is known after a figure at the top level of its paragraph."""
        lex = _lexicon()
        label = lex.point.sub("", claim.label)
        m = lex.names.search(label)
        account = named(label)
        if m is not None and account:
            whose = label[: m.start()]
            if lex.whose.fullmatch(whose):
                return _Known(account, label[: m.end()], claim.block)
            return _Known(account, None, claim.block) if not lex.side.search(label, m.end()) else self
        sub = lex.sub.fullmatch(label)
        if sub is not None:
            return _Known(sub["name"], sub["name"], claim.block)
        return self

    def in_full(self, claim: Claim, top: bool) -> str:
        """The label with its account, '' where it is not short for one."""
        lex = _lexicon()
        if not self.account or self.prefix is None or claim.block - self.block > _REACH:
            return ""
        if lex.whole.search(claim.before):
            return ""
        scope = scope_of(claim.label)
        whose = scope if scope and claim.label.startswith(scope) else ""
        m = lex.short.fullmatch(claim.label[len(whose) :])
        if m is None or not (top or whose):
            return ""
        side = m["side"].removeprefix("预算")
        if whose or not self.prefix:
            return f"{whose or claim.scope}{self.account}{side}"
        return f"{self.prefix}{side}"


def _heading(flow: Flow, block: int, before: int) -> str | None:
    """The account that the headings right above the paragraph name; '' where they name none or several, None without a heading."""
    found: str | None = None
    for number in range(block, max(before, block - 4, -1), -1):
        if number >= len(flow.blocks):
            continue
        heading = flow.blocks[number]
        if heading.kind == "heading":
            found = named(flow.text[heading.start : heading.end])
            if found:
                return found
        elif number != block:
            break
    return found
