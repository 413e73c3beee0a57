"""增量与年均增长：an average growth leads from the value before the change to the value after it.

53.42亿元，比2006年增加24.47亿元，年均递增13.0% prints the end and what was added since a named year: the start is what is
left. The average of growth at constant prices tells nothing of these values and is left open.

Fails: 2011年，固定资产投资完成27.0亿元，比2006年增加15.5亿元，年均递增27.0%。
Holds: 2011年，固定资产投资完成27.0亿元，比2006年增加15.5亿元，年均递增18.6%。
Silent: 2011年，固定资产投资完成27.0亿元，比2006年增加15.5亿元，财政支出年均递增27.0%。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Reading
from .growth import real_terms
from .growth_average import opens, real_words, span_of
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every average growth right behind a value and its change since a named year."""
    for claim in reading.claims[2:]:
        if claim.role != "average" or claim.figure.unit != "%" or claim.item or claim.label:
            continue
        end, change = reading.claims[claim.index - 2 : claim.index]
        if end.role != "value" or change.role != "change" or end.item or change.item or change.label:
            continue
        if end.figure.unit != change.figure.unit or change.object == "plan" or not opens(claim.before):
            continue
        same = end.sentence == change.sentence == claim.sentence and end.block == claim.block
        if not same or claim.clause - change.clause > 1 or change.clause - end.clause > 2:
            continue
        found = span_of(reading, change)
        if found is None:
            continue
        first, last, sure = found
        reason = real_terms(reading, end, claim)
        if reason is None and (real_words(change.before) or real_words(claim.before)):
            reason = "real_terms"
        yield Relation(
            "average_change",
            {"end": (end,), "change": (change,), "years": (), "growth": (claim,)},
            "customary",
            (end.label, change.before, claim.before),
            candidates=1 if sure else 2,
            items=tuple(str(year) for year in range(first + 1, last + 1)),
            reason=reason,
        )
