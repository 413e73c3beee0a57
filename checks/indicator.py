"""What a value says, as a key for finding it again elsewhere: in another place or another year."""

from __future__ import annotations

from ..extract.claim import Claim, Reading
from ..extract.synonyms import canonical
from .once import once

Key = tuple[str, str, str, str, str]


def key(reading: Reading, claim: Claim) -> Key | None:
    """What a value says, for matching over years; ``None`` when its words are too few to tell."""
    head = reading.head(reading.frames[claim.frame])
    if not claim.label or len(claim.label) < 2 or head is None or not claim.period.isdigit():
        return None
    top = canonical(head.label) or head.noun
    if head.index != claim.index and len(top) < 4:
        return None
    if head.index == claim.index and len(claim.label) < 4:
        return None
    frame = reading.frames[claim.frame]
    above = canonical(reading.claims[frame.parent].label) if frame.parent >= 0 else ""
    return (claim.scope, above, top, canonical(claim.label), claim.figure.unit)


@once
def by_year(reading: Reading) -> dict[tuple[Key, str], list[Claim]]:
    """The values of a reading by what they say and the year that they say it of."""
    values: dict[tuple[Key, str], list[Claim]] = {}
    for c in reading.claims:
        if c.role == "value" and (k := key(reading, c)) is not None:
            values.setdefault((k, c.period), []).append(c)
    return values
