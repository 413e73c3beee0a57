"""Counts that announce what follows: 重点做好五个方面工作：一是…五是…, over sentences and paragraphs.

The marks tell the items apart (一是, 一要, 第一, （一）, 一、, 1., （1）, ①). A run begins with its first mark right
behind the announcing clause and takes the next mark of the same kind as long as the numbers go on by one;
marks of other kinds inside the items do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..extract.roles import any_of
from .listed import lexicon

_CHINESE = "[一二三四五六七八九十]{1,3}"
_AT_LINE = "(?:(?<=\\n)|\\A)[ \\t]*"
# What stands between an announcing clause and the first mark.
_GAP = re.compile("[”’）]?(?P<stop>[：。，；])?[ \\t\\n]*")
_KINDS = {
    "is": f"(?<![一-鿿〇])(?P<is>{_CHINESE})(?:是|要|则)",
    "nth": f"第(?P<nth>{_CHINESE})(?=[，、是：])",
    "bracket": f"(?:(?<=[\\n。；：，])|\\A)（(?P<bracket>{_CHINESE})）",
    "line": f"{_AT_LINE}(?P<line>{_CHINESE})、",
    "digit": "(?:(?<=[\\n。；：])|\\A)[ \\t]*(?P<digit>\\d{1,2})[.、．](?!\\d)",
    "round": "(?:(?<=[\\n。；：，])|\\A)（(?P<round>\\d{1,2})）",
    "circle": "(?P<circle>[①-⑳])",
}
_MARKS = re.compile("|".join(_KINDS.values()))
# Kinds whose number stands behind one character of the mark.
_LEADING = frozenset({"nth", "bracket", "round"})
# So much of two headings is compared.
_HEADING = 8
_ONES = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a list: where it stands, of which kind, its number, where its item begins."""

    start: int
    kind: str
    number: int
    end: int


def marks(text: str) -> list[Mark]:
    """All marks of lists, in order."""
    found: list[Mark] = []
    for m in _MARKS.finditer(text):
        kind = m.lastgroup or ""
        number = _number(m[kind])
        if number:
            found.append(Mark(m.start(kind) - (kind in _LEADING), kind, number, m.end()))
    return found


def _number(written: str) -> int:
    """一 is 1, 十二 is 12, ① is 1; 0 where it is no number of a mark."""
    if written.isascii():
        return int(written)
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _ONES.find(written) + 1 if len(written) == 1 else 0
    high = _ONES.find(tens) + 1 if tens else 1
    return 10 * high + (_ONES.find(ones) + 1 if ones else 0) if len(tens) < 2 and len(ones) < 2 else 0


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(lexicon()['announced']['words'])})[一-鿿]{{0,2}}[“]?\\Z")


def run(text: str, found: Sequence[Mark], start: int, end: int) -> tuple[tuple[Mark, ...], bool]:
    """The marks of the run that the count at ``start..end`` announces, and whether it goes on without a gap.

    Empty where its clause is not followed by a first mark. A heading that is printed twice counts once.
    """
    most = lexicon()["announced"]["reach"]
    stop = next((i for i in range(end, min(end + most, len(text))) if text[i] in "：。，；\n"), -1)
    if stop < 0:
        return (), True
    m = _GAP.match(text, stop)
    assert m is not None
    if m["stop"] == "；" or (m["stop"] != "：" and not _announcing().search(text, max(0, start - 10), start)):
        return (), True
    at = bisect_left(found, m.end(), key=lambda mark: mark.start)
    if at == len(found) or found[at].start != m.end() or found[at].number != 1:
        return (), True
    first = found[at]
    listed = [first]
    for mark in found[at + 1 :]:
        if mark.kind != first.kind:
            continue
        if mark.number == len(listed) + 1:
            listed.append(mark)
        elif mark.number == len(listed) and _alike(text, mark, listed[-1]):
            continue
        else:
            return tuple(listed), mark.number <= len(listed)
    return tuple(listed), True


def _alike(text: str, one: Mark, other: Mark) -> bool:
    return text[one.end : one.end + _HEADING] == text[other.end : other.end + _HEADING]
