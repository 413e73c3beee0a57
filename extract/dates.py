"""Dates in a reading copy: years, months and days as printed, and the number that makes them comparable.

A date is no figure: nothing is counted by it, and no other check may take it for a number. The check of dates
makes a figure of kind ``date`` of those that it ties. Its value is the last day that the print stands for,
written as YYYYMMDD (2025年10月底 → 20251031): such numbers are in the order of the days, and a day that no
calendar has (20250230) has one too.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from fractions import Fraction

from .document import Figure, Flow
from .interval import point

_LONGEST = 24
_CN = "〇○Ｏ零一二三四五六七八九"
_CN_DIGITS = {c: str(n) for n, cs in enumerate(["〇○Ｏ零", *_CN[4:]]) for c in cs}
_CN_SMALL = "[一二三四五六七八九十]{1,3}"
_ARABIC = (
    "(?:(?P<year>(?:19|20)[0-9]{2}) ?年(?:度)? ?)?"
    "(?P<month>[0-9]{1,2}) ?月(?![龄薪球亮])(?:份)?(?:(?P<edge>[底末])| ?(?P<day>[0-9]{1,2}) ?[日号](?![均游报常]))?"
)
_YEAR = "(?P<only>(?:19|20)[0-9]{2}) ?年(?:度)?(?:[底末](?! ?[0-9]))?(?! ?[0-9]{1,2} ?[月、—-])"
_DATE = re.compile(f"{_ARABIC}|{_YEAR}")
# Where a date may begin. A pattern that begins with a set of characters is searched for several times as fast.
_BEGINS = re.compile("[0-9]{1,4} ?[年月]")
_CHINESE = re.compile(
    f"[一二][{_CN}]{{3}} ?年 ?(?P<month>{_CN_SMALL}) ?月(?: ?(?P<day>{_CN_SMALL}) ?[日号])?"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as printed at ``start``/``end`` of the flow; what is not printed is ``None``.

    ``precision`` is day, month or year: the finest part that is printed. 10月底 and 2025年底 are days, the last ones.
    """

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    precision: str

    @property
    def printed(self) -> bool:
        """Whether the year is printed."""
        return self.year is not None

    def in_year(self, year: int) -> Date:
        """The same date of a year that the words around it tell."""
        return Date(self.start, self.end, year, self.month, self.day, self.precision)

    def possible(self) -> bool:
        """Whether the calendar has it; 2月29日 without a year is possible."""
        if self.month is None:
            return True
        if not 1 <= self.month <= 12:
            return False
        return self.day is None or 1 <= self.day <= last_day(self.year or 2000, self.month)

    def value(self) -> int:
        """The last day that it stands for, as YYYYMMDD; year 0 where none is known."""
        year = self.year or 0
        month = 12 if self.month is None else self.month
        day = last_day(year or 2000, month) if self.day is None else self.day
        return year * 10_000 + month * 100 + day


def last_day(year: int, month: int) -> int:
    """How many days a month has; 31 for a month that is none."""
    return monthrange(year, month)[1] if 1 <= month <= 12 else 31


def dates(text: str, start: int = 0, end: int | None = None) -> list[Date]:
    """Every date of the flow's ``text`` between two offsets, in order.

    In Arabic digits from the year or the month on, in Chinese numerals (二〇二五年三月) with the year only.
    """
    end = len(text) if end is None else end
    found = []
    done = start
    for begin in _BEGINS.finditer(text, start, end):
        at = begin.start()
        if at < done or (at and text[at - 1] in "0123456789."):
            continue
        m = _DATE.match(text, at, end)
        if m is None:
            continue
        done = m.end()
        if m["only"]:
            edge = text[done - 1] in "底末"
            found.append(Date(at, done, int(m["only"]), None, None, "day" if edge else "year"))
        else:
            day = int(m["day"]) if m["day"] else None
            precision = "day" if day is not None or m["edge"] else "month"
            year = int(m["year"]) if m["year"] else None
            found.append(Date(at, done, year, int(m["month"]), day, precision))
    chinese = [_chinese(m) for m in _CHINESE.finditer(text, start, end)]
    return sorted((*found, *chinese), key=lambda date: date.start) if chinese else found


def _chinese(m: re.Match[str]) -> Date:
    year = int("".join(_CN_DIGITS[c] for c in m[0][:4]))
    day = _small(m["day"]) if m["day"] else None
    return Date(m.start(), m.end(), year, _small(m["month"]), day, "month" if day is None else "day")


def _small(text: str) -> int:
    """A number up to 99 in Chinese numerals."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(_CN_DIGITS[c] for c in text))
    return (int(_CN_DIGITS[tens]) if tens in _CN_DIGITS else 1) * 10 + (
        int(_CN_DIGITS.get(ones, "0")) if ones else 0
    )


def figure_of(date: Date, flow: Flow, text: str, name: str) -> Figure | None:
    """The date as a figure of kind ``date``, with its exact span; ``None`` where layout pulled it apart."""
    start, end = flow.span(date.start, date.end)
    if end - start > _LONGEST:
        return None
    value = Fraction(date.value())
    return Figure(
        id=name,
        start=start,
        end=end,
        text=text[start:end],
        value=value,
        unit="",
        approx="exact",
        interval=point(value),
        kind="date",
        numeral=text[start:end],
        numeral_start=start,
        discrete=True,
        flow_start=date.start,
        flow_end=date.end,
    )
