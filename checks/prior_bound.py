"""上期分项：what the parts were a year ago is no more than what the whole was.

Value and growth give last year's value; parts under 其中 were parts then too, so that what is not named cannot have
been less than nothing. Told where what is named makes at least half of the whole: a larger rest is never
impossible. Growth in real terms, and growth against a plan, give no prior value.

Fails: 粮食种植面积30.89万公顷，下降0.1%，其中稻谷29.29万公顷，下降8.2%。
Holds: 粮食种植面积30.89万公顷，下降0.1%，其中稻谷29.29万公顷，增长2.8%。
Silent: 粮食种植面积30.89万公顷，下降0.1%，其中稻谷种植面积9.29万公顷，下降8.2%。
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..extract.claim import Claim, Reading
from .change_sum import one_time
from .growth import real_terms
from .growth_mix import growth_of
from .levels import breakdowns
from .partitions import averages
from .relation import Relation
from .sum_bound import exclusive, near


def relate(reading: Reading) -> Iterator[Relation]:
    """Every breakdown that is not known to be complete, with a growth of the whole and of parts."""
    for b in breakdowns(reading):
        if b.closed or b.whole.figure.negative or any(averages(c) for c in (b.whole, *b.parts)):
            continue
        total = growth_of(reading, reading.frames[b.whole.frame], b.whole)
        if total is None or real_terms(reading, b.whole, total):
            continue
        told = [(p, growth_of(reading, f, p)) for f, p in zip(b.frames, b.parts, strict=True)]
        found = [
            (p, g)
            for p, g in told
            if g is not None and one_time((total, g)) and not real_terms(reading, p, g)
        ]
        together = len(found) > 1 and exclusive(b)
        surely = {p.index for p in near(b)}
        groups = [found] if together else [[(p, g)] for p, g in found if p.index in surely]
        for group in groups:
            if not _half(b.whole, [p for p, _ in group]):
                continue
            yield Relation(
                "prior_bound",
                {
                    "total": (b.whole,),
                    "growth": (total,),
                    "part": tuple(p for p, _ in group),
                    "part_growth": tuple(g for _, g in group),
                },
                "customary",
                (b.words, *(p.label or p.noun for p, _ in group), *total.words),
            )


def _half(whole: Claim, parts: list[Claim]) -> bool:
    """Whether the parts make half of the whole or more: only then can the rest tell anything."""
    return whole.figure.value <= 2 * sum((p.figure.value for p in parts), Fraction(0))
