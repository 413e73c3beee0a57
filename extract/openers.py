"""Words that put figures under another one: 其中, a parenthesis, 在出口总额中, 分产业看, 主要项目是.

Pure reading of words around a figure; which figure is meant is decided by :mod:`gouji.extract.frames`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .clauses import Segment
from .roles import any_of, lexicon

# A parenthesis without a word like 其中: its figures are parts only where they are known to be complete.
BARE = "（"
# No name of what is counted is longer.
_NOUN = 30


@dataclass(frozen=True, slots=True)
class Opening:
    """A level opens in front of a figure.

    ``kind``: paren, inside (其中, 包括), by (分产业看), within (在出口总额中), of (113件制度中), items (主要项目是).
    ``words`` are the words that say so; ``whole`` the name of the whole, where they give one.
    """

    kind: str
    words: str
    whole: str = ""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lex = lexicon()["level"]
    return (
        re.compile(f"[，：、]?(?:在)?{any_of(lex['inside'])}[，：、]?"),
        re.compile(lex["within"]),
        re.compile(lex["by"]),
        re.compile(lex["items"]),
        re.compile(lex["close"]),
        re.compile(lex["within_clause"]),
        re.compile(any_of(lex["spent"])),
    )


def opening(text: str, segment: Segment, previous: Segment | None) -> Opening | None:
    """What the words in front of this figure open, if anything.

    ``text`` is the flow's text; ``previous`` the figure before. A figure in a parenthesis opens one only as
    the first figure there; the caller knows whether that parenthesis is open already.
    """
    inside, within, by, items, _, within_clause, spent = _patterns()
    if segment.depth and segment.paren >= 0:
        m = inside.match(text, segment.paren + 1, segment.figure.flow_start)
        bare = text[segment.paren + 1 : segment.paren + 2] != "含" and m is None
        return Opening("paren", BARE if bare else "（" + (m.group().strip("，：、") if m else "含"))
    floor = previous.figure.flow_end if previous is not None else 0
    if segment.clause_start < floor:
        return None
    if m := inside.match(text, segment.clause_start, segment.figure.flow_start):
        return Opening("inside", m.group().strip("，：、"))
    if m := within_clause.match(text, segment.clause_start, segment.figure.flow_start):
        return Opening("within", m.group(), m["whole"])
    if m := spent.match(text, segment.clause_start, segment.figure.flow_start):
        return Opening("inside", m.group())
    lead = lead_words(text, segment, floor)
    if lead:
        if m := inside.match(lead):
            return Opening("inside", m.group().strip("，：、"))
        if by.match(lead):
            return Opening("by", lead)
        if items.search(lead):
            return Opening("items", lead)
        if m := within.search(lead):
            return Opening("within", lead, m["whole"])
        if text[segment.clause_start - 1] == "：":
            # 在法人单位中，位居前三位的行业是：…
            start = text.rfind(lead, floor, segment.clause_start) - 1
            more = before_words(text, start, floor)
            if m := within.search(more):
                return Opening("within", more, m["whole"])
    if (
        previous is not None
        and previous.sentence == segment.sentence
        and segment.clause_index - previous.clause_index == 1
    ):
        # 28个国控、省控断面中，…
        after = text[previous.figure.flow_end : segment.clause_start - 1]
        if after.endswith("中") and 1 < len(after) <= _NOUN:
            return Opening("of", after)
    return None


def lead_words(text: str, segment: Segment, floor: int) -> str:
    """The clause in front of this figure's clause, when it holds no figure (其中， or 在出口总额中，)."""
    return before_words(text, segment.clause_start - 1, floor)


def before_words(text: str, end: int, floor: int) -> str:
    """The clause that ends at the boundary ``end``, when it holds no figure; '' where a sentence ends there."""
    if end < floor or text[end] not in "，：":
        return ""
    start = max(text.rfind(stop, max(0, end - 40), end) for stop in "，；。：\n（）")
    return text[start + 1 : end] if start + 1 >= floor else ""


def opens_list(words: str) -> bool:
    """Whether a paragraph that ends in these words and a colon is followed by parts of what it told last."""
    inside, _, by, items, *_ = _patterns()
    return bool(inside.fullmatch(words) or by.match(words) or items.search(words) or complete(words))


def complete(words: str) -> bool:
    """Whether these words say that the parts after them are all there are: 财力构成是, 由以下部分组成."""
    return bool(re.search(lexicon()["level"]["complete"], words))


def closes(before: str) -> bool:
    """Whether these words speak of the whole again: 共, 总计, 加上."""
    return bool(_patterns()[4].search(before.strip("，、；")[:10]))


def likeness(a: str, b: str) -> int:
    """Length of the longest run of characters that two labels share."""
    best = 0
    a, b = a[-24:], b[-24:]
    row = [0] * (len(b) + 1)
    for x in a:
        new = [0] * (len(b) + 1)
        for j, y in enumerate(b):
            if x == y:
                new[j + 1] = row[j] + 1
                best = max(best, new[j + 1])
        row = new
    return best
