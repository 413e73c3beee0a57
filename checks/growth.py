"""增长率：current against a prior value that is printed.

The prior stands in the same sentence (与2015年办案数21件相比, 由21件增加到31件, （上年21件）). Without one the
tie belongs to growth_feasible. Growth at constant prices is never recomputed.

Fails: 审理案件31件，与上年21件相比，上升约84%。
Holds: 审理案件31件，与上年21件相比，上升约48%。
Silent: 审理案件31件，上年下发意见书21份，案件上升约84%。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Reading
from .relation import Relation


def base_of(reading: Reading, growth: Claim) -> Claim | None:
    """The value that a growth speaks of: the last one before it in frame and sentence, if no other is named."""
    if growth.label:
        return None
    for c in reversed(reading.of(reading.frames[growth.frame])):
        if c.index < growth.index and c.role == "value":
            return c if c.sentence == growth.sentence and c.block == growth.block else None
    return None


def prior_of(reading: Reading, growth: Claim, base: Claim) -> Claim | None:
    """The printed prior in the same frame and sentence, of the same unit."""
    for c in reading.of(reading.frames[growth.frame]):
        if (
            c.role == "prior"
            and c.sentence == growth.sentence
            and c.block == growth.block
            and c.figure.unit == base.figure.unit
        ):
            return c
    return None


def relate(reading: Reading) -> Iterator[Relation]:
    """Every growth whose current and prior values are printed in its sentence."""
    for claim in reading.claims:
        if claim.role != "growth" or claim.figure.unit != "%":
            continue
        base = base_of(reading, claim)
        if base is None:
            continue
        prior = prior_of(reading, claim, base)
        if prior is not None:
            yield Relation(
                "growth",
                {"current": (base,), "prior": (prior,), "growth": (claim,)},
                "stated",
                (base.label or base.noun, *prior.words, *claim.words),
            )
