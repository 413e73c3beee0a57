"""整数可行：a count and its growth, when last year's count is not printed.

A count grows from a count: some whole number must round to the printed percentage. Small counts make this
a strong test, large ones a weak one; power says which.

Fails: 死亡281人，下降6.9%。
Holds: 办理136件，同比增长15.3%。
Silent: 产值281亿元，下降6.9%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

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


_NEXT = re.compile("\\A[、和与](?![^，；。]*[比较])")


def _side_by_side(reading: Reading, growth: Claim) -> bool:
    """Whether two growths are told in one breath, each of a count of its own: 增幅16.0%、降幅16.2%; not 同比…、环比…."""
    around = reading.claims[max(0, growth.index - 1) : growth.index + 2]
    return any(
        one.role == other.role == "growth"
        and not one.item
        and not other.label
        and one.clause == other.clause
        and bool(_NEXT.match(other.before))
        for one, other in pairwise(around)
    )


def relate(reading: Reading) -> Iterator[Relation]:
    """Every growth of an exact count without a printed prior."""
    for claim in reading.claims:
        if claim.role != "growth" or claim.figure.unit != "%" or claim.figure.approx != "exact":
            continue
        base = base_of(reading, claim)
        if base is None or not base.figure.discrete or base.figure.approx != "exact" or averages(base):
            continue  # an average is printed whole and is none
        if not claim.item and _side_by_side(reading, claim):
            continue
        if prior_of(reading, claim, base) is None and not _of_another(reading, claim):
            yield Relation(
                "growth_feasible",
                {"current": (base,), "growth": (claim,)},
                "stated",
                (base.label or base.noun, *claim.words),
            )
