"""Frames: which claims speak of one matter, and which stand as parts under another figure.

The text is read once from left to right. 其中 (and a parenthesis that opens with 含, 包括) opens a level
under a figure: the nearest value of the same unit when it stands in the same sentence, the head of what
was spoken of when it opens a sentence. Words of totality (共, 总计) or the end of the sentence close it
again. Inside a level, and outside, a value whose stage follows on one already in the frame continues that
frame; any other value begins the next one. Arithmetic is never consulted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from .claim import Claim, Frame
from .clauses import Segment
from .document import Flow
from .ladders import ladders
from .roles import any_of, lexicon
from .words import trim


@dataclass(slots=True)
class _Level:
    """An open run of parts: the claim above (-1 unknown), where it opened, and what closes it."""

    number: int
    parent: int
    sentence: int
    paren: int
    outer: int
    words: str
    colon: bool = False
    semicolons: int = 0


@dataclass(slots=True)
class _Open:
    """A frame under construction."""

    index: int
    parent: int
    level: int
    opened: str
    block: int
    claims: list[int] = field(default_factory=list)
    stages: set[str] = field(default_factory=set)
    labels: str = ""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lex = lexicon()
    inside = any_of(lex["level"]["inside"])
    opened = any_of(lex["level"]["open"])
    return (
        re.compile(f"\\A[，：、]?(?:在)?{inside}[，：、]?"),
        re.compile(f"\\A[，：、]?{opened}"),
        re.compile(lex["level"]["within"]),
        re.compile(lex["level"]["by"]),
        re.compile("\\A(?:合计|总计|共|一共|共计|总共|累计共)|(?:共|共计|合计|总计)\\Z|(?<=[后并])共"),
    )


_POINT = re.compile(
    "(?:[。；\n]|\\A)(?:第?[一二三四五六七八九十]{1,3}(?:是|、)|[0-9]{1,2}[.、．]|（[一二三四五六七八九十0-9]{1,3}）)"
)


class FrameBuilder:
    """Reads claims in order and puts each into a frame; :meth:`finish` returns both."""

    def __init__(self, flow: Flow) -> None:
        """Start with nothing open."""
        self.flow = flow
        self.claims: list[Claim] = []
        self.segments: list[Segment] = []
        self.frames: list[_Open] = []
        self.levels: list[_Level] = []
        self.current: int = -1
        self.count = 0
        self.block = -1

    # -- levels -------------------------------------------------------------------------------------

    def _lead_words(self, segment: Segment) -> str:
        """The clause in front of this figure's clause, when it holds no figure (其中， or 在出口总额中，)."""
        text = self.flow.text
        end = segment.clause_start - 1
        if end < 0 or text[end] not in "，：":
            return ""
        start = max(text.rfind(stop, max(0, end - 40), end) for stop in "，；。：\n（）")
        floor = self.segments[-1].figure.flow_end if self.segments else 0
        return text[max(start + 1, floor) : end] if start + 1 >= floor else ""

    def _same_unit_before(self, claim: Claim, same_sentence: bool) -> int:
        """The nearest value of this claim's unit before it (in its sentence or its block), or -1."""
        for other in reversed(self.claims):
            if other.block != claim.block or (same_sentence and other.sentence != claim.sentence):
                return -1
            if (
                other.role == "value"
                and other.figure.unit == claim.figure.unit
                and not other.glued
                and other.depth <= claim.depth
            ):
                return other.index
        return -1

    def _head_before(self, claim: Claim) -> int:
        """The head of what the sentence before spoke of: the current top-level frame's first value."""
        for frame in reversed(self.frames):
            if frame.block != claim.block:
                return -1
            if frame.level >= 0:
                continue
            for i in frame.claims:
                head = self.claims[i]
                if head.role == "value":
                    if head.figure.unit == claim.figure.unit:
                        return i
                    return self._same_unit_before(claim, same_sentence=False)
            return -1
        return -1

    def _named(self, words: str, claim: Claim) -> int:
        """The latest value that ``words`` name as its indicator, or -1."""
        words = trim(words)
        for other in reversed(self.claims):
            if (
                other.role == "value"
                and words
                and (other.label.endswith(words) or other.noun.startswith(words))
            ):
                return other.index
            if claim.block - other.block > 3:
                break
        return -1

    def _open(self, parent: int, segment: Segment, words: str, paren: int) -> None:
        colon = self.flow.text[max(segment.clause_start - 1, 0)] == "："
        self.levels.append(
            _Level(
                self.count, parent, segment.sentence, paren, self.current, words, colon, segment.semicolons
            )
        )
        self.count += 1

    def _close(self) -> None:
        level = self.levels.pop()
        self.current = self.claims[level.parent].frame if level.parent >= 0 else level.outer

    def _levels(self, claim: Claim, segment: Segment) -> bool:
        """Close and open levels in front of this figure; true when the figure opens one."""
        inside, opened, within, by, total = _patterns()
        while self.levels:
            level = self.levels[-1]
            if (level.paren and segment.depth < level.paren) or (
                not level.paren and level.sentence != segment.sentence
            ):
                self._close()
            else:
                break
        text = self.flow.text
        inner = bool(self.levels) and self.levels[-1].paren == segment.depth
        if (
            segment.depth
            and not inner
            and opened.match(segment.clause)
            and text[segment.clause_start - 1] == "（"
        ):
            parent = -1
            for other in reversed(self.claims):
                if other.block != claim.block:
                    break
                if other.role == "value" and other.depth < segment.depth:
                    if other.figure.unit == claim.figure.unit:
                        parent = other.index
                    break
            self._open(parent, segment, "（" + segment.clause[:2], segment.depth)
            return True
        lead = self._lead_words(segment)
        m = inside.match(segment.clause) or inside.match(lead)
        if m and not segment.glued and not self._next_stage(claim):
            while self.levels and not self.levels[-1].paren:
                # a second 其中 in one sentence: under a part when it follows it directly, else beside
                if claim.clause - self.claims[-1].clause <= 1 and self._fits_inside(claim):
                    break
                self._close()
            fresh = not any(
                c.sentence == claim.sentence and c.block == claim.block for c in self.claims[-12:]
            )
            parent = self._head_before(claim) if fresh else self._same_unit_before(claim, same_sentence=True)
            self._open(parent, segment, "其中", 0)
            return True
        if lead and by.match(lead) and not segment.glued:
            while self.levels and not self.levels[-1].paren:
                self._close()
            self._open(self._head_before(claim), segment, lead, 0)
            return True
        if lead and (w := within.search(lead)) and not segment.glued:
            while self.levels and not self.levels[-1].paren:
                self._close()
            self._open(self._named(w["whole"], claim), segment, lead, 0)
            return True
        previous = self.segments[-1] if self.segments else None
        if (
            previous is not None
            and self.claims[-1].role == "value"
            and previous.after.endswith("中")
            and previous.sentence == segment.sentence
            and claim.clause - self.claims[-1].clause == 1
        ):
            self._open(self.claims[-1].index, segment, previous.after, 0)
            return True
        if self.levels and not self.levels[-1].paren and claim.role == "value":
            level = self.levels[-1]
            if total.search(claim.before.strip("，、")[:8]) or (
                segment.semicolons > level.semicolons and not level.colon and not self._rich()
            ):
                self._close()
            else:
                level.semicolons = segment.semicolons
        return False

    def _rich(self) -> bool:
        """Whether the current part has rates or growths of its own: only then does ； separate parts."""
        return self.current >= 0 and any(
            self.claims[i].role not in ("value", "prior") for i in self.frames[self.current].claims
        )

    def _next_stage(self, claim: Claim) -> bool:
        """Whether 其中 goes on along the ladder: 调解成功368件，其中制作协议书133份."""
        if not claim.stage or self.current < 0:
            return False
        frame = self.frames[self.current]
        return (
            frame.block == claim.block
            and bool(frame.stages & set(ladders().earlier(claim.stage)))
            and self.claims[-1].figure.unit != claim.figure.unit
        )

    def _fits_inside(self, claim: Claim) -> bool:
        last = self.claims[-1]
        return last.role == "value" and last.figure.unit == claim.figure.unit and last.depth == claim.depth

    # -- frames -------------------------------------------------------------------------------------

    def _begin(self, claim: Claim) -> None:
        level = self.levels[-1] if self.levels else None
        frame = _Open(
            len(self.frames),
            level.parent if level else -1,
            level.number if level else -1,
            level.words if level else "",
            claim.block,
        )
        self.frames.append(frame)
        self.current = frame.index

    def _enumerated(self, segment: Segment) -> bool:
        """Whether a new point (二是 …) began since the figure before."""
        return bool(
            _POINT.search(self.flow.text, self.segments[-1].figure.flow_end, segment.figure.flow_start)
        )

    def _continues(self, claim: Claim, segment: Segment) -> bool:
        """Whether a value goes on about the current frame's matter."""
        if self.current < 0:
            return False
        frame = self.frames[self.current]
        if frame.block != claim.block:
            return False
        level = self.levels[-1].number if self.levels else -1
        if frame.level != level:
            return False
        last = self.claims[-1]
        if segment.glued and not re.match(r"[、和及与]", segment.before):
            return True
        lex = ladders()
        if claim.stage:
            if not frame.stages & set(lex.earlier(claim.stage)) or claim.stage in frame.stages:
                return False
            if any(claim.stage in lex.earlier(s) for s in frame.stages):
                return False  # the ladder is climbed once: a stage behind the last one is another matter
            subject = lex.subject(claim.label)
            if len(subject) < 2 or subject in frame.labels:
                return True
            return claim.stage not in ("accepted", "applied") and segment.sentence == last.sentence
        if claim.depth > last.depth and segment.sentence == last.sentence:
            return True
        # amounts and other units told of the same matter in the same sentence
        head = next((self.claims[i] for i in frame.claims if self.claims[i].role == "value"), None)
        return bool(
            head is not None
            and head.figure.unit != claim.figure.unit
            and segment.sentence == last.sentence
            and head.stage
        )

    def add(self, claim: Claim, segment: Segment) -> None:
        """Put the next claim, in order of text, into a frame."""
        if claim.block != self.block:
            self.levels.clear()
            self.current = -1
            self.block = claim.block
        if self.segments and self.segments[-1].sentence != segment.sentence and self._enumerated(segment):
            self.levels.clear()
            self.current = -1
        opens = self._levels(claim, segment)
        if claim.role in ("value", "prior"):
            if opens or (claim.role == "value" and not self._continues(claim, segment)) or self.current < 0:
                self._begin(claim)
        elif self.current < 0 or opens:
            self._begin(claim)
        frame = self.frames[self.current]
        frame.claims.append(claim.index)
        if claim.role == "value":
            if claim.stage:
                frame.stages.add(claim.stage)
            elif frame.parent >= 0 and not frame.stages:
                # a part of what was accepted is itself accepted: 其中社区类115572件，调解成功112210件
                frame.stages.add(self.claims[frame.parent].stage or "-")
        frame.labels += claim.label + claim.noun
        self.claims.append(replace(claim, frame=frame.index))
        self.segments.append(segment)

    def finish(self) -> tuple[tuple[Claim, ...], tuple[Frame, ...]]:
        """All claims with their frames."""
        lex = ladders()
        frames = []
        subjects: dict[int, str] = {}
        for f in self.frames:
            head = next((self.claims[i] for i in f.claims if self.claims[i].role == "value"), None)
            subject = lex.subject(head.label or head.noun) if head is not None else ""
            subjects[f.index] = subject
            frames.append(Frame(f.index, tuple(f.claims), f.parent, f.level, f.opened, subject, f.block))
        claims = tuple(c if c.subject else replace(c, subject=subjects.get(c.frame, "")) for c in self.claims)
        return claims, tuple(frames)
