"""Lines for a terminal: East Asian widths, line breaks where Chinese and Latin text allow them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import combining, east_asian_width

Styled = tuple[str, str]
"""Text and the name of its style ("" is plain)."""

# a run of Latin or digits stays whole; a closing mark never opens a line, an opening one never ends it
_TOKEN = re.compile(
    r"[“‘（〔【《「\(\[]*(?:[A-Za-z0-9_.,:;%/+\-−~]{1,200}|\s|.)[，。、；：！？”’）〕】》」\)\]…%]{0,8}",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=8192)
def _cell(character: str) -> int:
    if combining(character):
        return 0
    # ambiguous characters (… “ ” ÷ ×) are taken as narrow, which is what most terminals do
    return 2 if east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """How many terminal cells a text takes."""
    return sum(map(_cell, text))


def pad(text: str, cells: int) -> str:
    """Text filled with spaces to a number of cells."""
    return text + " " * max(0, cells - width(text))


def harmless(text: str) -> str:
    """Text without control characters: a report must not be able to steer the terminal it is shown in."""
    return _CONTROL.sub("�", text)


def wrap(parts: Iterable[Styled], cells: int) -> list[list[Styled]]:
    """Break styled text into lines of at most ``cells``; only a single longer token overflows."""
    lines: list[list[Styled]] = [[]]
    used = 0
    for token in _tokens(list(parts)):
        size = sum(width(text) for text, _ in token)
        if used and used + size > cells:
            lines.append([])
            used = 0
            if len(token) == 1 and token[0][0].isspace():
                continue
        lines[-1] += token
        used += size
    return [_joined(line) for line in lines]


def _tokens(parts: Sequence[Styled]) -> Iterable[list[Styled]]:
    """Unbreakable runs, each as styled pieces: a number and its bracket may differ in style."""
    text = "".join(piece for piece, _ in parts)
    bounds: list[tuple[int, str]] = []
    at = 0
    for piece, style in parts:
        at += len(piece)
        bounds.append((at, style))
    place = 0
    for match in _TOKEN.finditer(text):
        token: list[Styled] = []
        start = match.start()
        while start < match.end():
            while bounds[place][0] <= start:
                place += 1
            end = min(match.end(), bounds[place][0])
            token.append((text[start:end], bounds[place][1]))
            start = end
        yield token


def _joined(line: list[Styled]) -> list[Styled]:
    """Neighbours of one style made one."""
    joined: list[Styled] = []
    for text, style in line:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + text, style)
        else:
            joined.append((text, style))
    return joined
