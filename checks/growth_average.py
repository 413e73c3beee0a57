"""年均增长：an average growth leads from the start to the end in so many years.

Start and end stand in the sentence (从2020年的168.4亿元提高到2025年的200.1亿元), the years are the difference of the
two years that are named, the ends of two plans, or a number of years right before the average (五年年均增长). Where
a report speaks of a whole plan, an average may be the plan's own whatever year the start is told of; then the tie
is only told when it fits. Without years it is seen and left open, as is growth in real terms.

Fails: 全市一般公共预算收入从2020年的168.4亿元提高到2025年的200.1亿元，年均增长5.3%。
Holds: 全市一般公共预算收入从2020年的168.4亿元提高到2025年的200.1亿元，年均增长3.5%。
Silent: 全市一般公共预算收入从2020年的168.4亿元提高到2025年的200.1亿元，支出年均增长5.3%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.periods import SPAN
from ..extract.roles import any_of, lexicon
from .growth import REAL, real_terms
from .growth_lists import lead_of
from .relation import Relation

_YEAR = re.compile("(?<![0-9])(?P<year>[12][0-9]{3})年")
# A five-year plan: where a report speaks of one, its own base year may be meant.
_PLAN = 5
_MOST = 60


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, int]]:
    lex = lexicon_of("gouji.checks", "spans")
    return re.compile(any_of(lex["average"]["real"])), re.compile(lex["plan"]["word"]), lex["plan"]["numbers"]


@cache
def _opens() -> re.Pattern[str]:
    word = any_of(lexicon()["direction"]["up"] + lexicon()["direction"]["down"])
    average = any_of(lexicon()["comparison"]["annual_average"])
    return re.compile(f"\\A[，、；]?{average}(?:[^，；。]{{0,4}}){word}(?:了|约|近|达到|达|为|超过|率为)*\\Z")


def relate(reading: Reading) -> Iterator[Relation]:
    """Every average growth with start and end right before it in its sentence."""
    for claim in reading.claims:
        if claim.role != "average" or claim.figure.unit != "%" or claim.item or claim.label:
            continue
        if not _opens().match(claim.before):
            continue
        found = _ends(reading, claim)
        if found is None:
            continue
        start, end, printed = found
        reason = real_terms(reading, end, claim)
        if reason is None and _words()[0].search(_between(reading, start, claim)):
            reason = "real_terms"
        years = None if printed else _years(reading, start, end)
        if reason is None and printed is None and years is None:
            reason = "years"
        steps = tuple(str(year) for year in range(years[0] + 1, years[1] + 1)) if years else ()
        plan = bool(steps) and claim.period == SPAN and len(steps) != _PLAN
        yield Relation(
            "growth_average",
            {
                "end": (end,),
                "start": (start,),
                "years": (printed,) if printed is not None else (),
                "growth": (claim,),
            },
            "customary",
            (start.before, end.before, claim.before),
            candidates=2 if plan else 1,
            reason=reason,
            items=steps,
        )


def opens(before: str) -> bool:
    """Whether the words before an average say that it speaks of what was told right before it: 年均增长."""
    return bool(_opens().match(before))


def real_words(words: str) -> bool:
    """Whether these words say that a growth is not in nominal terms."""
    return bool(_words()[0].search(words) or REAL.search(words))


def span_of(reading: Reading, since: Claim) -> tuple[int, int, bool] | None:
    """The years that a growth or change since a named year reaches over: first, last, and whether the last is sure.

    比2011年 names the first, or the end of a plan. The last is named in front in the sentence (2016年，…), or it is the
    end of the plan that the sentence speaks of and that begins with the first; else it is the report's year.
    """
    first = _named(since.before)
    if first is None or not _SINCE.search(since.before):
        return None
    lead = lead_of(reading.document.flow.text, since.figure.flow_start - len(since.before))
    numbers = _words()[2]
    last = next((int(m["year"]) for m in _YEAR.finditer(lead) if int(m["year"]) > first), None)
    sure = last is not None
    if last is None and (m := _PLAN_NAMED.search(lead)) and numbers.get(m["number"] or "") == first + _PLAN:
        last, sure = first + _PLAN, True
    if last is None and since.period.isdigit():
        last = int(since.period)
        sure = since.period != reading.document.period  # named by a heading or a sentence before
    if last is None or not 1 < last - first <= _MOST:
        return None
    return first, last, sure


# 比2011年, 较“十二五”末; a comparison with a whole plan (比“十三五”时期) is one of sums.
_SINCE = re.compile("[比较](?:[12][0-9]{3}年(?:末|底|同期)?|“?十[一二三四五六七]?五”?末)")
_PLAN_NAMED = re.compile("“?十(?P<number>[一二三四五六七])?五”?(?:期间|时期|以来)")


def _between(reading: Reading, start: Claim, average: Claim) -> str:
    return reading.document.flow.text[start.figure.flow_end : average.figure.flow_start]


def _ends(reading: Reading, average: Claim) -> tuple[Claim, Claim, Claim | None] | None:
    """Start, end, and the years printed right before the average, if they are."""
    at = average.index - 1
    printed: Claim | None = None
    if at >= 2 and reading.claims[at].figure.unit == "年" and reading.claims[at].clause == average.clause:
        printed = reading.claims[at]
        at -= 1
    if at < 1:
        return None
    start, end = reading.claims[at - 1 : at + 1]
    same = start.sentence == end.sentence == average.sentence and start.block == average.block
    if not same or start.role != "prior" or end.role != "value" or start.item or end.item:
        return None
    if start.figure.unit != end.figure.unit or end.clause - start.clause > 0:
        return None
    if average.clause - end.clause > 2 or "；" in _between(reading, end, average):
        return None
    return start, end, printed


def _years(reading: Reading, start: Claim, end: Claim) -> tuple[int, int] | None:
    """The years of start and end, where both are named in front of them."""
    first, last = _named(start.before), _named(end.before)
    if first is None or last is None or not 1 <= last - first <= _MOST:
        return None
    return first, last


def _named(words: str) -> int | None:
    """The year that the words in front of a figure name last: 2020年, or the end of a plan."""
    year: int | None = None
    for m in _YEAR.finditer(words):
        year = int(m["year"])
    if year is None:
        _, plan, numbers = _words()
        for m in plan.finditer(words):
            year = numbers.get(m["number"] or "")
    return year
