"""One pass over the reading copy: where its numbers are, and which of them are no figures.

A regular expression finds runs of digits and of Chinese numerals; what stands around a run decides. Nothing
looks further than a few dozen characters around a run, and every pattern consumes what it matched, so
the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .arabic import arabic
from .chinese import CN_FIRST, chinese
from .classes import limits_class
from .found import CN, Found, Passed

_RUN = re.compile(f"[0-9]+|[{CN}]+|过半|超半数")


def scan(text: str) -> Iterator[Found | Passed]:
    """Every number of ``text`` (a reading copy), in order, as a figure to be or as passed over."""
    done = 0
    item: Found | Passed | None
    for run in _RUN.finditer(text):
        start = run.start()
        if start < done:
            continue
        end = run.end()
        if text[start] <= "9":
            item = arabic(text, start, end)
        else:
            if (
                text[end : end + 1] not in CN_FIRST
                and text[start] not in "过超"
                and text[start - 1 : start] != "第"
            ):
                continue
            item = chinese(text, start, end)
            if item is None:
                continue
        done = item.end
        if isinstance(item, Found):
            item.naming = limits_class(text, item)
        yield item
