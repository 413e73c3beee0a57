"""Sentences and segments: the words that stand around each figure.

A segment is one figure with the words before it (back to the clause boundary or the figure before),
the words after it (up to the next boundary or figure), and where it stands. Nothing is interpreted here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .document import Block, Figure, Flow

_BOUNDARY = re.compile(r"[，；。：！？\n（）|]")
_SENTENCE_END = frozenset("。！？\n")
_FAR = 600  # characters round a figure: no clause is longer, and an endless line is none
_LIST_GAP = re.compile(r"[、和及与]?(?:以及)?\Z")


@dataclass(frozen=True, slots=True)
class Segment:
    """One figure and its surroundings; all offsets are flow offsets.

    ``before`` runs from the clause's start or the end of the figure before, whichever is nearer;
    ``clause`` from the clause's start even across figures; parentheses between are left out.
    ``after`` runs to the next boundary, 、 or figure. ``lead`` is the boundary that opens the clause.
    ``depth`` counts open parentheses, ``paren`` is where the innermost one stands (-1 for none),
    ``aside`` what a parenthesis right before the figure says. ``glued`` says that no boundary stands between this figure and the
    one before it.
    """

    figure: Figure
    block: int
    sentence: int
    clause_index: int
    clause_start: int
    before: str
    clause: str
    after: str
    lead: str
    depth: int
    glued: bool
    semicolons: int
    paren: int = -1
    aside: str = ""


def _back(text: str, stops: Sequence[int], start: int, floor: int) -> tuple[int, str, list[tuple[int, int]]]:
    """Walk back from ``start`` to the clause's opening boundary; parentheses on the way are cut out.

    Returns the clause's first offset, the boundary character ('' at the block's start), and the kept runs.
    """
    runs: list[tuple[int, int]] = []
    right = start
    i = bisect_left(stops, start) - 1
    closed = 0
    while i >= 0 and stops[i] >= floor:
        at = stops[i]
        ch = text[at]
        if ch == "）":
            if closed == 0:
                runs.append((at + 1, right))
            closed += 1
        elif ch == "（":
            if closed == 0:
                runs.append((at + 1, right))
                return at + 1, ch, runs
            closed -= 1
            right = at
        elif closed == 0:
            runs.append((at + 1, right))
            return at + 1, ch, runs
        i -= 1
    if closed == 0:
        runs.append((floor, right))
    return floor, "", runs


def _join(text: str, runs: list[tuple[int, int]], floor: int) -> str:
    """The kept runs from left to right, nothing before ``floor``."""
    joined = "".join(text[max(a, floor) : b] for a, b in reversed(runs) if b > floor)
    return _NOTE_MARK.sub("", joined) if "[" in joined or "〔" in joined or "［" in joined else joined


# the mark of a footnote (地区生产总值[2]18500.81亿元) is no word
_NOTE_MARK = re.compile(r"[\[〔［][0-9０-９]{1,2}[\]〕］]")


def _aside(text: str, start: int) -> str:
    """The parenthesis right before a figure, without its brackets, or ''."""
    if start and text[start - 1] == "）":
        opened = text.rfind("（", max(0, start - 40), start)
        return text[opened + 1 : start - 1] if opened >= 0 else ""
    return ""


def segments(flow: Flow, figures: Sequence[Figure]) -> Iterator[Segment]:
    """Every figure of the flow, in order, with its words. Runs once over the boundaries; linear."""
    text = flow.text
    stops = [m.start() for m in _BOUNDARY.finditer(text)]
    starts = [block.start for block in flow.blocks]
    sentence = 0
    clause = 0
    semicolons = 0
    parens: list[int] = []
    stop_at = 0
    previous: Figure | None = None
    for figure in figures:
        while stop_at < len(stops) and stops[stop_at] < figure.flow_start:
            ch = text[stops[stop_at]]
            clause += 1
            if ch == "（":
                parens.append(stops[stop_at])
            elif ch == "）":
                if parens:
                    parens.pop()
            elif ch == "；":
                semicolons += 1
            if ch in _SENTENCE_END:
                sentence += 1
                semicolons = 0
                parens.clear()
            stop_at += 1
        number = bisect_right(starts, figure.flow_start) - 1
        block: Block = flow.blocks[number] if number >= 0 else Block(0, len(text), "text")
        begin = max(block.start, figure.flow_start - _FAR)
        first, lead, runs = _back(text, stops, figure.flow_start, begin)
        floor = previous.flow_end if previous is not None else 0
        after_end = min(
            stops[stop_at] if stop_at < len(stops) else len(text),
            block.end if block.end > figure.flow_end else len(text),
            figure.flow_end + _FAR,
        )
        comma = text.find("、", figure.flow_end, after_end)
        if comma >= 0:
            after_end = comma
        yield Segment(
            figure=figure,
            block=max(number, 0),
            sentence=sentence,
            clause_index=clause,
            clause_start=first,
            before=_join(text, runs, floor),
            clause=_join(text, runs, 0),
            after=text[figure.flow_end : after_end],
            lead=lead,
            depth=len(parens),
            glued=previous is not None and previous.flow_end > first,
            semicolons=semicolons,
            paren=parens[-1] if parens else -1,
            aside=_aside(text, figure.flow_start),
        )
        previous = figure
