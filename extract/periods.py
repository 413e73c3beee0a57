"""Which period a place in the text speaks of: the year of the nearest heading, clause opener, or the report.

A year counts when it opens a clause (2016年，…; 截至2022年底…) or stands in a heading; a year that is only
compared with (与2015年相比, 较2016年) never does, nor does a span of years.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from .document import Flow

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


class Periods:
    """The periods of a flow; :meth:`at` answers for an offset."""

    def __init__(self, flow: Flow, default: str) -> None:
        """Read headings and clause openers once; ``default`` is the report's own period."""
        self._starts: list[int] = [0]
        self._years: list[str] = [default]
        text = flow.text
        current = part = default
        for block in flow.blocks:
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

    def at(self, offset: int) -> str:
        """The period that the text speaks of at this flow offset ('' where nothing names one)."""
        return self._years[bisect_right(self._starts, offset) - 1]
