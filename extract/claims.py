"""From figures to claims: labels, roles, stages, and the frames that hold them together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from .accounts import with_accounts
from .claim import Claim, Reading
from .clauses import Segment, segments
from .document import Document
from .frames import FrameBuilder
from .ladders import ladders
from .periods import Periods
from .roles import PERCENT, POINTS, Role, any_of, lexicon, role_of, scope_of
from .words import listed_names, trim


def read(document: Document, number: int = 0) -> Reading:
    """The document's claims and frames. Never raises on odd text: what has no words stays without."""
    all_segments = list(segments(document.flow, [f for f in document.figures if not f.naming]))
    builder = FrameBuilder(document.flow)
    lex = ladders()
    periods = Periods(document.flow, document.period)
    block = -1
    scope = ""
    listed: _List | None = None
    names: list[str] = []
    earlier = ""
    ratio: tuple[int, str] | None = None
    dumps = _dumps(all_segments)
    for i, segment in enumerate(all_segments):
        figure = segment.figure
        after = segment.after
        if i + 1 < len(all_segments):
            gap = all_segments[i + 1].figure.flow_start - figure.flow_end
            after = after[: max(gap, 0)]
        if after != segment.after:
            segment = replace(segment, after=after)
        period = periods.at(figure.flow_start)
        role = role_of(figure.unit, segment.before, segment.clause, after, segment.depth)
        if role.name in _OF_RESULTS and _targets().search(segment.clause):
            role = replace(role, name="target")
        if (
            role.name == "value"
            and figure.kind == "duration"
            and _spans().match(segment.before + "|" + after)
        ):
            role = Role("span")
        own = role.name in ("value", "prior", "limit", "planned")
        words = segment.before if own else segment.before[: role.start] or role.label
        label = trim(_LISTED.sub("", words, count=1) if segment.glued else words)
        noun = after if own else ""
        if _TO.match(segment.before) and earlier and all_segments[i - 1].sentence == segment.sentence:
            label = earlier  # 由200人增加到250人: both are told of one thing
        m = _FROM.search(label) if role.name == "prior" else None
        earlier = label[: m.start()] if m else ""
        if earlier:
            label = earlier
        item = 0
        if (
            listed is not None
            and segment.glued
            and _LIST_ITEM.match(segment.before)
            and listed.unit == figure.unit
        ):
            # 分别为3.1%、35.0%和61.9%: a list has one role, and as many labels as it has names
            role, label, item = listed.role, listed.label(listed.item + 1), listed.item + 1
        elif listed is not None and _turns(listed, figure.unit, role, segment.before):
            # 分别下降8.6%、10.2%和上升3.7%: one list, whose member has a direction of its own
            label, item = listed.label(listed.item + 1), listed.item + 1
        elif _RESPECTIVELY.search(segment.before):
            item = 1
            names = listed_names(label)
            label = names[0] if len(names) > 1 else label
            listed = None
        if item == 1:
            listed = _List(figure.unit, role, tuple(names), label, 1)
        elif item:
            listed = replace(listed, item=item) if listed else None
        elif role.name in ("value", "other", "planned", "limit"):
            listed = None
        else:
            listed = _List(figure.unit, role, (), label, 0)
        if segment.block != block:
            block = segment.block
            scope = _heading_scope(document, block)
        scope = scope_of(label) or scope
        if not figure.unit and _RATIO.match(segment.before) and ratio:
            role, label, noun, item = Role("ratio"), ratio[1], "", ratio[0] + 1
            ratio = (item, label)
        elif not figure.unit and i + 1 < len(all_segments) and _ratio_next(segment, all_segments[i + 1]):
            role, label, noun, item = Role("ratio"), trim(segment.before), "", 1
            ratio = (1, label)
        elif segment.sentence in dumps or document.flow.blocks[segment.block].kind == "row":
            role, label, noun = Role("table"), "", ""
        stage = ""
        if role.name == "value" and figure.unit not in PERCENT and figure.unit != POINTS:
            stage = lex.stage(label or noun[:12])
        builder.add(
            Claim(
                figure=figure,
                index=i,
                document=number,
                block=segment.block,
                sentence=segment.sentence,
                clause=segment.clause_index,
                role=role.name,
                stage=stage,
                indicator=role.object if role.name == "rate" else label or noun,
                scope=scope,
                period=period,
                report=periods.report(figure.flow_start),
                issuer=document.issuer,
                direction=role.direction,
                object=role.object,
                words=role.words,
                label=label,
                noun=noun,
                before=segment.before,
                item=item,
                glued=segment.glued
                and not _APART.match(segment.before)
                and all_segments[i - 1].figure.kind != "duration",
                depth=segment.depth,
                aside=segment.aside,
            ),
            segment,
        )
    claims, frames = builder.finish()
    return Reading(document, number, with_accounts(claims, frames, document.flow), frames)


def _heading_scope(document: Document, block: int) -> str:
    """The scope that the headings between the last block and this one set; a heading without one clears it."""
    blocks = document.flow.blocks
    text = document.flow.text
    for number in range(block, max(block - 40, -1), -1):
        heading = blocks[number] if number < len(blocks) else None
        if heading is not None and heading.kind == "heading":
            found = scope_of(text[heading.start : heading.end])
            if found or number == block:
                return found
            # a sub-heading (1. 一般公共预算) keeps what the heading above it says
            continue
    return ""


@dataclass(frozen=True, slots=True)
class _List:
    """A running list: the unit and role of its members, their names where as many are given, the last number."""

    unit: str
    role: Role
    names: tuple[str, ...]
    first: str
    item: int

    def label(self, item: int) -> str:
        """The label of this member: its own name, or the list's."""
        return self.names[item - 1] if 0 < item <= len(self.names) > 1 else self.first


def _turns(listed: _List, unit: str, role: Role, before: str) -> bool:
    """Whether a growth goes on with a list of growths in words of its own: 、增长3.1%; 和上升3.7%."""
    return bool(
        listed.item
        and listed.role.name == role.name == "growth"
        and listed.unit == unit
        and _LISTED.match(before)
        and _LISTED.sub("", before, count=1) == "".join(role.words)
    )


# 22.7:32.4:44.9
_RATIO = re.compile("[:：∶]\\Z")


def _ratio_next(segment: Segment, following: Segment) -> bool:
    """Whether this figure opens a ratio: the next one follows after a colon alone."""
    return bool(
        not following.figure.unit
        and following.glued
        and following.sentence == segment.sentence
        and _RATIO.match(following.before)
    )


def _dumps(all_segments: list[Segment]) -> set[int]:
    """Sentences that are no prose: charts and tables poured into text, four bare numbers in a row or more."""
    found: set[int] = set()
    run = 0
    for a, b in pairwise(all_segments):
        bare = not b.figure.unit and b.glued and b.sentence == a.sentence and len(b.before.strip()) <= 6
        run = run + 1 if bare and not _RATIO.match(b.before) and not _LIST_ITEM.match(b.before) else 0
        if run >= 2:
            found.add(b.sentence)
    return found


_RESPECTIVELY = re.compile(
    "(?:分别|依次|各)(?:为|是|达到?|有|完成|实现|占|比|同比|较|增长|下降|上升|减少|增加|提高|降低)|(?:分别|依次)\\Z"
)
# What a clause of aims (力争成功率达到90%) says is no result.
_OF_RESULTS = frozenset({"rate", "share", "growth", "average"})


@cache
def _targets() -> re.Pattern[str]:
    return re.compile(any_of(lexicon()["target"]["words"]))


@cache
def _spans() -> re.Pattern[str]:
    """A length of time that opens its clause and says over which the rest is told: 十年共增加, 五年累计完成."""
    lex = lexicon()["span"]
    return re.compile(f"\\A[，]?(?:{any_of(lex['before'])})?\\|{any_of(lex['after'])}")


_FROM = re.compile(
    "[由从](?:[12][0-9]{3}年|上年|去年)?(?:同期|底|末)?(?:第[一二三四五六七八九十]{1,3}次全国[\u4e00-\u9fff]{2,4}普查)?的?\\Z"
)
_TO = re.compile(
    "(?:增加|上升|提高|增长|下降|减少|降低|扩大|提升|跃升|缩短|压缩|压减|延长)?[到至]|增至|降至|升至"
    "|(?:上升|增加|提高|下降|减少|降低|变化?)为"
)
_LIST_ITEM = re.compile(r"(?:[、和及与]|以及)\Z")
_LISTED = re.compile("\\A(?:[、和及与]|以及)+")
# what stands between two figures of one clause without tying them into one phrase
_APART = re.compile(
    "[、和及与]|以及|(?:增加|上升|提高|增长|下降|减少|降低|扩大|提升|跃升|缩短|压缩|压减|延长)?[到至]|增至|降至|升至"
)
