"""占比：a share equals component over whole.

占总量的 refers to the figure above; 占…的 names its whole; 占比 alone refers to the level that it stands in,
or to the whole of the same things in the place (全市5家). A named whole that is not printed leaves the
question whether a whole number could stand for it.

Fails: 共受理355197件，其中社区纠纷115572件，占总量的32.45%。
Holds: 共受理355197件，其中社区纠纷115572件，占总量的32.54%。
Silent: 共受理355197件，社区纠纷调解员占全部调解员的32.45%。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..extract.claim import Claim, Frame, Reading
from ..extract.roles import lexicon
from ..extract.words import trim
from .relation import Relation


def relate(reading: Reading) -> Iterator[Relation]:
    """Every share with a value in its frame to be the component."""
    for claim in reading.claims:
        if claim.role != "share" or claim.figure.unit != "%":
            continue
        frame = reading.frames[claim.frame]
        part = _component(reading, frame, claim)
        if part is None:
            continue
        whole = _whole(reading, frame, claim, part)
        terms = {"part": (part,), "whole": (whole,) if whole else (), "share": (claim,)}
        evidence = (claim.words[0], part.label or part.noun, *((whole.label or whole.noun,) if whole else ()))
        yield Relation("share", terms, "stated", evidence)


def _component(reading: Reading, frame: Frame, share: Claim) -> Claim | None:
    """The value that the share speaks of: the last one before it in its frame and sentence, if no other subject is named."""
    if share.label:
        return None
    for c in reversed(reading.of(frame)):
        if c.index < share.index and c.role == "value":
            return c if c.sentence == share.sentence and c.block == share.block else None
    return None


def _whole(reading: Reading, frame: Frame, share: Claim, part: Claim) -> Claim | None:
    name = trim(share.object.strip("“”的"))
    parent = reading.claims[frame.parent] if frame.parent >= 0 else None
    if parent is not None and parent.figure.unit != part.figure.unit:
        parent = None
    reference = lexicon()["total"]["reference"]
    if not name or name in reference:
        return parent if parent is not None else _universe(reading, part) if not name else None
    if parent is not None and (parent.label.endswith(name) or name.endswith(parent.label or "\0")):
        return parent
    for c in reversed(reading.claims[: part.index]):
        if c.role == "value" and c.figure.unit == part.figure.unit and c.label and c.label.endswith(name):
            if c.scope == part.scope:
                return c
    if parent is not None and any(name.endswith(r) for r in reference):
        return parent
    return None


def _universe(reading: Reading, part: Claim) -> Claim | None:
    """All of the same things in the place: 全市5家戒毒所 for 4家戒毒所; one and only one may be named."""
    noun = part.noun[:3]
    if len(noun) < 2:
        return None
    found = [
        c
        for c in reading.claims
        if c.role == "value"
        and c.index != part.index
        and c.figure.unit == part.figure.unit
        and c.noun.startswith(noun)
        and c.before.endswith(_ALL)
    ]
    values = {c.figure.value for c in found}
    return found[0] if len(values) == 1 else None


_ALL = (
    "全市",
    "全省",
    "全区",
    "全县",
    "全国",
    "全部",
    "所有",
    "本市",
    "全系统",
    "全局",
    "共有",
    "现有",
    "辖区",
)
