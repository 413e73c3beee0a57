"""Where a figure stands, for people: page, paragraph, line, column, table cell."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..extract.document import Document, Figure, Flow, Where
from ..extract.sections import placed
from .passage import flow_span


class Places:
    """The places of one document, worked out once: line starts, page ends, and what each block is."""

    def __init__(self, document: Document, flow: Flow) -> None:
        """Index ``document``; ``flow`` is its reading copy."""
        self.flow = flow
        self.layout = document.layout
        self.pieces = document.pieces
        text = document.text
        self.lines = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
        self.pages = [match.end() for match in re.finditer("\f", text)]
        self.starts = [block.start for block in flow.blocks]
        self.blocks: list[Where] = []
        paragraph = table = row = 0
        for block in flow.blocks:
            if block.kind == "row":
                row += 1
                table += row == 1
                self.blocks.append(Where(table=table, row=row))
            else:
                row = 0
                paragraph += 1
                self.blocks.append(Where(paragraph=paragraph))

    def of(self, figure: Figure) -> Where:
        """The 1-based place of a figure; a page only where the text has form feeds or the reader knows it."""
        if self.pieces:
            return self.original(figure)
        place = self.shown(figure)
        return placed(place, self.layout, figure.start) if self.layout else place

    def original(self, figure: Figure) -> Where:
        """The line and column of a figure of an abridged text in the report that it was taken from."""
        at = bisect_right([piece.start for piece in self.pieces], figure.start) - 1
        piece = self.pieces[max(at, 0)]
        first, last = bisect_right(self.lines, piece.start), bisect_right(self.lines, figure.start)
        column = figure.start - self.lines[last - 1] + 1
        if first == last:
            column = piece.column + figure.start - piece.start
        return Where(line=piece.line + last - first, column=column)

    def shown(self, figure: Figure) -> Where:
        """The place as the text shows it."""
        line = bisect_right(self.lines, figure.start)
        page = bisect_right(self.pages, figure.start) + 1 if self.pages else None
        start, _ = flow_span(self.flow, figure)
        place = bisect_right(self.starts, start) - 1
        block = self.blocks[place] if place >= 0 else Where()
        cell = None
        if block.row is not None:
            opening = self.flow.blocks[place].start
            left = self.flow.text[opening:start]
            cell = left.count("|") + (0 if self.flow.text[opening] == "|" else 1)
        return Where(
            page=page,
            paragraph=block.paragraph,
            line=line,
            column=figure.start - self.lines[line - 1] + 1,
            table=block.table,
            row=block.row,
            cell=cell,
        )
