"""The breakdowns of a reading: a figure above, and the heads of the frames that stand under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..extract.claim import Claim, Frame, Reading
from ..extract.openers import BARE, complete
from ..extract.roles import lexicon
from .once import once
from .partitions import averages, partitions


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and its parts, in order, with the words that put them there.

    ``closed`` names the partition that makes the breakdown complete, or how words say so; '' where nothing does.
    """

    whole: Claim
    parts: tuple[Claim, ...]
    frames: tuple[Frame, ...]
    words: str
    closed: str = ""


@once
def breakdowns(reading: Reading) -> tuple[Breakdown, ...]:
    """Every level whose words name a printed whole, with the heads that share its unit; a dozen checks ask for them."""
    return tuple(_breakdowns(reading))


def _compared_with(reading: Reading, whole: Claim) -> bool:
    """Whether a figure is only what a percentage is told of: 完成38.6万亩，为任务36万亩的107.2%，其中…."""
    after = reading.claims[whole.index + 1 : whole.index + 2]
    return any(
        c.before == "的"
        and c.figure.unit == "%"
        and c.sentence == whole.sentence
        and not whole.before.startswith("的")
        for c in after
    )


def _breakdowns(reading: Reading) -> Iterator[Breakdown]:
    levels: dict[int, list[Frame]] = {}
    for frame in reading.frames:
        if frame.level >= 0:
            levels.setdefault(frame.level, []).append(frame)
    for frames in levels.values():
        whole = reading.claims[frames[0].parent] if frames[0].parent >= 0 else _called(reading, frames)
        if whole is None or whole.item or not whole.figure.unit or _compared_with(reading, whole):
            continue
        heads = [(f, part_head(reading, f, whole)) for f in frames]
        kept = [(f, h) for f, h in heads if h is not None and not _no_part(h, whole)]
        parts = tuple(h for _, h in kept)
        if any(_other_side(h, whole) for h in parts):
            continue
        if not parts or any(h.item for h in parts) or _of_change(reading, whole, parts):
            continue
        if _each_of_its_own(reading, whole, parts):
            continue
        if partitions().per_head(parts):
            continue
        groups = partitions().divisions(parts, whole)
        if len(groups) > 1:
            # 一般债券、专项债券；新增债券、再融资债券: two divisions of one total, each complete
            at = 0
            for size, name in groups:
                some = tuple(f for f, _ in kept[at : at + size])
                yield Breakdown(whole, parts[at : at + size], some, frames[0].opened, name)
                at += size
            continue
        closed = (
            partitions().closing(parts, whole)
            if len(parts) > 1 and not _cut(reading, frames[0], parts)
            else None
        )
        if closed is None and not _inside_parens(frames[0]):
            more = _told_on(reading, whole, kept)
            if more:
                kept += more
                parts = tuple(h for _, h in kept)
                closed = partitions().closing(parts, whole)
        if closed is None and (frames[0].opened == BARE or _of_both(reading, whole, frames[0])):
            continue
        if closed is None and (any(averages(c) for c in (whole, *parts)) or not _holds(whole, parts)):
            continue
        told = _all_told(reading, frames[0].opened, whole, parts) if closed is None else ""
        yield Breakdown(
            whole, parts, tuple(f for f, _ in kept), frames[0].opened, closed.name if closed else told
        )


def _each_of_its_own(reading: Reading, whole: Claim, parts: tuple[Claim, ...]) -> bool:
    """Whether a part is named like a figure told before the whole: 施工1286、新开工86、竣工142，其中住宅施工962、新开工64、竣工108."""
    if len(parts) < 2 or reading.frames[whole.frame].level >= 0:
        return False
    names = [
        c.label
        for c in reading.claims[max(whole.index - _NEAR_WHOLE, 0) : whole.index + 1]
        if c.sentence == whole.sentence
        and c.role == "value"
        and c.figure.unit == whole.figure.unit
        and reading.frames[c.frame].level < 0
    ]
    meant: set[int] = set()
    for p in parts:
        alike, at = max((same_end(name, p.label), n) for n, name in enumerate(names))
        if alike >= _ALIKE:
            meant.add(at)
    return len(meant) > 1


# so many figures before the whole are looked at, and so many characters at the end of two names make them one
_NEAR_WHOLE = 8
_ALIKE = 3


def _cut(reading: Reading, frame: Frame, parts: tuple[Claim, ...]) -> bool:
    """Whether words do not say if more parts follow: ； ends a list told with commas, and goes on with one told with ；."""
    text = reading.document.flow.text
    return frame.cut and "；" in text[parts[0].figure.flow_end : parts[-1].figure.flow_start]


def _of_both(reading: Reading, whole: Claim, frame: Frame) -> bool:
    """Whether the parts, told in a clause of their own, may be of two counts: 建议126件、提案218件，其中A类262件."""
    return joined(reading, whole) and not _inside_parens(frame)


OTHERS = "others"
"""A breakdown whose last part is 其他: custom has it complete, but no word says so."""


def _others() -> frozenset[str]:
    return frozenset(lexicon()["level"]["others"])


def _all_told(reading: Reading, opened: str, whole: Claim, parts: tuple[Claim, ...]) -> str:
    """The words by which the parts are all, '' where none says so: those that open them, or a last part called 其他.

    其他 at the end leaves nothing out, as long as every figure on the way is a part.
    """
    if len(parts) < 2 or parts[-1].noun.startswith("等"):
        return ""
    if complete(opened):
        return "words"
    if len(parts) < 3 or parts[-1].label not in _others():
        return ""
    on_the_way = reading.claims[parts[0].index : parts[-1].index + 1]
    told = [
        c
        for c in on_the_way
        if c.role == "value" and c.figure.unit == whole.figure.unit and c.depth <= parts[0].depth
    ]
    return OTHERS if len(told) == len(parts) else ""


def _inside_parens(frame: Frame) -> bool:
    return frame.opened.startswith(BARE)


def _told_on(reading: Reading, whole: Claim, kept: list[tuple[Frame, Claim]]) -> list[tuple[Frame, Claim]]:
    """The parts that the next sentences add: 其中，税收收入…。非税收入…。 up to a complete breakdown, else none.

    Each must open its sentence, follow right on the part before it and belong to one partition with it.
    """
    more: list[tuple[Frame, Claim]] = []
    last = kept[-1][0].index
    outer = reading.frames[whole.frame].level
    for frame in reading.frames[last + 1 : last + 1 + _PARTS]:
        head = part_head(reading, frame, whole)
        if head is None or frame.block != kept[-1][0].block or frame.level != outer or head.item:
            break
        if head.glued or (head.scope, head.period) != (whole.scope, whole.period):
            break
        before = kept[-1][1] if not more else more[-1][1]
        if head.sentence - before.sentence > 1:
            break
        more.append((frame, head))
        if partitions().closing([h for _, h in (*kept, *more)], whole) is not None:
            return more
    return []


# so many sentences may tell the parts of one whole
_PARTS = 12


def _holds(whole: Claim, parts: tuple[Claim, ...]) -> bool:
    """Whether the whole can hold these parts: told in one sentence, or named alike (各类纠纷, 社区纠纷)."""
    if all(p.sentence == whole.sentence for p in parts):
        return True
    if all(p.block > whole.block for p in parts):
        return True  # the items of a list that the whole's paragraph opens with a colon
    return any(same_end(_name(whole), _name(p)) >= 2 for p in parts)


def _of_change(reading: Reading, whole: Claim, parts: tuple[Claim, ...]) -> bool:
    """Whether the parts are what came and went, told under a net change: 312家，净增26家，其中新入规42家，退库16家."""
    last = reading.claims[parts[0].index - 1]
    if last.index <= whole.index or last.role != "change" or last.figure.unit != whole.figure.unit:
        return False
    moves = tuple(lexicon()["level"]["moves"])
    return all(p.label.startswith(moves) for p in parts)


_MEASURE = re.compile("(?:余额|总额|总量|总数|数量|总值|额|量|数|人数)\\Z")


def _name(claim: Claim) -> str:
    """The name of a figure without the noun of measuring: 各项存款余额 is 各项存款."""
    return _MEASURE.sub("", claim.label or claim.noun)


def same_end(a: str, b: str) -> int:
    """How many characters two names share at their ends."""
    n = 0
    while n < len(a) and n < len(b) and a[-1 - n] == b[-1 - n]:
        n += 1
    return n


def _called(reading: Reading, frames: list[Frame]) -> Claim | None:
    """The total of a complete breakdown whose opening words name none: the nearest of the right name."""
    heads = [h for f in frames if (h := reading.head(f)) is not None]
    names = partitions().whole_of(heads) if len(heads) > 1 else ()
    if names:
        for c in reading.before(heads[0]):
            if c.block != heads[0].block:
                return None
            if c.role == "value" and c.figure.unit == heads[0].figure.unit and c.label.endswith(names):
                return c
    return None


def _no_part(claim: Claim, whole: Claim) -> bool:
    """Whether the account itself gives the figure (顺差); 上年结余 is an item, and so is one kind of 结余 of all."""
    ends = _not_parts()
    if claim.noun.startswith(tuple(lexicon()["level"]["ground"])):
        return True
    if claim.before.strip("，、；") in lexicon()["level"]["again"]:
        return True
    return (
        claim.label.endswith(ends)
        and not whole.label.endswith(ends)
        and not claim.label.startswith(("上年", "年初", "年结余", "上年末"))
    )


def _other_side(part: Claim, whole: Claim) -> bool:
    """Whether part and whole are of the two sides of an account: 收入…，支出…，其中土地收入… divides the income."""
    sides = tuple(lexicon()["level"]["sides"])
    mine = next((s for s in sides if part.label.endswith(s)), "")
    return bool(mine) and whole.label.endswith(tuple(s for s in sides if s != mine))


def _not_parts() -> tuple[str, ...]:
    return tuple(lexicon()["level"]["not_parts"])


def part_head(reading: Reading, frame: Frame, whole: Claim) -> Claim | None:
    """The figure that a part is about: its first value in the whole's unit (十项工作受理239625件)."""
    for c in reading.of(frame):
        if c.role == "value" and c.figure.unit == whole.figure.unit:
            # under a result stands no plan (年初预算为52万元，支出决算为51.32万元), nor the other way round
            return c if _planned(c) == _planned(whole) else None
    return None


def _planned(claim: Claim) -> bool:
    return claim.label in lexicon()["plan"]["figures"]


def stage_of(reading: Reading, frame: Frame, claim: Claim) -> str:
    """A claim's stage; the head of a part that names none stands at the stage of what it is part of."""
    if claim.stage or frame.parent < 0 or ends_list(reading, frame):
        return claim.stage
    return reading.claims[frame.parent].stage if claim is reading.head(frame) else ""


def ends_list(reading: Reading, frame: Frame) -> bool:
    """Whether the frame's part ends a list of bare parts (投诉29706件，举报8508件，办结37902件).

    What follows such a list may as well be told of the figure that the parts stand under.
    """
    if frame.parent < 0 or frame.index == 0:
        return False
    front = reading.frames[frame.index - 1]
    head, own = reading.head(front), reading.head(frame)
    return (
        front.parent == frame.parent
        and head is not None
        and own is not None
        and head.role == own.role == "value"
        and head.figure.unit == own.figure.unit
        and head.sentence == own.sentence
        and own.index == head.index + 1
    )


def joined(reading: Reading, whole: Claim) -> bool:
    """Whether the count is told in one breath with one before it (建议126件、提案218件): 其中 may mean both."""
    front = reading.claims[whole.index - 1] if whole.index else None
    return (
        front is not None
        and whole.figure.kind != "money"
        and front.role == whole.role == "value"
        and front.figure.unit == whole.figure.unit
        and front.sentence == whole.sentence
        and front.depth == whole.depth
        and whole.before.startswith(_JOINS)
        and reading.frames[front.frame].parent == reading.frames[whole.frame].parent
    )


_JOINS = ("、", "和", "及", "与", "以及")
