"""Dates of an audit, read anew from their print: day by day, without the engine's calendar arithmetic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

_YEAR = re.compile(r"(\d{4})年")
_MONTH = re.compile(r"(\d{1,2})月")
_DAY = re.compile(r"(\d{1,2})[日号]")
_DIGITS = re.compile(r"\d")


def faults(text: str, value: Fraction) -> Iterator[str]:
    """What the printed parts of a date say against its value, YYYYMMDD; nothing for a date in Chinese numerals."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    year, month, day = split(value)
    if not _DIGITS.search(text):
        return
    said = [_YEAR.search(text), _MONTH.search(text), _DAY.search(text)]
    printed = [None if m is None else int(m[1]) for m in said]
    if printed[1] is None and printed[2] is None:
        printed[1:] = [12, 31]  # a year: its last day
    elif printed[2] is None and printed[1] is not None:
        printed[2] = length(year or 2000, printed[1])
    for told, found in zip(printed, (year, month, day), strict=True):
        if told is not None and told != found:
            yield str(told)


def split(value: Fraction) -> tuple[int, int, int]:
    """Year (0 where none is known), month and day."""
    number = int(value)
    return number // 10_000, number // 100 % 100, number % 100


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def length(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 29 if _leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def number(year: int, month: int, day: int) -> int:
    """Days since the beginning of the calendar; ``ValueError`` for what is no day."""
    year = year or 2000
    if over(year, month, day) > 0:
        raise ValueError(f"{year}-{month}-{day}")
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    return 365 * before + leaps + sum(length(year, m) for m in range(1, month)) + day


def over(year: int, month: int, day: int) -> int:
    """By how many months, else days, a date runs over the calendar; 0 or less where it is a day."""
    if not 1 <= month <= 12:
        return max(1, month - 12)
    return 1 if day < 1 else day - length(year or 2000, month)
