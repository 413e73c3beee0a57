"""列举计数：a stated count against the things that are listed.

The list stands right before its count (甲、乙、丙三个领域; 市、区、街镇三级; 《…》《…》两份文件), right behind it
(两部分，即甲和乙; 三类（…）; 四个平台：…), or far behind it under marks of its own (五个方面：一是…五是…,
over sentences and paragraphs), or is told as a tally (八大类价格五涨三降). Marks tell the items: titles, one quoted list, levels of government, numbered
items; there a count that differs is an error. Behind a colon a plain list of three or more is as good as that,
but its words may part an item: a warning. In any other list nobody can tell whether 和 stands between two items
or in the name of one, or where the first begins; there nothing is said of a count that differs. 等 before the
count opens the list: it may name fewer than the count, and where it names as many it closes it.

Fails: 印发《甲办法》《乙办法》《丙办法》两份文件。
Holds: 印发《甲办法》《乙办法》两份文件。
Silent: 印发《甲办法》等三份文件。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ..extract.claim import Claim, Reading
from ..extract.roles import any_of
from . import announced, listed
from .announced import Mark
from .listed import Listed
from .relation import Relation

# No more things are counted one by one.
MOST = 40
# A list right before a count has one of these so near to it.
_SIGNS = re.compile("[、》”和及与暨或]")
_NEAR = 2 * listed.LONG
# So much of a numbered item is shown.
_SHOWN = 12

_LEVEL = "(?:中央|国家|部|省|州|盟|市|地|区|县|旗|街镇|街道|街|乡镇|镇街|镇|乡|村居|村|居|社区|园区|组|站|所|局|厅|网格|部门|单位)"
_LEVELS = re.compile(f"(?P<run>(?:{_LEVEL})+级?(?:[、—-](?:{_LEVEL})+级?)*)\\Z")
_PARENS = re.compile("（[^（）]{0,80}）")
_ITEM_END = re.compile("[，。；：、\\n]|\\Z")


def relate(reading: Reading) -> Iterator[Relation]:
    """Every small exact count with a list of two or more before or behind it."""
    text = reading.document.flow.text
    marks = announced.marks(text)
    for claim in reading.claims:
        f = claim.figure
        if claim.role != "value" or f.approx != "exact" or not f.discrete or not 2 <= f.value <= MOST:
            continue
        relation = (
            _levels(claim, text)
            or _tallied(claim, text)
            or _numbered(claim, text, marks)
            or _listed(reading, claim, text)
        )
        if relation is not None:
            yield relation


def _relation(
    claim: Claim,
    items: tuple[str, ...],
    strength: str = "stated",
    candidates: int = 1,
    reason: str | None = None,
    each: Claim | None = None,
) -> Relation:
    """The tie of a count to its items; ``each`` is what every one of them reaches (两个100%)."""
    terms: dict[str, tuple[Claim, ...]] = {"count": (claim,)}
    if each is not None:
        terms["item"] = (each,)
    return Relation("enumeration", terms, strength, items, candidates, reason=reason, items=items)


def _levels(claim: Claim, text: str) -> Relation | None:
    """市、区县两级 may count 区县 as one level or as two: either count agrees."""
    f = claim.figure
    if f.unit != "级":
        return None
    found = _PARENS.sub("", text[listed.start_of(text, f.flow_start) : f.flow_start])
    m = _LEVELS.search(found)
    if m is None:
        return None
    groups = tuple(re.split("[、—-]", m["run"]))
    each = tuple(re.findall(_LEVEL, m["run"]))
    if len(each) < 2:
        return None
    if len(each) == f.value:
        return _relation(claim, each)
    # 布局县乡村三级: without marks between them nobody can tell where the first level begins
    return _relation(claim, groups) if len(groups) > 1 else _relation(claim, each, reason="ambiguous")


@cache
def _tally() -> re.Pattern[str]:
    one = f"([一二三四五六七八九十]{{1,2}})({any_of(listed.lexicon()['tally']['words'])})"
    return re.compile(f"[^。；\\n0-9]{{0,20}}?(?<![一二三四五六七八九十]){one}{one}(?:{one})?")


def _tallied(claim: Claim, text: str) -> Relation | None:
    """八大类价格五涨三降: those that went up, down and nowhere are all of them."""
    m = _tally().match(text, claim.figure.flow_end)
    if m is None or len({m[2], m[4], m[6]}) < 3:
        return None
    told = [(announced.number_of(m[i]), m[i + 1]) for i in (1, 3, 5) if m[i]]
    return _relation(claim, tuple(f"{way}{i + 1}" for count, way in told for i in range(count)))


def _numbered(claim: Claim, text: str, marks: Sequence[Mark]) -> Relation | None:
    """重点做好五个方面工作：一是…: the numbered items that the count announces."""
    f = claim.figure
    if f.unit in listed.words().unlisted or text[f.flow_start - 1 : f.flow_start] in ("前", "等"):
        return None
    run, whole = announced.run(text, marks, f.flow_start, f.flow_end)
    if len(run) < 2:
        return None
    items = tuple(_head(text, mark) for mark in run)
    return _relation(claim, items, reason=None if whole or len(items) == f.value else "incomplete")


def _head(text: str, mark: Mark) -> str:
    """The first words of a numbered item, with its mark."""
    end = min(mark.end + _SHOWN, len(text))
    m = _ITEM_END.search(text, mark.end, end)
    return text[mark.start : m.start() if m else end]


def _listed(reading: Reading, claim: Claim, text: str) -> Relation | None:
    """A list right before the count, else one right behind it."""
    f = claim.figure
    if f.unit in listed.words().unlisted:
        return None
    if _SIGNS.search(text, max(0, f.flow_start - _NEAR), f.flow_start):
        told = text[f.flow_end : f.flow_end + 8]
        others = _others(reading, claim, listed.start_of(text, f.flow_start))
        found = listed.before(text, f.flow_start, told, f.unit, others)
        if found is not None:
            return _tie(claim, found, _each(reading, claim))
    behind = listed.after(text, f.flow_end)
    if behind is None or text[f.flow_start - 1 : f.flow_start] in ("前", "第"):
        return None
    found, stop = behind
    inside = any(c.figure.discrete for c in _between(reading, claim, f.flow_end, stop))
    # with counts inside (市级1个、县级6个) its items are not things: then nothing but the full list is told
    return _tie(claim, replace(found, sure=False, plain=False) if inside else found)


def _each(reading: Reading, claim: Claim) -> Claim | None:
    """What each of the listed reaches, printed right behind the count: 两个100%."""
    if claim.figure.unit != "个" or claim.index + 1 >= len(reading.claims):
        return None
    following = reading.claims[claim.index + 1]
    near = following.figure.flow_start == claim.figure.flow_end
    whole = following.figure.discrete or following.figure.kind == "duration"
    return following if near and not whole else None


def _tie(claim: Claim, found: Listed, each: Claim | None = None) -> Relation | None:
    """The tie of a count to a list that can be read in one way or in several."""
    value = claim.figure.value
    readings = found.readings
    for items in readings:
        if len(items) == value:
            return _relation(claim, items, candidates=len(readings), each=each)
    if found.open and value > max(map(len, readings)):
        return None  # 等 stands for what is not named
    if found.sure:
        return _relation(claim, readings[0], each=each)
    if found.plain:
        return _relation(claim, readings[0], "customary")
    return None


def _others(reading: Reading, claim: Claim, start: int) -> tuple[str, ...]:
    """The other counts between ``start`` and the claim, as printed, each once."""
    text = reading.document.flow.text
    found: list[str] = []
    for i in range(claim.index - 1, -1, -1):
        f = reading.claims[i].figure
        if f.flow_start < start:
            break
        if f.discrete:
            found.append(text[f.flow_start : f.flow_end])
    return tuple(dict.fromkeys(found))


def _between(reading: Reading, claim: Claim, start: int, stop: int) -> Iterator[Claim]:
    for i in range(claim.index + 1, len(reading.claims)):
        c = reading.claims[i]
        if c.figure.flow_start >= stop:
            return
        if c.figure.flow_start >= start:
            yield c
