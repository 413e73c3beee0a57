"""The words of the two sides of a budget account (``sides.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..extract.claim import Claim
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of

TOLD = frozenset({"value", "planned", "target"})
"""The roles of an amount of an account: what was, what is planned and what is aimed at."""

_BEING = "为达到是有约"


def ends(claim: Claim, names: tuple[str, ...]) -> bool:
    """Whether the words right before a figure end so; its label is without 年末 and 累计 at its front."""
    return claim.before.rstrip(_BEING).endswith(names)


@dataclass(frozen=True, slots=True)
class Words:
    """Ends of labels and patterns, see ``sides.toml``."""

    income: tuple[str, ...]
    expense: tuple[str, ...]
    offset: re.Pattern[str]
    left: tuple[str, ...]
    not_left: re.Pattern[str]
    even: re.Pattern[str]
    balanced: re.Pattern[str]
    closing: tuple[str, ...]
    opening: tuple[str, ...]
    not_closing: re.Pattern[str]
    begun: tuple[str, ...]
    over_years: tuple[str, ...]
    of_year: re.Pattern[str]
    together: frozenset[str]
    over: frozenset[str]


@cache
def words() -> Words:
    """The lexicon, read once."""
    lex = lexicon_of("gouji.checks", "sides")
    said = f"(?!{any_of(lex['even']['not_before'])})"  # a heading or an aim does not say that sides are even
    return Words(
        tuple(lex["side"]["income"]),
        tuple(lex["side"]["expense"]),
        re.compile(any_of(lex["offset"]["words"])),
        tuple(lex["left"]["ends"]),
        re.compile(any_of(lex["left"]["not"])),
        re.compile(any_of(lex["even"]["words"]) + said),
        re.compile(lex["even"]["words"][0] + said),
        tuple(lex["carried"]["closing"]),
        tuple(lex["carried"]["opening"]),
        re.compile(any_of(lex["carried"]["not"])),
        tuple(lex["accumulated"]["begun"]),
        tuple(lex["accumulated"]["left"]),
        re.compile(
            f"{any_of(lex['accumulated']['year'])}[^，；。]{{0,8}}结余{any_of(['为', '达', '是'])}?\\Z"
        ),
        frozenset(lex["list"]["together"]),
        frozenset(lex["list"]["over"]),
    )
