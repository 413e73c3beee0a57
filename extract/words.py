"""Labels: the words of a figure without adverbs of time and totality at their ends."""

from __future__ import annotations

import re
from functools import cache

from .roles import any_of, lexicon


@cache
def _trims() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon()["label"]
    lead = f"\\A(?:{any_of(lex['lead'])}|[12][0-9]{{3}}年(?:度|末|底)?|[0-9]{{1,2}}月(?:末|底|份)?)+"
    return re.compile(lead), re.compile(f"{any_of(lex['tail'])}+\\Z")


def trim(words: str) -> str:
    """A label without adverbs of time and totality at its ends."""
    lead, tail = _trims()
    return tail.sub("", lead.sub("", words))
