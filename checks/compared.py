"""Plans that are told only for what was done to be held against."""

from __future__ import annotations

from ..extract.claim import Claim, Reading
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
