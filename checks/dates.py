"""日期：days that exist, and days in their order.

2月30日 is in no calendar. A span of time ends after it begins, and figures of a whole year are not told at the end of
October. A report on the whole of a year is signed after it, and covers the year that its title names. Certain are
only impossible days and spans with both years printed; everything else is asked, not asserted. Budgets, plans and
work reports are dated before the end of the year in their title and stay out, as do lunar dates, deadlines and the dates
of laws. Of days that exist nothing is tied: that alone tells nothing.

Fails: 专项行动自2017年9月1日至2017年3月31日开展，排查隐患25处，整改23处。
Holds: 专项行动自2017年3月1日至2017年9月30日开展，排查隐患25处，整改23处。
Silent: 供暖期自2017年11月15日至次年3月15日，投诉25件，办结23件。
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any

from ..extract.claim import DATE, Claim, Reading
from ..extract.dates import Date, dates, figure_of
from ..extract.document import Block
from ..extract.lexicons import lexicon_of
from ..extract.periods import Periods
from ..extract.roles import any_of
from .relation import Relation

# In so many blocks from the top and from the end a title and a date by itself are looked for.
TOP, BOTTOM = 6, 6
# A title is no longer than this.
TITLE = 60
# A span that begins in the second half of a year and ends in the first half of one without a number goes over New Year.
_HALF = 6
# A year that is named with 全年.
_NAMED = re.compile("((?:19|20)[0-9]{2})年\\Z")
# What stands before a year that ends a span: 2024—2025年度.
_SPANNED = frozenset("-—–~～至到、/")


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of ``dates.toml``."""

    lunar: re.Pattern[str]
    join: re.Pattern[str]
    short: re.Pattern[str]
    dashes: frozenset[str]
    until: re.Pattern[str]
    inside: re.Pattern[str]
    whole_year: re.Pattern[str]
    told: re.Pattern[str]
    not_until: re.Pattern[str]
    coverage: re.Pattern[str]
    title: re.Pattern[str]
    sure: re.Pattern[str]
    not_title: re.Pattern[str]


@cache
def _words() -> _Words:
    lex: dict[str, Any] = lexicon_of("gouji.checks", "dates")
    span, until, report = lex["interval"], lex["until"], lex["report"]
    join = f" ?(?P<join>{any_of(span['joins'])}) ?"
    return _Words(
        re.compile(f"{any_of(lex['calendar']['other'])}[^，。；\\n]{{0,6}}\\Z"),
        re.compile(f"{join}(?P<next>{any_of(span['years'])})?"),
        re.compile(f"{join}(?P<day>[0-9]{{1,2}}) ?日(?!以?[内前])"),
        frozenset(span["dashes"]),
        re.compile(f"{any_of(until['words'])}(?:目前|到|至)?（?\\Z"),
        re.compile(f"（{any_of(until['words'])}\\Z"),
        re.compile(f"{until['whole_year']}(?={any_of(until['done'])})"),
        re.compile(f"{until['whole_year']}(?={any_of(until['done'] + report['results'])})"),
        re.compile(any_of(until["not"])),
        re.compile(any_of(lex["coverage"]["words"])),
        re.compile(any_of(report["titles"] + report["sure"])),
        re.compile(any_of(report["sure"])),
        re.compile(any_of(report["not"])),
    )


class _Maker:
    """Claims from dates; each date of a document has one name."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.flow, self.text = reading.document.flow, reading.document.text
        self.starts = [c.figure.flow_start for c in reading.claims]

    def claim(self, date: Date) -> Claim | None:
        """The date as a claim that only this check knows; ``None`` where layout pulled it apart or a figure is in it."""
        figure = figure_of(date, self.flow, self.text, f"d{self.reading.number + 1}t{date.start}")
        index = bisect_left(self.starts, date.start)
        near = self.reading.claims[max(0, index - 1) : index + 1]
        if figure is None or any(c.figure.start < figure.end and figure.start < c.figure.end for c in near):
            return None
        layout = self.reading.document.layout
        if layout is not None and layout.sure:
            figure = replace(figure, sure=layout.sureness(figure.start, figure.end))
        return Claim(figure, index, self.reading.number, role=DATE, period=str(date.year or ""))

    def relation(
        self, strength: str, evidence: tuple[str, ...], first: Date, second: Date | None = None
    ) -> Iterator[Relation]:
        """The tie of one or two dates, where all can be shown."""
        one = self.claim(first)
        two = self.claim(second) if second is not None else None
        if one is None or (second is not None and two is None):
            return
        terms: dict[str, tuple[Claim, ...]] = (
            {"first": (one,)} if two is None else {"first": (one,), "second": (two,)}
        )
        yield Relation("dates", terms, strength, evidence)


def relate(reading: Reading) -> Iterator[Relation]:
    """Impossible days, spans, dates beside 全年, the span that the report covers, the date that it is signed on."""
    text = reading.document.flow.text
    make = _Maker(reading)
    found = dates(text)
    for date in found:
        # 13月5日 may be the end of 2—13月5日
        known = date.printed or 1 <= (date.month or 0) <= 12
        if (
            known
            and not date.possible()
            and not _words().lunar.search(text, max(0, date.start - 12), date.start)
        ):
            yield from make.relation("logical", (text[date.start : date.end],), date)
    covered = False
    title = _title(reading)
    for first, second in pairwise((*found, None)):
        if first is None or not first.possible():
            continue
        span = _span(text, first, second)
        if span is None:
            continue
        end, strength, join = span
        yield from make.relation(strength, (join,), first, end)
        sentence = max(text.rfind(stop, max(0, first.start - 60), first.start) for stop in "。；\n")
        words = _words().coverage.search(text, sentence + 1, first.start)
        if words and title is not None and not covered:
            covered = True
            yield from make.relation("customary", (words.group(),), title, end)
    yield from _until(reading, make, found)
    signed = None if covered else _signed(reading, title)
    if title is not None and signed is not None:
        yield from make.relation("customary", (text[title.start : title.end],), title, signed)


def _span(text: str, first: Date, second: Date | None) -> tuple[Date, str, str] | None:
    """The end of a span that begins with ``first``, how sure the words are of it, and the word that joins them."""
    if first.year is None or first.precision == "year":
        return None
    short = _words().short.match(text, first.end)
    if short and first.precision == "day" and first.month is not None:
        end = Date(short.start("day"), short.end(), first.year, first.month, int(short["day"]), "day")
        return (end, "customary", short["join"]) if end.possible() else None
    if second is None or not second.possible() or second.precision != first.precision:
        return None
    m = _words().join.fullmatch(text, first.end, second.start)
    if m is None or m["next"]:
        return None
    if second.year is not None:
        return second, "customary" if m["join"] in _words().dashes else "logical", m["join"]
    over_new_year = (first.month or 0) > _HALF >= (second.month or 0)
    if over_new_year or first.precision != "day":
        return None
    return second.in_year(first.year), "customary", m["join"]


def _until(reading: Reading, make: _Maker, found: list[Date]) -> Iterator[Relation]:
    """截至10月底，全年共…: the year is not over, so that nothing can be told of the whole."""
    text = reading.document.flow.text
    words = _words()
    periods: Periods | None = None
    for date in found:
        if date.precision != "day" or not words.until.search(text, max(0, date.start - 8), date.start):
            continue
        start, end = _sentence(text, date)
        whole = words.whole_year.search(text, date.end, min(end, date.end + 16))
        if whole is None and words.inside.search(text, start, date.start):
            # 全年共受理704件（截至11月30日）
            whole = next(words.whole_year.finditer(text, max(start, date.start - 40), date.start), None)
        if whole is None or words.not_until.search(text, start, end):
            continue
        named = _NAMED.search(text, start, whole.start())
        if named and date.year not in (None, int(named[1])):
            continue  # 2024年全年共704件，截至2025年3月底办结600件
        periods = periods or Periods(reading.document.flow, reading.document.period)
        year = named[1] if named else str(date.year or periods.at(date.start))
        if not year.isdigit():
            continue
        year_end = Date(whole.start(), whole.end(), int(year), None, None, "year")
        yield from make.relation(
            "customary", (whole.group(), text[date.start : date.end]), year_end, date.in_year(int(year))
        )


def _sentence(text: str, date: Date) -> tuple[int, int]:
    """From where to where the sentence around a date goes."""
    start = max(text.rfind(stop, max(0, date.start - 120), date.start) for stop in "。；\n") + 1
    ends = (e for e in (text.find(stop, date.end, date.end + 120) for stop in "。；\n") if e >= 0)
    return start, min(ends, default=min(len(text), date.end + 120))


def _title(reading: Reading) -> Date | None:
    """The year that the title of a report on a whole past year names."""
    flow = reading.document.flow
    for block in flow.blocks[:TOP]:
        line = flow.text[block.start : block.end]
        if block.kind == "row" or len(line) > TITLE or not _words().title.search(line) or "，" in line:
            continue
        if _words().not_title.search(line):
            return None
        if not _words().sure.search(line) and not _words().told.search(flow.text):
            return None
        named = [d for d in dates(flow.text, block.start, block.end) if d.year is not None]
        first = named[0] if named else None
        if first is None or first.precision != "year" or flow.text[first.start - 1 : first.start] in _SPANNED:
            return None  # 2024—2025年度, 2025年3月
        return first
    return None


def _signed(reading: Reading, title: Date | None) -> Date | None:
    """The date that stands by itself at the end, else below the title."""
    flow = reading.document.flow
    top = [b for b in flow.blocks[:TOP] if title is None or b.start > title.start]
    for block in (*reversed(flow.blocks[TOP:][-BOTTOM:]), *top):
        date = _alone(flow.text, block)
        if date is not None:
            return date
    return None


def _alone(text: str, block: Block) -> Date | None:
    if block.kind == "row" or block.end - block.start > 24:
        return None
    line = text[block.start : block.end].strip("（） ")
    found = next(iter(dates(text, block.start, block.end)), None)
    alone = found is not None and text[found.start : found.end].strip() == line
    usable = alone and found is not None and found.printed and found.precision != "year" and found.possible()
    return found if usable else None
