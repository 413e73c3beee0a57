"""Since when a change or a growth counts, by its own words."""

from __future__ import annotations

import re
from functools import cache

from ..extract.claim import Claim
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of


@cache
def _times() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = lexicon_of("gouji.checks", "growths")["since"]
    return tuple((name, re.compile(any_of(words))) for name, words in table.items())


_NAMED_YEAR = re.compile("[比较与由从](?P<year>[12][0-9]{3})年")


def since(claim: Claim) -> str:
    """Since when a change or growth counts, by its own words: a name of growths.toml, a year, or '' for none."""
    if year := since_year(claim):
        last = claim.period.isdigit() and int(year) == int(claim.period) - 1
        return "year" if last else year
    words = "".join(claim.words)
    return next((name for name, pattern in _times() if pattern.search(words)), "")


def since_year(claim: Claim) -> str:
    """The year that a change is held against by name (比2023年决算数增加), or ''."""
    year = _NAMED_YEAR.search("".join(claim.words))
    return year["year"] if year else ""
