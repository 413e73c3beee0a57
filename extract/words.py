"""Labels: the words of a figure without adverbs of time and totality at their ends."""

from __future__ import annotations

import re
from functools import cache

from .roles import any_of, lexicon


@cache
def _trims() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon()["label"]
    patterns = "|".join(lex["lead_patterns"])
    lead = (
        f"\\A(?:{any_of(lex['lead'])}|{patterns}|[12][0-9]{{3}}年(?:度|末|底)?|[0-9]{{1,2}}月(?:末|底|份)?)+"
    )
    tail = "|".join([any_of(lex["tail"]), *lex["tail_patterns"]])
    # 分别 and 为 are tails as 分别为 is: without a bound a run of them can be read in ever more ways
    return re.compile(lead), re.compile(f"(?:{tail}){{1,6}}\\Z")


def trim(words: str) -> str:
    """A label without adverbs of time and totality at its ends."""
    lead, tail = _trims()
    return tail.sub("", lead.sub("", words))


def listed_names(words: str) -> list[str]:
    """The names in A、B和C; 第一、二、三产业增加值 gives 第一产业增加值, 第二产业增加值, 第三产业增加值."""
    names = [n for n in re.split("[、和及与]", trim(words)) if n]
    head = re.match("第?(?=[一二三四五六七八九十])", names[0]) if names else None
    last = re.match("第?[一二三四五六七八九十](?P<rest>.{2,})", names[-1]) if names else None
    if head and last and len(names) > 1 and all(len(n) <= 2 for n in names[:-1]):
        prefix = names[0][:1] if names[0].startswith("第") else ""
        return [prefix + n.removeprefix("第")[:1] + last["rest"] for n in names]
    return names
