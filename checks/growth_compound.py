"""累计与年均增长：the growth over all the years is the average growth, taken so many times.

比2011年增长21.9%，年均增长4.0% names the first year; the last is the year that the sentence speaks of, or the end of a
plan whose base is the first. Both growths are told in the same terms, so this holds at constant prices too; there
the tie is only told when it fits, as it is where the last year is not named.

Fails: 2016年，社会消费品零售总额完成44.9亿元，比2011年增长84.5%，年均增长16.9%。
Holds: 2016年，社会消费品零售总额完成44.9亿元，比2011年增长84.5%，年均增长13.0%。
Silent: 2016年，社会消费品零售总额完成44.9亿元，比2011年增长84.5%，农民收入年均增长16.9%。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Reading
from .growth import base_of, real_terms
from .growth_average import opens, real_words, span_of
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every average growth right behind a growth since a named year."""
    for claim in reading.claims[1:]:
        if claim.role != "average" or claim.figure.unit != "%" or claim.item or claim.label:
            continue
        total = reading.claims[claim.index - 1]
        if total.role != "growth" or total.figure.unit != "%" or total.item or not opens(claim.before):
            continue
        if total.sentence != claim.sentence or total.block != claim.block or claim.clause - total.clause > 1:
            continue
        found = span_of(reading, total)
        if found is None:
            continue
        first, last, sure = found
        base = base_of(reading, total)
        real = base is not None and real_terms(reading, base, total) is not None
        real = real or real_words(total.label + total.before) or real_words(claim.before)
        yield Relation(
            "growth_compound",
            {"total_growth": (total,), "years": (), "growth": (claim,)},
            "customary",
            (total.before, claim.before),
            candidates=1 if sure and not real else 2,
            items=tuple(str(year) for year in range(first + 1, last + 1)),
        )
