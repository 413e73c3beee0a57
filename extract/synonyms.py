"""Names that mean one indicator, for comparing labels: 规上工业增加值 is 规模以上工业增加值.

The words are data: ``synonyms.toml``, and the names of budget accounts in ``accounts.toml``.
"""

from __future__ import annotations

import re
from functools import cache

from .lexicons import lexicon_of
from .roles import any_of


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    lists = [entry["names"] for entry in lexicon_of("gouji.extract", "synonyms")["same"]]
    lists += [entry["names"] for entry in lexicon_of("gouji.extract", "accounts")["account"]]
    first = {name: names[0] for names in lists for name in names}
    return re.compile(any_of(list(first))), first


def canonical(label: str) -> str:
    """The label under the first of the names that mean the same: GDP is 地区生产总值, 政府性基金收入 is 政府性基金预算收入."""
    pattern, first = _names()
    return pattern.sub(lambda m: first[m.group()], label)
