"""排序：a list that says its order stands in it.

按数量从多到少依次为…, 居前三位的分别是…: each figure is at least (从低到高: at most) the next. The list is the
figures of one unit in the rest of the sentence; shares or growths between them are passed over.

Fails: 受理纠纷数量居前三位的依次是婚姻家庭纠纷540件、邻里纠纷720件、物业纠纷310件。
Holds: 受理纠纷数量居前三位的依次是婚姻家庭纠纷720件、邻里纠纷540件、物业纠纷310件。
Silent: 受理纠纷数量依次是婚姻家庭纠纷540件、邻里纠纷720件、物业纠纷310件。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.lexicons import lexicon_of
from .relation import Relation

_ITEM = frozenset({"value", "share", "rate", "other", "ratio"})
_STOPS = ("。", "；", "\n")
# A figure that interrupts more than a list does.
_BREAK = re.compile("[；。]|合计|共计|总计|其他|其余|占|同比")


@cache
def _words() -> tuple[re.Pattern[str], frozenset[str]]:
    """The words of order, one flat alternation so that the search skips from first character to first character."""
    lex = lexicon_of("gouji.checks", "rankings")
    down, up = lex["down"]["words"], lex["up"]["words"]
    first = f"{lex['down']['first']}[^。；\\n0-9]{{0,24}}?{lex['down']['lead']}"
    return re.compile("|".join([*(re.escape(w) for w in (*down, *up)), first])), frozenset(up)


def relate(reading: Reading) -> Iterator[Relation]:
    """Every list behind words of order, in its sentence."""
    text = reading.document.flow.text
    claims = reading.claims
    at = 0
    words, up = _words()
    for m in words.finditer(text):
        end = min((e for e in (text.find(s, m.end()) for s in _STOPS) if e >= 0), default=len(text))
        while at < len(claims) and claims[at].figure.flow_start < m.end():
            at += 1
        items = list(_items(reading, at, end))
        if len(items) < 2 or items[0].figure.flow_start - m.end() > 40:
            continue
        if m.group() in up:
            items.reverse()
        yield Relation("order", {"item": tuple(items)}, "customary", (m.group(),))


def _items(reading: Reading, at: int, end: int) -> Iterator[Claim]:
    """The figures of the first one's unit up to the sentence's end, while the list goes on."""
    text = reading.document.flow.text
    first: Claim | None = None
    last = 0
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
        last = c.figure.flow_end
        yield c
