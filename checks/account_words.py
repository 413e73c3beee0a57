"""The words of the two sides of a budget account (``sides.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of


@dataclass(frozen=True, slots=True)
class Words:
    """Ends of labels and patterns, see ``sides.toml``."""

    income: tuple[str, ...]
    expense: tuple[str, ...]
    offset: re.Pattern[str]
    left: tuple[str, ...]
    not_left: re.Pattern[str]
    even: re.Pattern[str]
    closing: tuple[str, ...]
    opening: tuple[str, ...]
    not_closing: re.Pattern[str]
    begun: tuple[str, ...]
    over_years: tuple[str, ...]
    of_year: re.Pattern[str]


@cache
def words() -> Words:
    """The lexicon, read once."""
    lex = lexicon_of("gouji.checks", "sides")
    return Words(
        tuple(lex["side"]["income"]),
        tuple(lex["side"]["expense"]),
        re.compile(any_of(lex["offset"]["words"])),
        tuple(lex["left"]["ends"]),
        re.compile(any_of(lex["left"]["not"])),
        re.compile(any_of(lex["even"]["words"]) + f"(?!{any_of(lex['even']['not_before'])})"),
        tuple(lex["carried"]["closing"]),
        tuple(lex["carried"]["opening"]),
        re.compile(any_of(lex["carried"]["not"])),
        tuple(lex["accumulated"]["begun"]),
        tuple(lex["accumulated"]["left"]),
        re.compile(
            f"{any_of(lex['accumulated']['year'])}[^，；。]{{0,8}}结余{any_of(['为', '达', '是'])}?\\Z"
        ),
    )
