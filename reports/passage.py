"""Documents as people read them: the flow in the document's own characters, cut at its numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..extract.document import Block, Document, Figure, Flow

_SENTENCE_END = re.compile(r"[。！？；\n]")
_CLAUSE_END = "，、：,:"
_MARGIN = 48


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage; ``figure`` is the id of the number that it is, or ""."""

    text: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a document as people read it, cut into plain text and marked numbers."""

    document: int
    pieces: tuple[Piece, ...]


def reading_copy(document: Document) -> Flow:
    """The flow of a document; where it has none, every line of its text is a block."""
    if document.flow.blocks:
        return document.flow
    blocks, start = [], 0
    for line in document.text.split("\n"):
        if line.strip():
            blocks.append(Block(start, start + len(line), "text"))
        start += len(line) + 1
    return Flow(document.text, list(range(len(document.text) + 1)), tuple(blocks))


def shown(flow: Flow, document: Document, start: int, end: int) -> str:
    """Flow characters ``start..end`` as the document prints them (its own script and width)."""
    text, origin, source = flow.text, flow.origin, document.text
    if text[start:end] == source[origin[start] : origin[start] + end - start] if start < end else True:
        return text[start:end]
    return "".join(
        text[place] if text[place] in " \n|" or origin[place] >= len(source) else source[origin[place]]
        for place in range(start, end)
    )


def flow_span(flow: Flow, figure: Figure) -> tuple[int, int]:
    """The flow offsets of a figure; worked out from its document offsets where it carries none."""
    if figure.flow_end > figure.flow_start:
        return figure.flow_start, figure.flow_end
    start = bisect_right(flow.origin, figure.start - 1)
    return start, max(start + 1, bisect_right(flow.origin, figure.end - 1, hi=len(flow.text)))


def pieces(
    flow: Flow, document: Document, start: int, end: int, figures: Iterable[Figure]
) -> Iterator[Piece]:
    """``start..end`` of the flow cut at the figures in it (in order, not overlapping)."""
    at = start
    for figure in figures:
        low, high = flow_span(flow, figure)
        if low < at or high > end:
            continue
        if low > at:
            yield Piece(shown(flow, document, at, low))
        yield Piece(shown(flow, document, low, high), figure.id)
        at = high
    if at < end:
        yield Piece(shown(flow, document, at, end))


def passages(flow: Flow, document: Document, index: int, figures: dict[str, Figure]) -> list[Passage]:
    """The sentences around figures of one document, in reading order, long stretches cut."""
    ordered = sorted(figures.values(), key=lambda figure: figure.start)
    spans: list[tuple[int, int, list[Figure]]] = []
    for figure in ordered:
        low, high = _sentence(flow, *flow_span(flow, figure))
        if spans and low <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(high, spans[-1][1]), [*spans[-1][2], figure])
        else:
            spans.append((low, high, [figure]))
    return [
        Passage(index, tuple(_trimmed(pieces(flow, document, low, high, inside))))
        for low, high, inside in spans
    ]


def _sentence(flow: Flow, start: int, end: int) -> tuple[int, int]:
    """The sentence around a stretch, its end mark included."""
    low = 0
    for mark in ("。", "！", "？", "；", "\n"):
        low = max(low, flow.text.rfind(mark, 0, start) + 1)
    after = _SENTENCE_END.search(flow.text, end)
    high = len(flow.text) if after is None else after.start() if after[0] == "\n" else after.end()
    return low, high


def _trimmed(found: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces whose long plain stretches are cut, at a clause where there is one near."""
    listed = list(found)
    for place, piece in enumerate(listed):
        text = piece.text
        first, last = place == 0, place == len(listed) - 1
        if piece.figure or len(text) <= (_MARGIN if first or last else 2 * _MARGIN):
            yield piece
        elif first:
            yield Piece("…" + _after_clause(text[-_MARGIN:]))
        elif last:
            yield Piece(_before_clause(text[:_MARGIN]) + "…")
        else:
            yield Piece(_before_clause(text[:_MARGIN]) + "…" + _after_clause(text[-_MARGIN:]))


def _after_clause(text: str) -> str:
    places = [place for mark in _CLAUSE_END if 0 <= (place := text.find(mark)) < len(text) // 2]
    return text[min(places) + 1 :] if places else text


def _before_clause(text: str) -> str:
    place = max(text.rfind(mark) for mark in _CLAUSE_END)
    return text[: place + 1] if place > len(text) // 2 else text
