"""The breakdowns of a reading: a figure above, and the heads of the frames that stand under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..extract.claim import Claim, Frame, Reading
from ..extract.roles import lexicon
from .partitions import partitions


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and its parts, in order, with the words that put them there."""

    whole: Claim
    parts: tuple[Claim, ...]
    frames: tuple[Frame, ...]
    words: str


def breakdowns(reading: Reading) -> Iterator[Breakdown]:
    """Every level whose words name a printed whole, with the heads that share its unit."""
    levels: dict[int, list[Frame]] = {}
    for frame in reading.frames:
        if frame.level >= 0:
            levels.setdefault(frame.level, []).append(frame)
    for frames in levels.values():
        whole = reading.claims[frames[0].parent] if frames[0].parent >= 0 else _called(reading, frames)
        if whole is None:
            continue
        heads = [(f, part_head(reading, f, whole)) for f in frames]
        kept = [(f, h) for f, h in heads if h is not None and not h.label.endswith(_not_parts())]
        if kept:
            yield Breakdown(whole, tuple(h for _, h in kept), tuple(f for f, _ in kept), frames[0].opened)


def _called(reading: Reading, frames: list[Frame]) -> Claim | None:
    """The total of a complete breakdown whose opening words name none: the nearest of the right name."""
    heads = [h for f in frames if (h := reading.head(f)) is not None]
    names = partitions().whole_of(heads) if len(heads) > 1 else ()
    if names:
        for c in reversed(reading.claims[: heads[0].index]):
            if c.block != heads[0].block:
                return None
            if c.role == "value" and c.figure.unit == heads[0].figure.unit and c.label.endswith(names):
                return c
    return None


def _not_parts() -> tuple[str, ...]:
    return tuple(lexicon()["level"]["not_parts"])


def part_head(reading: Reading, frame: Frame, whole: Claim) -> Claim | None:
    """The figure that a part is about: its first value in the whole's unit (十项工作受理239625件)."""
    for c in reading.of(frame):
        if c.role == "value" and c.figure.unit == whole.figure.unit:
            return c
    return None


def stage_of(reading: Reading, frame: Frame, claim: Claim) -> str:
    """A claim's stage; the head of a part that names none stands at the stage of what it is part of."""
    if claim.stage or frame.parent < 0:
        return claim.stage
    return reading.claims[frame.parent].stage if claim is reading.head(frame) else ""
