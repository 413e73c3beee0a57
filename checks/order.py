"""排序：a list that says its order stands in it, a greatest that is said is the greatest.

按数量从多到少依次为…, 居前三位的分别是…: each figure is at least (从低到高: at most) the next. The list is the
figures of one unit in the rest of the sentence; shares or growths between them are passed over. 其中物业纠纷720件，
数量最多: no figure beside it in the same breakdown is greater. What is the greatest of a place, of years or of others that are not
printed (全市最多, 历年最高) is held against nothing.

Fails: 受理纠纷数量居前三位的依次是婚姻家庭纠纷540件、邻里纠纷720件、物业纠纷310件。
Holds: 受理纠纷数量居前三位的依次是婚姻家庭纠纷720件、邻里纠纷540件、物业纠纷310件。
Silent: 受理纠纷数量依次是婚姻家庭纠纷540件、邻里纠纷720件、物业纠纷310件。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of
from .relation import Relation

_ITEM = frozenset({"value", "share", "rate", "other", "ratio"})
_STOPS = ("。", "；", "\n")
# A figure that interrupts more than a list does.
_BREAK = re.compile("[；。]|合计|共计|总计|平均|其他|其余|占|同比")


@dataclass(frozen=True, slots=True)
class _Words:
    order: re.Pattern[str]
    up: frozenset[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _words() -> _Words:
    """The words of order, one flat alternation so that the search skips from first character to first character."""
    lex = lexicon_of("gouji.checks", "rankings")
    down, up = lex["down"]["words"], lex["up"]["words"]
    first = f"{lex['down']['first']}[^。；\\n0-9]{{0,24}}?{lex['down']['lead']}"
    most, least = any_of(lex["most"]["words"]), any_of(lex["least"]["words"])
    measure, named = any_of(lex["measure"]["words"]), any_of(lex["measure"]["named"])
    told = f"(?:(?P<most>{most})|(?P<least>{least}))"
    return _Words(
        re.compile("|".join([*(re.escape(w) for w in (*down, *up)), first])),
        frozenset(up),
        re.compile(f"[，、]?(?:{measure})*{told}(?=[，。；、（）\\n]|\\Z)"),
        re.compile(f"{told}{named}[^，。；\\n0-9]{{1,20}}\\Z"),
    )


def relate(reading: Reading) -> Iterator[Relation]:
    """Every list behind words of order, in its sentence, and every greatest or least of a breakdown."""
    yield from _ranked(reading)
    yield from _extremes(reading)


def _ranked(reading: Reading) -> Iterator[Relation]:
    text = reading.document.flow.text
    claims = reading.claims
    at = 0
    words = _words()
    for m in words.order.finditer(text):
        end = min((e for e in (text.find(s, m.end()) for s in _STOPS) if e >= 0), default=len(text))
        while at < len(claims) and claims[at].figure.flow_start < m.end():
            at += 1
        items = list(_items(reading, at, end))
        if len(items) < 2 or items[0].figure.flow_start - m.end() > 40:
            continue
        if m.group() in words.up:
            items.reverse()
        yield Relation("order", {"item": tuple(items)}, "customary", (m.group(),))


def _items(reading: Reading, at: int, end: int) -> Iterator[Claim]:
    """The figures of the first one's unit up to the sentence's end, while the list goes on."""
    text = reading.document.flow.text
    first: Claim | None = None
    last = item = 0
    for c in reading.claims[at:]:
        if c.figure.flow_start >= end or c.role == "table":
            return
        if first is None:
            if c.role not in _ITEM:
                return
            first = c
        elif c.figure.unit != first.figure.unit:
            continue
        elif c.role not in _ITEM or _BREAK.search(text, last, c.figure.flow_start):
            return
        elif c.item == 1 or (item > 1 and c.item != item + 1):
            return  # 前三名分别为99%、98%和97%，后三名分别为71%…: the list is over
        last, item = c.figure.flow_end, c.item
        yield c


def _extremes(reading: Reading) -> Iterator[Relation]:
    """The figure of a breakdown that is called the greatest or the least, against those beside it."""
    text = reading.document.flow.text
    words = _words()
    levels: dict[tuple[int, str, str], list[Claim]] = {}
    for frame in reading.frames:
        if frame.level < 0:
            continue
        told: set[str] = set()
        for c in reading.of(frame):
            # the first value and the first share of a part are those of the part itself
            if c.role in ("value", "share") and c.role not in told:
                told.add(c.role)
                levels.setdefault((frame.level, c.role, c.figure.unit), []).append(c)
    for claims in levels.values():
        for c in claims:
            start = c.figure.flow_start
            m = words.behind.match(text, c.figure.flow_end)
            m = m or words.before.search(text, max(0, start - 40), start)
            others = [o for o in claims if o is not c and o.sentence == c.sentence]
            if m is None or not others:
                continue
            others.sort(key=lambda o: (-o.figure.value, o.index))
            items = (c, *others) if m["most"] else (*others, c)
            yield Relation("order", {"item": items}, "customary", (m.group(),))
