"""Figures that are told only for another to be held against: the plan, the year before."""

from __future__ import annotations

from ..extract.claim import Claim, Reading, earlier_twin
from ..extract.roles import lexicon

_PLANS: tuple[str, ...] = tuple(lexicon()["plan"]["figures"])


def told_against(reading: Reading, claim: Claim) -> bool:
    """Whether a plan is told for its rate alone, right behind the result: 决算数40万元，预算数37万元，完成预算的108.1%."""
    if claim.role != "value" or not claim.label.endswith(_PLANS) or claim.index == 0:
        return False
    following = next(reading.behind(claim), None)
    before = reading.claims[claim.index - 1]
    return (
        following is not None
        and following.role == "plan"
        and following.sentence == claim.sentence == before.sentence
        and before.role == "value"
        and before.figure.unit == claim.figure.unit
        and not before.label.endswith(_PLANS)
    )


def told_before(reading: Reading, claim: Claim) -> bool:
    """Whether a figure is the same thing of an earlier year, right behind this year's: 2023年决算数48万元，2022年决算数53万元."""
    return bool(claim.index) and earlier_twin(claim, reading.claims[claim.index - 1])
