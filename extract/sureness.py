"""How sure the reading of a picture is of each character, carried through the making of lines and tables.

Lines, paragraphs and tables are made of strings, so the sureness of a character travels behind it as one of
32 code points that no text may hold (U+FDD0…U+FDEF, noncharacters of Unicode). Only what may be part of a
number is marked. :func:`unmarked` takes the marks out again and notes where they stood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from .extracted import Extracted, Layout

_FIRST = 0xFDD0
_LEVELS = 32
_LEAST = 100 - _LEVELS + 1
_MARK = re.compile("[\ufdd0-\ufdef]")
#: What numbers are written with; a mark elsewhere would tell nobody anything.
_MARKED = frozenset("0123456789.,%‰-+０１２３４５６７８９．，％〇零一二三四五六七八九十百千万亿两半")


def marked(char: str, percent: int) -> str:
    """Put the sureness, ``percent`` from 0 to 100, behind ``char`` where that may be part of a number.

    Below 69 all are one: so unsure a character is doubtful anyway.
    """
    if char not in _MARKED:
        return char
    return char + chr(_FIRST + min(max(percent - _LEAST, 0), _LEVELS - 1))


def bare(text: str) -> str:
    """Give ``text`` without marks."""
    return text if text.isascii() else _MARK.sub("", text)


def unmarked(extracted: Extracted) -> Extracted:
    """Take the marks out of the text; ``layout.sure`` then holds the offset and percent of each."""
    places = [match.start() for match in _MARK.finditer(extracted.text)]
    if not places or extracted.layout is None:
        return replace(extracted, text=bare(extracted.text))

    def moved(offset: int) -> int:
        return offset - bisect_right(places, offset - 1)

    layout = extracted.layout
    sure = tuple(
        (moved(place) - 1, _LEAST + ord(extracted.text[place]) - _FIRST) for place in places if place
    )
    return replace(
        extracted,
        text=bare(extracted.text),
        layout=Layout(
            tuple(map(moved, layout.pages)),
            tuple(map(moved, layout.paragraphs)),
            tuple(cell._replace(start=moved(cell.start), end=moved(cell.end)) for cell in layout.cells),
            sure,
        ),
    )
