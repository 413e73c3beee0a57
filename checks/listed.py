"""Lists that a text counts: what stands before a count (甲、乙、丙三个领域), item by item.

Marks tell some items apart beyond doubt (titles, one quoted list, levels of government); in a running text
nobody can tell whether 和 parts two items or stands in the name of one. Such a list has several readings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..extract.lexicons import lexicon_of
from ..extract.roles import any_of

# So far back a list may begin; no longer are items other than the first; so many are counted by hand.
REACH = 300
LONG = 30

_STOPS = frozenset("。；\n：！？|")
_PARENS = re.compile("（[^（）]*）")
_OPENING, _CLOSING = frozenset("“《"), frozenset("”》")
_MARKS, _BRACKETS = re.compile("[“《”》]"), re.compile("[（）“”]")
_TITLES = re.compile("《[^《》]{1,80}》(?:[、，和及与以]*《[^《》]{1,80}》)+\\Z")
_TITLE = re.compile("《[^《》]{1,80}》")
_QUOTED = "“[^“”]{1,40}”"
_QUOTES = re.compile(f"{_QUOTED}(?:[、，和及与以]*[一-鿿]{{0,6}}{_QUOTED})+\\Z")
_NAME = re.compile(_QUOTED)
_MARK = re.compile("\\A(?:\\d{1,2}|[一二三四五六七八九十]{1,2}|（[^（）]{1,4}）)\\Z")
# “一区四市”: a numeral right before is no list.
_NUMBERED = re.compile('(?:\\A|[“"])[一二两三四五六七八九十]+[一-鿿]\\Z')


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it can be read: the plainest reading first, all of different lengths.

    ``open`` tells that 等 ends it, so that more may belong to it than is named. ``sure`` tells that its
    marks leave no doubt about its items, ``plain`` that its words leave little.
    """

    readings: tuple[tuple[str, ...], ...]
    open: bool = False
    sure: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon ``enumerations.toml``, compiled."""

    tail: re.Pattern[str]
    reach: re.Pattern[str]
    join: re.Pattern[str]
    unlisted: frozenset[str]
    nouns: frozenset[str]
    verbs: re.Pattern[str]
    alone: re.Pattern[str]
    deeds: tuple[str, ...]
    opener: re.Pattern[str]
    lead: re.Pattern[str]
    part: re.Pattern[str]


@cache
def lexicon() -> dict[str, Any]:
    """The lexicon ``enumerations.toml``."""
    return lexicon_of("gouji.checks", "enumerations")


@cache
def words() -> Words:
    """The words around counted lists."""
    lex = lexicon()
    before, join, units, verbs = lex["before"], lex["join"], lex["units"], lex["verbs"]
    behind = lex["behind"]
    opening = f"(?:{any_of(behind['openers'])}|是?指(?!{any_of(behind['pointing'])}))"
    return Words(
        re.compile(f"(?P<open>{any_of(before['open'])})?(?:{any_of(before['filler'])})?(?P<inside>“)?\\Z"),
        re.compile(f"(?:{any_of(before['reach'])})\\Z"),
        re.compile(f"(?P<no>{any_of(join['not'])})|(?P<yes>{any_of(join['words'])})"),
        frozenset(units["not"]),
        frozenset(units["nouns"]),
        re.compile(f"(?:{any_of(verbs['words'])})(?:{any_of(verbs['between'])})*\\Z"),
        re.compile(any_of(verbs["words"] + verbs["alone"])),
        tuple(verbs["deeds"]),
        re.compile(
            f"(?P<noun>[^，。；：！？（）“”《》\\n0-9、]{{0,16}})[”]?"
            f"(?:(?P<paren>（)|(?P<colon>：)|，?{opening}|{behind['copula']})"
        ),
        re.compile(f"\\A(?:{opening})?[：]?"),
        re.compile(any_of(behind["part"])),
    )


def before(text: str, at: int, after: str, unit: str, figures: Collection[str]) -> Listed | None:
    """The list that ends right before ``at``, with ``after`` behind the number and ``unit`` its unit.

    ``figures`` are the other numbers of the sentence as printed, each with its unit: a list of numbers with
    their things (一等奖1项、二等奖2项) is none of things. ``None`` where no list is plain enough to be told.
    """
    if unit in words().unlisted:
        return None
    found = text[start_of(text, at) : at]
    for _ in range(2):
        found = _PARENS.sub("", found)
    m = words().tail.search(found)
    assert m is not None
    found, opened = found[: m.start()], bool(m["open"])
    if after[:1].isdigit():
        found = words().reach.sub("", found)
    return _marked(found, opened) or _loose(found, opened, after, unit, figures)


def start_of(text: str, at: int) -> int:
    """Where the words before ``at`` begin: behind a stop, or the bracket or quote that ``at`` stands in."""
    floor = max(0, at - REACH)
    if _BRACKETS.search(text, floor, at) is None:
        return max(text.rfind(stop, floor, at) + 1 or floor for stop in _STOPS)
    closed = quoted = 0
    for i in range(at - 1, floor - 1, -1):
        ch = text[i]
        if ch in _STOPS:
            return i + 1
        if ch == "）":
            closed += 1
        elif ch == "（":
            if not closed:
                return i + 1
            closed -= 1
        elif ch == "”":
            quoted += 1
        elif ch == "“":
            if not quoted and i < at - 1:
                return i + 1
            quoted = max(0, quoted - 1)
    return floor


def split(found: str, marks: str = "、") -> list[str]:
    """The words parted at the marks outside quotes and titles."""
    if len(marks) == 1 and not _MARKS.search(found):
        return found.split(marks)
    items: list[str] = []
    depth, last = 0, 0
    for i, ch in enumerate(found):
        if ch in _OPENING:
            depth += 1
        elif ch in _CLOSING:
            depth -= 1
        elif ch in marks and depth <= 0:
            items.append(found[last:i])
            last = i + 1
    return [*items, found[last:]]


def _marked(found: str, opened: bool) -> Listed | None:
    """Titles, quoted names, or a list inside one pair of quotes."""
    if found.endswith("》"):
        m = _TITLES.search(found)
        if m is None:
            return None
        # 《甲》及《乙》《丙》两个配套文件: what stands before 及 may not be counted
        gaps = _TITLE.split(m.group())[1:-1]
        doubt = any(words().join.search(gap) for gap in gaps[:-1]) or any("，" in gap for gap in gaps)
        return Listed((tuple(_TITLE.findall(m.group())),), opened, not doubt)
    if not found.endswith("”"):
        return None
    inner = split(found[found.rfind("“") + 1 : -1])
    if len(inner) > 1 and all(inner):
        doubt = any(_joined(item) for item in inner)
        return Listed(_readings(inner), opened, not doubt)
    m = _QUOTES.search(found)
    if m is None:
        return None
    # what stands before a comma may belong to the list or not
    parts = m.group().split("，")
    return Listed(_unlike(_told(parts[i:]) for i in reversed(range(len(parts)))), opened)


def after(text: str, end: int) -> tuple[Listed, int] | None:
    """The list that a number ending at ``end`` opens, and where it ends: 两部分，即…; 三类（…）; 四个平台：….

    ``None`` where nothing is listed plainly.
    """
    m = words().opener.match(text, end)
    if m is None:
        return None
    stop, cut = _end_of(text, m.end(), bool(m["paren"]))
    found = text[m.end() : stop]
    for _ in range(2):
        found = _PARENS.sub("", found)
    found = words().lead.sub("", found)
    if words().part.match(found):
        return None
    tail = words().tail.search(found)
    assert tail is not None
    opened = bool(tail["open"])
    items = split(found[: tail.start()])
    if not all(items) or any(len(item) > LONG for item in items[1:-1]):
        return None
    if m["paren"] and len(m["noun"]) < 2 and all(len(item) < 4 for item in items):
        return None  # 6个市（县、区）: another name, no list
    if len(items) == 1:
        pair = _joined(items[0])
        readings: tuple[tuple[str, ...], ...] = (pair,) if pair and not cut else ()
    else:
        readings = _readings(items)
    if not readings:
        return None
    definite = not cut and not opened and len(readings) == 1 and len(items) > 2
    marked = all(_TITLE.fullmatch(item) or _NAME.fullmatch(item) for item in items)
    return Listed(readings, opened, definite and marked, definite and bool(m["colon"])), stop


def _end_of(text: str, at: int, paren: bool) -> tuple[int, bool]:
    """Where a list that begins at ``at`` ends, and whether it may go on behind a comma there."""
    depth = quoted = 0
    for i in range(at, min(at + REACH, len(text))):
        ch = text[i]
        if ch == "（":
            depth += 1
        elif ch == "）":
            if not depth:
                return i, False
            depth -= 1
        elif ch in _OPENING:
            quoted += 1
        elif ch in _CLOSING:
            quoted -= 1
        elif not depth and quoted <= 0 and (ch in "。；\n" or (ch in "，：" and not paren)):
            return i, ch in "，："
    return min(at + REACH, len(text)), True


def _told(parts: Iterable[str]) -> tuple[str, ...]:
    """The quoted names in these words."""
    return tuple(name for part in parts for name in re.findall(_QUOTED, part))


def _loose(found: str, opened: bool, after: str, unit: str, figures: Collection[str]) -> Listed | None:
    """A list of a running text: 、 between its items, perhaps 和 before the last."""
    items = split(split(found, "，")[-1])
    if _MARK.match(items[0]):
        items = items[1:]
    if not items or not all(items) or any(len(item) > LONG for item in items[1:]):
        return None
    for i, item in enumerate(items):
        if any(item.endswith(f) or (i and f in item) for f in figures):
            return None
    last = items[-1]
    named = "一" <= after[:1] <= "鿿" or after[:1].isalnum() or after[:1] == "“" or unit in words().nouns
    if not named and (figures or len(items) < 3):
        return None  # 新建公园、小区2个。 counts places of two kinds
    if last.endswith(tuple(lexicon()["join"]["words"])):
        return None  # 甲校、乙校及2所学校: the number belongs to what follows
    if any(word in last for word in lexicon()["before"]["open"]):
        return None  # 东区、西区等地举办2场: the list ends before its number does
    if _NUMBERED.search(last) or not _stands(items, after, unit):
        return None
    if len(items) == 1:
        # 覆盖率和通过率两个: nothing but a pair is told by 和 alone
        pair = _joined(last)
        return Listed((pair,), opened) if pair and not opened and len(pair[1]) <= LONG else None
    return Listed(_readings(items), opened)


def _stands(items: Sequence[str], after: str, unit: str) -> bool:
    """Whether the items are no verbs (新建、扩建), and the last none that takes the number for its object."""
    if unit in words().deeds or after.startswith(words().deeds):
        return True
    if words().verbs.search(items[-1]):
        return False
    return unit == "大" or not (words().alone.fullmatch(items[0]) or words().alone.fullmatch(items[-1]))


def _readings(items: list[str]) -> tuple[tuple[str, ...], ...]:
    """The readings of items between which 、 stands: 和 may part the last one, or stand before the first."""
    found: list[tuple[str, ...]] = []
    last = _joined(items[-1])
    if last:
        found.append((*items[:-1], *last))
    found.append(tuple(items))
    for i, item in enumerate(items[:-1]):
        if (pair := _joined(item)) is not None:
            found.append((pair[1], *items[i + 1 :]))
            if last:
                found.append((pair[1], *items[i + 1 : -1], *last))
    return _unlike(found)


def _unlike(readings: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The readings of two items or more, one of each length."""
    found: dict[int, tuple[str, ...]] = {}
    for reading in readings:
        if len(reading) > 1:
            found.setdefault(len(reading), reading)
    return tuple(found.values())


def _joined(item: str) -> tuple[str, str] | None:
    """The two parts of an item around its last word of joining, ``None`` where there is none between words."""
    cut = None
    for m in words().join.finditer(item):
        if m["yes"] and m.start() and m.end() < len(item):
            cut = m
    return (item[: cut.start()], item[cut.end() :]) if cut else None
