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
# What stands between an announcing clause and the first mark.
_GAP = re.compile("[”’）]?(?P<stop>[：。，；])?[ \\t\\n]*")
# Every alternative begins with a character of its own, so that the search skips from one to the next; what must
# stand before a mark is looked at afterwards.
_WORDED = re.compile(
    f"第(?P<nth>{_CHINESE})(?=[，、是：])|（(?:(?P<bracket>{_CHINESE})|(?P<round>\\d{{1,2}}))）|(?P<circle>[①-⑳])"
    f"|(?P<is>{_CHINESE})(?:是|要|则)|(?P<line>{_CHINESE})、"
)
_DIGITS = re.compile("[\\n。；：][ \\t]*(?P<digit>\\d{1,2})[.、．](?!\\d)")
_BRACKETS = frozenset({"bracket", "round"})
_BEFORE_BRACKET = frozenset("\n。；：，")
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
    for m in _WORDED.finditer(text):
        kind = m.lastgroup or ""
        number = number_of(m[kind])
        if number and _stands(text, m.start(), kind):
            found.append(Mark(m.start(), kind, number, m.end()))
    for m in _DIGITS.finditer(f"\n{text}"):
        if number := int(m["digit"]):
            found.append(Mark(m.start("digit") - 1, "digit", number, m.end() - 1))
    found.sort(key=lambda mark: mark.start)
    return found


def _stands(text: str, start: int, kind: str) -> bool:
    """Whether a mark of this kind may begin here: 统一是 is no first item, 上述（1） none of its own."""
    before = text[start - 1] if start else "\n"
    if kind == "is":
        return not "一" <= before <= "鿿"
    if kind in _BRACKETS:
        return before in _BEFORE_BRACKET
    if kind == "line":
        return text[max(0, start - 8) : start].rstrip(" \t")[-1:] in ("", "\n")
    return True


def number_of(written: str) -> int:
    """The number of a mark: 一 is 1, 十二 is 12, ① is 1; 0 where it is no number of a mark."""
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
