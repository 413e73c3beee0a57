"""Frames: which claims speak of one matter, and which stand as parts under another figure.

The text is read once from left to right. 其中 (and a parenthesis that opens with 含, 包括) opens a level
under a figure: the nearest value of the same unit when it stands in the same sentence, the head of what
was spoken of when it opens a sentence. Words of totality (共, 总计) or the end of the sentence close it
again. Inside a level, and outside, a value whose stage follows on one already in the frame continues that
frame; any other value begins the next one. Arithmetic is never consulted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from .claim import Claim, Frame, earlier_twin
from .clauses import Segment
from .document import Flow
from .ladders import ladders
from .openers import Opening, closes, lead_words, likeness, opening, opens_list
from .record import changer
from .roles import lexicon
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


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list whose items are paragraphs: its level, the whole, the items' mark, the last item, the words that open it."""

    number: int
    parent: int
    style: str
    block: int
    words: str


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


_changed = changer(Claim)

# so many claims of a part are looked at for a stage of its own
_FEW = 12
# so many figures before another are looked at for what both may be of
_NEAR = 6


def _member(label: str) -> tuple[int, str]:
    """The family of siblings that a label names one of, and which: (number, word), or (-1, '')."""
    for number, family in enumerate(lexicon()["level"]["siblings"]):
        word = next((w for w in family if w in label), "")
        if word:
            return number, word
    return -1, ""


# 占净资产36.18亿元的34.8%: what a share is of, not what is spoken of
_COMPARES = re.compile("(?:[比较与]|同比|$)")
_SHARED = re.compile("[，、；]?占")

# what numbers the items of a list: （1） 1. 1、 ① 一、
_MARK = re.compile("（[0-9一二三四五六七八九十]{1,3}）|[0-9]{1,2}[.、．]|[①-⑳]|[一二三四五六七八九十]{1,3}、")

_POINT = re.compile(
    "(?:[。；\n]|\\A)(?:第?[一二三四五六七八九十]{1,3}(?:是|、)|[0-9]{1,2}[.、．]|（[一二三四五六七八九十0-9]{1,3}）)"
)


@cache
def _averages() -> tuple[str, ...]:
    return tuple(w for w in lexicon()["nonadditive"]["words"] if w.endswith("均"))


@cache
def _plans() -> tuple[str, ...]:
    return tuple(lexicon()["plan"]["figures"])


def _not_parts() -> tuple[str, ...]:
    return tuple(lexicon()["level"]["not_parts"])


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
        self.cut: set[int] = set()
        self.count = 0
        self.block = -1
        self.listed: _Listed | None = None

    # -- levels -------------------------------------------------------------------------------------

    def _before(self, claim: Claim, segment: Segment) -> int:
        """The nearest value of this claim's unit before it in its sentence, not across ；, or -1."""
        for other, at in zip(reversed(self.claims), reversed(self.segments), strict=True):
            if other.block != claim.block or other.sentence != claim.sentence:
                return -1
            if at.semicolons != segment.semicolons and self.flow.text[segment.clause_start - 1] != "；":
                return -1
            if (
                other.role == "value"
                and other.figure.unit == claim.figure.unit
                and not other.glued
                and other.depth <= claim.depth
                and not (at.after.startswith("的") and _SHARED.match(other.before))
                and not other.before.rstrip("约为达").endswith(_averages())
                and not (other.label.startswith(("比", "较")) and other.label.endswith(_plans()))
                and not (other.index and earlier_twin(other, self.claims[other.index - 1]))
            ):
                if self._rest(other) or self._kind_of_earlier(claim, other):
                    return -1
                if self._again(claim, other, segment):
                    return -1
                left = self._left(other)
                if left and left not in claim.before:
                    return -1
                spared = next((w for w in lexicon()["level"]["spared"] if other.before.endswith(w)), "")
                # 采购金额22.91亿元，节约1.45亿元，其中集中采购9.84亿元: of what was bought or of what was spared?
                return -1 if spared and spared not in claim.before and self._another(other) else other.index
        return -1

    def _rest(self, claim: Claim) -> bool:
        """Whether the figure is what another leaves of a third: 抽检…批次，合格…批次，不合格…批次；其中 may divide any of them."""
        name = claim.label[1:]
        if len(name) < 2 or claim.label[0] not in "不未非无":
            return False
        return any(c.label.endswith(name) for c in self._values_before(claim, claim))

    def _values_before(self, nearest: Claim, claim: Claim) -> Iterator[Claim]:
        """The values in the sentence of ``claim`` among the few figures before ``nearest``."""
        for c in self.claims[max(0, nearest.index - _NEAR) : nearest.index]:
            if c.role == "value" and c.sentence == claim.sentence:
                yield c

    def _again(self, claim: Claim, nearest: Claim, segment: Segment) -> bool:
        """Whether a part behind ； bears the name of an earlier count: 抽查1206批次，不合格98批次；其中生产领域抽查412批次."""
        if self.flow.text[segment.clause_start - 1] != "；" or claim.figure.kind == "money":
            return False
        if nearest.label.startswith(ladders().outcomes) and self._another(nearest):
            return True  # 修改32件，废止53件；其中市政府文件142件: of all that had an outcome
        end = claim.label[-2:]
        if len(end) < 2 or nearest.label.endswith(end):
            return False
        return any(
            c.figure.unit == claim.figure.unit and c.label.endswith(end)
            for c in self._values_before(nearest, claim)
        )

    def _left(self, claim: Claim) -> str:
        """The word that tells that the count is what remains of one before it in its sentence: 答复121件，结转5件."""
        word: str = next((w for w in lexicon()["level"]["left"] if claim.before.endswith(w)), "")
        known = any(c.figure.unit == claim.figure.unit for c in self._values_before(claim, claim))
        return word if known and claim.figure.kind != "money" else ""

    def _kind_of_earlier(self, claim: Claim, nearest: Claim) -> bool:
        """Whether part and nearest figure are by name two kinds of one before them: 资产…，国有资产…；其中银行资产…."""
        return claim.scope == nearest.scope and any(
            2 <= len(c.label) < min(len(claim.label), len(nearest.label))
            and claim.label.endswith(c.label)
            and nearest.label.endswith(c.label)
            and not claim.label.endswith(nearest.label)
            for c in self._values_before(nearest, claim)
            if c.figure.unit == claim.figure.unit and c.depth == nearest.depth
        )

    def _another(self, claim: Claim) -> bool:
        """Whether the figure before this one in its sentence is a value of the same unit."""
        before = self.claims[claim.index - 1] if claim.index else None
        return (
            before is not None
            and before.sentence == claim.sentence
            and before.role == "value"
            and before.figure.unit == claim.figure.unit
        )

    def _head_before(self, claim: Claim) -> int:
        """What the sentence before spoke of: its one figure of this unit, or the one above its breakdown.

        Where several stand in a row, 其中 at the head of a sentence may mean any of them: -1.
        """
        sentence = -1
        heads: list[int] = []
        for frame in reversed(self.frames):
            if frame.block != claim.block or not frame.claims:
                break
            values = [
                i
                for i in frame.claims
                if self.claims[i].role == "value" and self.claims[i].figure.unit == claim.figure.unit
            ]
            at = self.claims[frame.claims[0]].sentence
            if sentence < 0:
                sentence = at
            if at != sentence:
                break
            if values:
                heads.append(values[0])
        if not heads:
            return -1
        parents = {self.frames[self.claims[h].frame].parent for h in heads}
        if len(parents) == 1 and -1 not in parents:
            return parents.pop()  # 按所在地分，…。按类型分，…: a second division of the same whole
        first = heads[-1]
        under = all(self.frames[self.claims[h].frame].parent == first for h in heads[:-1])
        return first if under and not self.claims[first].label.endswith(_not_parts()) else -1

    def _named(self, words: str, claim: Claim) -> int:
        """The latest value that ``words`` name as its indicator, or -1."""
        words = trim(words)
        # 审结案件 may be told as 审结586件
        short = next((words.removesuffix(t) for t in lexicon()["level"]["things"] if words.endswith(t)), "")
        for other in reversed(self.claims):
            if (
                other.role == "value"
                and words
                and (
                    other.label.endswith(words)
                    or other.noun.startswith(words)
                    or (len(short) >= 2 and other.label == short and other.block == claim.block)
                )
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
        while self.levels:
            level = self.levels[-1]
            if segment.depth < level.paren if level.paren else level.sentence != segment.sentence:
                self._close()
            else:
                break
        found = opening(self.flow.text, segment, self.segments[-1] if self.segments else None)
        if found is not None and self._opens(found, claim, segment):
            return True
        if self.levels and not self.levels[-1].paren and claim.role == "value" and not claim.glued:
            self._keep_or_close(claim, segment)
        return False

    def _opens(self, found: Opening, claim: Claim, segment: Segment) -> bool:
        """Open the level that the words speak of, under the figure that they mean (-1 where that is open)."""
        if found.kind == "paren":
            if claim.role != "value" or (self.levels and self.levels[-1].paren >= segment.depth):
                return False
            self._open(self._before_paren(claim, segment), segment, found.words, segment.depth)
            return True
        if found.kind == "inside":
            if self._next_stage(claim):
                return False
            # a second 其中 in one sentence opens under the part that it stands in
            while self.levels and not self.levels[-1].paren and not self._inside_part(claim):
                self._close()
            fresh = not any(
                c.sentence == claim.sentence and c.block == claim.block for c in self.claims[-12:]
            )
            parent = self._spoken_of(claim, segment) if fresh else self._before(claim, segment)
        else:
            again = next((level.parent for level in self.levels if not level.paren), -1)
            while self.levels and not self.levels[-1].paren:
                self._close()
            if found.kind == "within":
                parent = self._named(found.whole, claim)
            elif found.kind == "by":
                parent = self._within_words(found.words, claim)
                if parent < 0 and again >= 0 and self.claims[again].figure.unit == claim.figure.unit:
                    parent = again  # 医院中，公立…；按等级分：…: the same whole is divided again
                elif parent < 0:
                    parent = self._spoken_of(claim, segment)
            elif found.kind == "of":
                parent = self.claims[-1].index if self.claims[-1].role == "value" else -1
            else:
                parent = self._before(claim, segment)
        self._open(parent, segment, found.words, 0)
        return True

    def _within_words(self, words: str, claim: Claim) -> int:
        """The latest value of the paragraph that these words name: 从出口市场看 speaks of 出口总额."""
        for other in reversed(self.claims):
            if other.block != claim.block:
                return -1
            if other.role == "value" and len(other.label) >= 2 and other.label in words:
                return other.index if other.figure.unit == claim.figure.unit else -1
        return -1

    def _before_paren(self, claim: Claim, segment: Segment) -> int:
        """The value of this unit right in front of the parenthesis, or -1."""
        last = self.claims[-1] if self.claims else None
        near = last is not None and segment.paren - last.figure.flow_end <= 12 and last.block == claim.block
        if near and last is not None and last.role == "value" and last.figure.unit == claim.figure.unit:
            return last.index
        return -1

    def _spoken_of(self, claim: Claim, segment: Segment) -> int:
        """What the sentence before spoke of, for 其中 at a sentence's head; after other words, nobody knows."""
        text = self.flow.text
        here = segment.figure.flow_start
        line = text.rfind("\n", 0, here)  # nothing is looked for beyond: a text may hold no ！ at all
        start = max(line, *(text.rfind(stop, line + 1, here) for stop in "。！？"))
        words = text[start + 1 : segment.clause_start].strip("，：、 ")
        return self._head_before(claim) if len(words) <= 14 and "，" not in words else -1

    def _keep_or_close(self, claim: Claim, segment: Segment) -> None:
        """Whether a value goes on with the open level, and what ； or 共 close."""
        level = self.levels[-1]
        floor = self.segments[-1].figure.flow_end if self.segments else 0
        again = closes(claim.before) or closes(lead_words(self.flow.text, segment, floor))
        if again or self._whole_goes_on(claim, level, segment.semicolons > level.semicolons):
            while self.levels and not self.levels[-1].paren:
                self._close()
        elif segment.semicolons > level.semicolons:
            if len(self.levels) > 1 and not self.levels[-2].paren and self._like_outer(claim, level):
                self._close()
                self.levels[-1].semicolons = segment.semicolons
            elif len(self.levels) > 1 and not self.levels[-2].paren:
                # ； after a nested breakdown: words do not say which of the two levels goes on
                while self.levels and not self.levels[-1].paren:
                    self.cut.add(self.levels[-1].number)
                    self._close()
                self._open(-1, segment, "；", 0)
            elif self._like_whole(claim, level):
                self._close()
            elif not (level.colon or self._rich() or self._like_part(claim)):
                self.cut.add(level.number)
                self._close()
            else:
                level.semicolons = segment.semicolons

    def _whole_goes_on(self, claim: Claim, level: _Level, fresh: bool) -> bool:
        """Whether a stage follows on the whole and not on its last part.

        受理482件，其中旧存28件、新收454件，审结460件: what was carried over and what came in are concluded together.
        受理482件，其中民事300件；审结460件: after ； (``fresh``) a stage by itself is that of the whole.
        """
        lex = ladders()
        if level.parent < 0 or not claim.stage or self.current < 0:
            return False
        if self.claims[level.parent].stage not in lex.earlier(claim.stage) or lex.subject(claim.label):
            return False
        told = self.frames[max(self.current - 1, 0) : self.current + 1]
        parts = [self.claims[f.claims[0]] for f in told if f.level == level.number and f.claims]
        if any(lex.carried.search(c.label) for c in parts):
            return True
        staged = any(self.claims[i].stage for f in told for i in f.claims[1:_FEW] if f.level == level.number)
        return fresh and not staged

    def _like_outer(self, claim: Claim, inner: _Level) -> bool:
        """Whether the value is named as the part that the inner level stands in, rather than as what is in there.

        第二产业用电量…，其中工业用电量…；第三产业用电量…: the outer breakdown goes on.
        """
        if inner.parent < 0 or self.current < 0 or len(claim.label) < 3:
            return False
        inside = next((self.claims[i].label for i in self.frames[self.current].claims), "")
        outside = self.claims[inner.parent].label
        family, member = _member(outside)
        if family >= 0 and member != _member(claim.label)[1] and _member(claim.label)[0] == family:
            return _member(inside) in ((family, member), (-1, ""))  # 公务用车…，其中购置…；公务接待…
        return (
            (claim.label[0] == outside[:1] or inside[-2:] != outside[-2:])
            and claim.label[-2:] == outside[-2:]
            and likeness(claim.label, outside) > likeness(claim.label, inside)
        )

    def _like_part(self, claim: Claim) -> bool:
        """Whether the value is named as the part before it is: 社会保障支出114亿元；教育支出92亿元."""
        heads = [self.claims[i] for i in self.frames[self.current].claims] if self.current >= 0 else []
        return bool(heads) and len(claim.label) >= 2 and heads[0].label[-2:] == claim.label[-2:]

    def _like_whole(self, claim: Claim, level: _Level) -> bool:
        """Whether the value's words resemble the whole's more than the part's: then it is another whole."""
        if level.parent < 0 or self.current < 0:
            return False
        heads = [self.claims[i] for i in self.frames[self.current].claims if self.claims[i].role == "value"]
        part = heads[0].label if heads else ""
        whole = self.claims[level.parent].label
        if claim.label in whole and any(j in whole for j in "、和及与"):
            return False  # 代表建议和委员提案共640件: what the whole names as one of several is its part
        return likeness(claim.label, self.claims[level.parent].label) > max(3, likeness(claim.label, part))

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

    def _inside_part(self, claim: Claim) -> bool:
        """Whether the current frame is a part with a value of this unit that the new level can stand under."""
        if self.current < 0 or self.frames[self.current].level < 0:
            return False
        return any(
            self.claims[i].role == "value" and self.claims[i].figure.unit == claim.figure.unit
            for i in self.frames[self.current].claims
        )

    # -- lists over paragraphs ----------------------------------------------------------------------

    def _item_of_list(self, claim: Claim) -> None:
        """Open or go on with a list whose items are paragraphs: 支出200.5亿元，其中：（1）…；（2）…."""
        blocks, text = self.flow.blocks, self.flow.text
        mark = _MARK.match(text, blocks[claim.block].start)
        listed, self.listed = self.listed, None
        if mark is None or claim.block == 0:
            return
        last = mark.group()[-1]
        style = "0" if last.isdigit() else last  # ① and ② are marks of one list
        if listed is None or claim.block - listed.block > 1 or style != listed.style:
            before = blocks[claim.block - 1]
            lead = text[max(before.start, before.end - 24) : before.end]
            told = self.claims[-1] if self.claims else None
            if told is None or not lead.endswith("：") or told.block != claim.block - 1:
                return
            words = re.split("[，。；]", lead[:-1])[-1]
            parent = self._whole_of_list(claim, words, lead[:-1].endswith("。" + words))
            if not opens_list(words) or parent < 0:
                return
            listed = _Listed(self.count, parent, style, claim.block, words)
            self.count += 1
        self.listed = replace(listed, block=claim.block)
        self.levels.append(_Level(listed.number, listed.parent, claim.sentence, 0, -1, listed.words, True))

    def _whole_of_list(self, claim: Claim, words: str, anew: bool) -> int:
        """The figure that a list after the paragraph divides: the last one, or -1 where the words leave it open.

        Words that open a sentence of their own (``anew``: …。财力构成是：) mean the paragraph's only whole, or
        the only one that they name.
        """
        told = [c for c in self._of_block(claim.block - 1) if c.role == "value" and not c.depth]
        if not told or told[0].figure.unit != claim.figure.unit:
            return -1
        if not anew:
            return told[0].index
        tops = [
            c
            for c in told
            if self.frames[c.frame].level < 0 and not c.glued and c.figure.unit == claim.figure.unit
        ]
        if len(tops) > 1:
            tops = [c for c in tops if len(c.label) >= 2 and c.label[-2:] in words]
        return tops[0].index if len(tops) == 1 else -1

    def _first_of_item(self, claim: Claim) -> bool:
        """Whether the value is what its item is about; what the item tells besides is no part of the whole."""
        listed = self.listed
        if listed is None or self.levels[0].number != listed.number or len(self.levels) > 1:
            return False
        if any(self.frames[c.frame].level == listed.number for c in self._of_block(claim.block)):
            self.levels.clear()
            return False
        return True

    def _of_block(self, block: int) -> Iterator[Claim]:
        for other in reversed(self.claims):
            if other.block != block:
                return
            yield other

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
            head = self.claims[frame.claims[0]]
            if (
                frame.level >= 0
                and head.label.startswith(lex.outcomes)
                and claim.label.startswith(lex.outcomes)
            ):
                return False  # 维持412件，撤销86件: outcomes of one whole stand side by side
            subject = lex.subject(claim.label)
            placed = bool(claim.scope) and not subject.replace(claim.scope, "")
            own = lex.subject(head.label)
            named = len(own.replace(claim.scope, "") if placed else own) >= 2
            if len(subject) < 2 or (subject in frame.labels and not (placed and named)):
                return True  # 全市 alone, which every matter of the city is called by, names none
            return (
                not named and claim.stage not in ("accepted", "applied") and segment.sentence == last.sentence
            )
        if claim.depth > last.depth and segment.sentence == last.sentence:
            return True
        # amounts and other units told of the same matter in the same sentence
        about = next((self.claims[i] for i in frame.claims if self.claims[i].role == "value"), None)
        return bool(
            about is not None
            and about.figure.unit != claim.figure.unit
            and segment.sentence == last.sentence
            and about.stage
        )

    def add(self, claim: Claim, segment: Segment) -> None:
        """Put the next claim, in order of text, into a frame."""
        if claim.block != self.block:
            self.levels.clear()
            self.current = -1
        if self.segments and self.segments[-1].sentence != segment.sentence and self._enumerated(segment):
            self.levels.clear()
            self.current = -1
        if claim.block != self.block:
            self._item_of_list(claim)
            self.block = claim.block
        opens = self._levels(claim, segment)
        if self._compares_anew(claim, segment):
            # 其中国内接待8万元、国外接待1万元；比上年减少2万元: the whole or the last part, words do not say
            self._open(-1, segment, "；", 0)
            opens = True
        if self.listed is not None and self.levels and claim.role == "value":
            opens = self._first_of_item(claim) or opens
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
        self.claims.append(_changed(claim, frame=frame.index))
        self.segments.append(segment)

    def _compares_anew(self, claim: Claim, segment: Segment) -> bool:
        """Whether behind the ； of a breakdown a clause compares, and names nothing of its own."""
        return (
            bool(self.levels and self.segments)
            and not self.levels[-1].paren
            and self.levels[-1].parent >= 0
            and claim.role in ("prior", "change", "growth")
            and _COMPARES.match(claim.label) is not None
            and segment.sentence == self.segments[-1].sentence
            and segment.semicolons > self.segments[-1].semicolons
        )

    def finish(self) -> tuple[tuple[Claim, ...], tuple[Frame, ...]]:
        """All claims with their frames."""
        lex = ladders()
        frames = []
        subjects: dict[int, str] = {}
        for f in self.frames:
            head = next((self.claims[i] for i in f.claims if self.claims[i].role == "value"), None)
            subject = lex.name(head.label or head.noun) if head is not None else ""
            subjects[f.index] = subject
            frames.append(
                Frame(
                    f.index,
                    tuple(f.claims),
                    f.parent,
                    f.level,
                    f.level in self.cut,
                    f.opened,
                    subject,
                    f.block,
                )
            )
        claims = tuple(
            _changed(c, subject=subjects[c.frame]) if not c.subject and subjects.get(c.frame) else c
            for c in self.claims
        )
        return claims, tuple(frames)
