"""Which period a place in the text speaks of: the year of the nearest heading, clause opener, or the report.

A year counts when it opens a clause (2016年，…; 截至2022年底…) or stands in a heading; a year that is only
compared with (与2015年相比, 较2016年) never does, nor does a span of years.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from .document import Flow
from .sections import ends_title

_YEAR = re.compile(
    "(?<![0-9])(?P<year>(?:19|20)[0-9]{2})年(?!(?:来|代|规划|以来|至|—|-|~))(?:度|末|底|全年)?"
)
# Spans of years, as the whole of a plan or of a term: their sums are no year's figures.
_SPAN = re.compile(
    "“十[一二三四五六]五”(?:以来|期间|时期)|[五四三]年(?:来|间)(?=，)|过去(?:的)?[五四三]年|(?:19|20)[0-9]{2}[-—至~](?:20)?[0-9]{2}年[^，；。]{0,16}累计"
)
_OPENS = re.compile("(?:\\A|[，；。：！？\\n（、“](?:截至|截止|到|至)?|(?:根据|建议|安排|完成|将)$)\\Z")


# 第一部分 stands above 一、: its year holds for the headings under it.
_PART = re.compile("第[一二三四五六七八九十]+(?:部分|篇|编)")


# The period of what is told of several years together.
SPAN = "span"


# A title has at most so many characters, and at least so many beside its year, to be known again.
TITLE, LEAST = 60, 8
_FIRST = re.compile("一、")


def _reports(flow: Flow) -> dict[int, str]:
    """Where further reports begin in a file that holds several, and their years.

    The title comes again with another year, and the count of the sections begins anew: a list of links to the
    reports of other years does not count sections.
    """
    firsts = [block.start for block in flow.blocks if _FIRST.match(flow.text, block.start, block.end)]
    found: dict[int, str] = {}
    if len(firsts) < 2:
        return found
    title = known = ""
    for block in flow.blocks:
        if block.kind == "row" or block.end - block.start > TITLE:
            continue
        line = flow.text[block.start : block.end]
        year = _YEAR.search(line)
        if year is None or not ends_title(line):
            continue
        words = _YEAR.sub("", line)
        if not title and len(words) >= LEAST:
            title, known = words, year["year"]
        elif words == title and year["year"] != known and firsts[0] < block.start < firsts[-1]:
            found[block.start] = known = year["year"]
    return found


class Periods:
    """The periods of a flow; :meth:`at` answers for an offset."""

    def __init__(self, flow: Flow, default: str) -> None:
        """Read headings and clause openers once; ``default`` is the report's own period."""
        self._starts: list[int] = [0]
        self._years: list[str] = [default]
        text = flow.text
        current = part = default
        self._reports = _reports(flow)
        for block in flow.blocks:
            if block.start in self._reports:
                default = part = current = self._reports[block.start]
                self._add(block.start, current)
                continue
            spans = list(_SPAN.finditer(text, block.start, block.end))
            years = list(_YEAR.finditer(text, block.start, block.end))
            if block.kind == "heading":
                named = {m["year"] for m in years}
                opens_part = _PART.match(text, block.start, block.end)
                if len(named) == 1:
                    current = named.pop()
                elif named or block.level <= 1:
                    current = default if opens_part else part
                if opens_part:
                    part = current
                if spans and not named:
                    current = SPAN
                self._add(block.start, current)
                continue
            self._add(block.start, current)
            for m in sorted([*years, *spans], key=lambda m: m.start()):
                if m.re is _SPAN:
                    self._add(m.start(), SPAN)
                elif m.start() == block.start or _OPENS.search(
                    text, max(block.start - 1, m.start() - 5), m.start()
                ):
                    self._add(m.start(), m["year"])

    def _add(self, start: int, year: str) -> None:
        if self._years[-1] != year:
            self._starts.append(start)
            self._years.append(year)

    def report(self, offset: int) -> int:
        """Which of the reports that the file holds speaks at this flow offset, from 0."""
        return sum(start <= offset for start in self._reports)

    def at(self, offset: int) -> str:
        """The period that the text speaks of at this flow offset ('' where nothing names one)."""
        return self._years[bisect_right(self._starts, offset) - 1]
