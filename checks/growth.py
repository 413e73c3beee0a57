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
from .indicator import Key, key
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
    """Every growth whose current and prior values are printed in its sentence, or whose prior stands elsewhere.

    A prior elsewhere in the report is tied by its words (same scope, indicator and unit, one year before):
    custom, since a plan and a result may be counted differently.
    """
    earlier = _by_year(reading)
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
        elif (k := key(reading, base)) is not None:
            before = earlier.get((k, str(int(base.period) - 1)), [])
            if len({c.figure.value for c in before}) == 1 and before[0].figure.unit == base.figure.unit:
                yield Relation(
                    "growth",
                    {"current": (base,), "prior": (before[0],), "growth": (claim,)},
                    "customary",
                    (base.label, before[0].period, *claim.words),
                )


def _by_year(reading: Reading) -> dict[tuple[Key, str], list[Claim]]:
    values: dict[tuple[Key, str], list[Claim]] = {}
    for c in reading.claims:
        if c.role == "value" and (k := key(reading, c)) is not None:
            values.setdefault((k, c.period), []).append(c)
    return values
