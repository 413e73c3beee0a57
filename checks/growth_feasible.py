"""整数可行：a count and its growth, when last year's count is not printed.

A count grows from a count: some whole number must round to the printed percentage. Small counts make this
a strong test, large ones a weak one; power says which.

Fails: 死亡281人，下降6.9%。
Holds: 办理136件，同比增长15.3%。
Silent: 产值281亿元，下降6.9%。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from .growth import base_of, prior_of
from .partitions import averages
from .relation import Relation


def _of_another(reading: Reading, growth: Claim) -> bool:
    """Whether a prior right behind it says what grew: 其中新收454件，同比上升3.2%（上年受理467件）."""
    following = next(reading.behind(growth), None)
    return (
        following is not None
        and following.role == "prior"
        and following.sentence == growth.sentence
        and following.depth > growth.depth
    )


def relate(reading: Reading) -> Iterator[Relation]:
    """Every growth of an exact count without a printed prior."""
    for claim in reading.claims:
        if claim.role != "growth" or claim.figure.unit != "%" or claim.figure.approx != "exact":
            continue
        base = base_of(reading, claim)
        if base is None or not base.figure.discrete or base.figure.approx != "exact" or averages(base):
            continue  # an average is printed whole and is none
        if prior_of(reading, claim, base) is None and not _of_another(reading, claim):
            yield Relation(
                "growth_feasible",
                {"current": (base,), "growth": (claim,)},
                "stated",
                (base.label or base.noun, *claim.words),
            )
