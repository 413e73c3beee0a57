"""Automatic numbers of Word paragraphs, as they appear: 一、 （一） 1. 第三条.

The document stores no numbers, only which list and level a paragraph belongs to; they are counted here as
Word counts them (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .package import local

_LEVELS = 9
_MOST = 9_999_999  # beyond it a number is not spelt out
_CHINESE = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_SPELT = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographEnclosedCircle",
    )
)
#: Formats whose first numbers have a sign of their own: the code point before the first, and how many.
_SIGNS = {
    "decimalEnclosedCircle": (0x245F, 20),
    "decimalEnclosedCircleChinese": (0x245F, 20),
    "decimalEnclosedParen": (0x2473, 20),
    "decimalEnclosedFullstop": (0x2487, 20),
}


def _spelt(number: int, digits: str, tens: str) -> str:
    """Spell a positive number with ``digits`` and the words for 10, 100 and 1000 in ``tens``."""
    groups, words = [], ""
    while number:
        number, part = divmod(number, 10_000)
        groups.append(part)
    for place in range(len(groups) - 1, -1, -1):
        gap = bool(words)
        for power in (3, 2, 1, 0):
            digit = groups[place] // 10**power % 10
            if digit:
                if gap and words[-1] == digits[0]:
                    gap = False
                words += digits[digit] + (tens[power - 1] if power else "")
                gap = False
            elif words and words[-1] != digits[0] and groups[place] % 10**power:
                words += digits[0]
        if place and groups[place]:
            words += "万亿"[place - 1 : place]
    return words


def _letters(number: int) -> str:
    repeat, letter = divmod(number - 1, 26)
    return chr(97 + letter) * min(repeat + 1, 20)


def _roman(number: int) -> str:
    if number > 9999:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out


def spelt(number: int, format: str) -> str:
    """Write ``number`` in one of Word's number formats; an unknown one is taken for decimal."""
    if format == "none":
        return ""
    if not 0 < number <= _MOST:
        return str(number)
    if format in _SPELT:
        words = _spelt(number, _CHINESE.replace("〇", "零"), "十百千")
        return words.removeprefix("一") if 10 <= number < 20 else words
    if format == "chineseLegalSimplified":
        return _spelt(number, _FORMAL, "拾佰仟")
    if format in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_CHINESE[int(digit)] for digit in str(number))
    if format == "ideographTraditional":
        return _STEMS[number - 1] if number <= 10 else str(number)
    if format == "ideographZodiac":
        return _BRANCHES[number - 1] if number <= 12 else str(number)
    if format in ("upperLetter", "lowerLetter"):
        return _letters(number).upper() if format == "upperLetter" else _letters(number)
    if format in ("upperRoman", "lowerRoman"):
        return _roman(number).upper() if format == "upperRoman" else _roman(number)
    if format == "decimalZero":
        return f"{number:02}"
    if format == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    before, count = _SIGNS.get(format, (0, 0))
    return chr(before + number) if number <= count else str(number)


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    link: str = ""  # the style that names the list whose levels these are
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


def _value(element: Element, name: str) -> str | None:
    """Give the attribute ``val`` of the child ``name``."""
    for child in element:
        if local(child.tag) == name:
            return attribute(child, "val") or ""
    return None


def attribute(element: Element, name: str) -> str | None:
    """Give an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if local(key) == name:
            return value
    return None


def whole(text: str | None, default: int = 0) -> int:
    """Read an integer of the file, ``default`` where it is none."""
    try:
        return int(text or "")
    except ValueError:
        return default


def _level(element: Element) -> _Level:
    level = _Level()
    for child in element:
        kind, value = local(child.tag), attribute(child, "val") or ""
        if kind == "start":
            level.start = whole(value, 1)
        elif kind == "numFmt":
            level.format = value
        elif kind == "AlternateContent":  # a format that older programs do not know
            for inner in child.iter():
                if local(inner.tag) == "numFmt":
                    level.format = attribute(inner, "val") or ""
                    break
        elif kind == "lvlText":
            level.text = value
        elif kind == "lvlRestart":
            level.restart = whole(value)
        elif kind == "isLgl":
            level.legal = value not in ("0", "false", "off")
        elif kind == "pStyle":
            level.style = value
    return level


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        """Read ``numbering.xml``; a document without one has no lists."""
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, str] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        #: The style of a list to the number of the list that has its levels.
        self.linked: dict[str, str] = {}
        for element in root if root is not None else ():
            if local(element.tag) == "abstractNum":
                found = _List(link=_value(element, "numStyleLink") or "")
                for child in element:
                    if local(child.tag) == "lvl":
                        found.levels[whole(attribute(child, "ilvl"))] = _level(child)
                self._lists[attribute(element, "abstractNumId") or ""] = found
            elif local(element.tag) == "num":
                self._num(element)

    def _num(self, element: Element) -> None:
        number = attribute(element, "numId") or ""
        self._nums[number] = _value(element, "abstractNumId") or ""
        for child in element:
            if local(child.tag) != "lvlOverride":
                continue
            at = whole(attribute(child, "ilvl"))
            start = _value(child, "startOverride")
            if start is not None:
                self._restarts.setdefault(number, {})[at] = whole(start, 1)
            for inner in child:
                if local(inner.tag) == "lvl":
                    self._own.setdefault(number, {})[at] = _level(inner)

    def level_of(self, number: str, style: str) -> int:
        """Find the level of list ``number`` that belongs to a paragraph style; the first where none does."""
        found = self._lists.get(self._nums.get(number, ""))
        for at, level in found.levels.items() if found else ():
            if level.style == style:
                return at
        return 0

    def next(self, number: str, at: int) -> str:
        """Count one paragraph of list ``number`` on level ``at`` (from 0) and write its number."""
        found = self._lists.get(self._nums.get(number, ""))
        if found and found.link and not found.levels:
            linked = self.linked.get(found.link, "")
            found = self._lists.get(self._nums.get(linked, ""))
        if found is None or not 0 <= at < _LEVELS:
            return ""
        own = self._own.get(number, {})
        level = own.get(at) or found.levels.get(at)
        if level is None:
            return ""
        counts = found.counts
        restart = self._restarts.get(number, {}).pop(at, None)
        count = counts[at]
        counts[at] = restart if restart is not None else level.start if count is None else count + 1
        for deeper in range(at + 1, _LEVELS):
            below = own.get(deeper) or found.levels.get(deeper)
            if below is None or below.restart is None or at < below.restart:
                counts[deeper] = None
        if level.format == "bullet":
            return "• "
        out = level.text
        for place in range(min(at + 1, _LEVELS)):
            if f"%{place + 1}" in out:
                above = own.get(place) or found.levels.get(place) or _Level()
                value = counts[place]
                if value is None:
                    value = counts[place] = above.start
                format = "decimal" if level.legal and place < at else above.format
                out = out.replace(f"%{place + 1}", spelt(value, format))
        out = out.strip()
        # 1. and what follows it must not become one number
        return out + " " if out and out[-1].isascii() else out
