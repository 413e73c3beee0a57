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
class Cell:
    """A cell of a table: ``head`` is ``col`` or ``row`` where it names a column or a row, else empty."""

    runs: list[Run] = field(default_factory=list)
    head: str = ""

    @property
    def number(self) -> bool:
        """Whether the cell is one number and nothing else."""
        return len(self.runs) == 1 and bool(self.runs[0].figure)


@dataclass(slots=True)
class TextBlock:
    """``heading`` or ``text`` with ``runs``, or ``table`` with ``rows`` of cells.

    ``level`` is that of the document, ``rank`` counts the headings above a heading and itself: an outline
    without gaps, whatever levels the document skips.
    """

    kind: str
    level: int = 0
    rank: int = 0
    runs: list[Run] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


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
    _rank(blocks)
    for made in blocks:
        _name(made.rows)
    return blocks


def _place(blocks: list[TextBlock], block: Block, runs: list[Run]) -> None:
    if block.kind != "row":
        level = max(block.level, 1) if block.kind == "heading" else 0
        blocks.append(TextBlock(block.kind, level, runs=runs))
        return
    if not blocks or blocks[-1].kind != "table":
        blocks.append(TextBlock("table"))
    blocks[-1].rows.append(list(_cells(runs)))


def _rank(blocks: list[TextBlock]) -> None:
    """Give each heading its rank: one more than that of the nearest heading before it of a lower level."""
    above: list[int] = []
    for block in blocks:
        if block.kind == "heading":
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            block.rank = len(above)


def _name(rows: list[list[Cell]]) -> None:
    """Mark the cells that name columns and rows, for those who hear a table: words above and beside numbers."""

    def counts(cells: list[Cell]) -> bool:
        return any(run.figure for cell in cells for run in cell.runs)

    if len(rows) > 1 and not counts(rows[0]) and any(map(counts, rows[1:])):
        for cell in rows[0]:
            cell.head = "col" if cell.runs else ""
    for row in rows:
        if row and row[0].runs and not row[0].head and counts(row) and not counts(row[:1]):
            row[0].head = "row"


def _cells(runs: list[Run]) -> Iterator[Cell]:
    """The runs of a row cut at its bars; bars at either end enclose and open no cell."""
    cells = [Cell()]
    for run in runs:
        if run.figure:
            cells[-1].runs.append(run)
            continue
        first, *rest = run.text.split("|")
        for place, text in enumerate([first, *rest]):
            if place:
                cells.append(Cell())
            if text.strip():
                cells[-1].runs.append(Run(text.strip()))
    if runs and runs[0].text.lstrip().startswith("|"):
        cells = cells[1:]
    if runs and runs[-1].text.rstrip().endswith("|") and cells and not cells[-1].runs:
        cells = cells[:-1]
    yield from cells
