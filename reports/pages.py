"""A document's text as blocks for a page: headings, paragraphs, tables, every number with its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..extract.document import Block, Figure
from .passage import flow_span, pieces
from .view import View


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; a number carries its figure's id and state, plain text neither."""

    text: str
    figure: str = ""
    state: str = ""


@dataclass(slots=True)
class TextBlock:
    """``heading`` or ``text`` with ``runs``, or ``table`` with ``rows`` of cells of runs."""

    kind: str
    level: int = 0
    runs: list[Run] = field(default_factory=list)
    rows: list[list[list[Run]]] = field(default_factory=list)


def text_blocks(view: View, index: int) -> list[TextBlock]:
    """The blocks of a document in reading order; neighbouring rows make one table."""
    audited = view.audit.documents[index]
    flow, document = view.flow(index), audited.document
    states = {figure.id: view.state(audited, figure)[0] for figure in document.figures}
    placed = sorted((flow_span(flow, figure)[0], number) for number, figure in enumerate(document.figures))
    figures = [(start, document.figures[number]) for start, number in placed]
    blocks: list[TextBlock] = []
    at = 0
    for block in flow.blocks:
        inside: list[Figure] = []
        while at < len(figures) and figures[at][0] < block.end:
            if figures[at][0] >= block.start:
                inside.append(figures[at][1])
            at += 1
        runs = [
            Run(piece.text, piece.figure, states.get(piece.figure, ""))
            for piece in pieces(flow, document, block.start, block.end, inside)
        ]
        _place(blocks, block, runs)
    return blocks


def _place(blocks: list[TextBlock], block: Block, runs: list[Run]) -> None:
    if block.kind != "row":
        blocks.append(TextBlock(block.kind, max(block.level, 1) if block.kind == "heading" else 0, runs))
        return
    if not blocks or blocks[-1].kind != "table":
        blocks.append(TextBlock("table"))
    blocks[-1].rows.append(list(_cells(runs)))


def _cells(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs of a row cut at its bars; bars at either end enclose and open no cell."""
    cells: list[list[Run]] = [[]]
    for run in runs:
        if run.figure:
            cells[-1].append(run)
            continue
        first, *rest = run.text.split("|")
        for place, text in enumerate([first, *rest]):
            if place:
                cells.append([])
            if text.strip():
                cells[-1].append(Run(text.strip()))
    if runs and runs[0].text.lstrip().startswith("|"):
        cells = cells[1:]
    if runs and runs[-1].text.rstrip().endswith("|") and cells and not cells[-1]:
        cells = cells[:-1]
    yield from cells
