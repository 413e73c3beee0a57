"""What a reader of one format gives: the text of a document, and where its parts stand in that text."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

#: Stands for a bar inside a cell: a bar parts cells, the full-width one included.
_BAR_IN_CELL = "¦"

_BREAKS = re.compile(r"[\s\u2028\u2029]*[\n\r\f\v\x1c-\x1e\x85\u2028\u2029][\s\u2028\u2029]*")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Cell(NamedTuple):
    """A table cell: the span of its text, and table, row and column, each from 1."""

    start: int
    end: int
    table: int
    row: int
    cell: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where pages, paragraphs and cells stand, as offsets in the extracted text, all in rising order.

    ``pages`` holds the first offset of every page, the first one included; empty where the format has no
    pages. ``paragraphs`` holds the first offset of every paragraph that is not empty, cells not counted;
    empty where the blocks of the flow are to count. ``cells`` is empty where there are no tables, or where
    the lines that look like rows are to count. ``sure`` holds the offset of each character of a number that
    was read from a picture, and how sure its reading is, in percent; empty where nothing was.
    """

    pages: tuple[int, ...] = ()
    paragraphs: tuple[int, ...] = ()
    cells: tuple[Cell, ...] = ()
    sure: tuple[tuple[int, int], ...] = ()

    def page(self, offset: int) -> int | None:
        """Tell the page, from 1, on which ``offset`` stands; ``None`` where there are no pages."""
        return max(bisect_right(self.pages, offset), 1) if self.pages else None

    def paragraph(self, offset: int) -> int | None:
        """Tell the paragraph, from 1, in which ``offset`` stands; ``None`` where none are known."""
        return max(bisect_right(self.paragraphs, offset), 1) if self.paragraphs else None

    def cell(self, offset: int) -> Cell | None:
        """Find the cell in which ``offset`` stands, its end included; ``None`` outside of tables."""
        at = bisect_right(self.cells, offset, key=lambda cell: cell.start) - 1
        return self.cells[at] if at >= 0 and offset <= self.cells[at].end else None

    def sureness(self, start: int, end: int) -> int | None:
        """Tell how sure the least sure character of a span is, in percent; ``None`` for printed text."""
        first, last = (bisect_left(self.sure, (offset, 0)) for offset in (start, end))
        return min((percent for _, percent in self.sure[first:last]), default=None)


@dataclass(frozen=True, slots=True)
class Note:
    """What a user should know of how a file was read: a code of ``notes.toml`` and what fills its gaps."""

    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, by ``format`` (``docx``); ``encoding`` only where the file is made of characters.

    ``layout`` is ``None`` where the lines and form feeds of the text tell all there is to tell.
    """

    text: str
    format: str
    notes: tuple[Note, ...] = ()
    layout: Layout | None = None
    encoding: str = ""


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__ or "").joinpath("notes.toml").read_text("utf-8"))


def said(notes: Iterable[Note], lang: str = "zh") -> tuple[str, ...]:
    """Give each note as one line of ``lang`` (``zh`` or ``en``; anything else is Chinese)."""
    which = "en" if lang == "en" else "zh"
    lines = (_catalogue()[note.code][which].format_map(dict(note.params)) for note in notes)
    return tuple(" ".join(line.split()) for line in lines)


class Writer:
    """Writes a text and notes where pages, paragraphs and cells begin.

    A paragraph is one line, a table row is one line ``| a | b |``; so nothing can glue what the document
    keeps apart.
    """

    def __init__(self) -> None:
        """Begin with nothing written, on page 1, in table 0."""
        self._parts: list[str] = []
        self._at = 0
        self._pages = [0]
        self._paragraphs: list[int] = []
        self._cells: list[Cell] = []
        self._row = 0
        self._break = False
        #: Number of the table being written; 0 before the first.
        self.table = 0

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)

    def _turn(self) -> None:
        if self._break:
            if self._at:
                self._put("\f")
            self._pages.append(self._at)
            self._break = False

    def paragraph(self, text: str, turns: Iterable[int] = ()) -> int:
        """Write one paragraph; line ends inside stay, white space alone is nothing.

        ``turns`` are the offsets in ``text`` at which a new page begins. Gives the offset at which the
        paragraph, stripped, begins.
        """
        bare = text.strip()
        if bare:
            self._turn()
            self._paragraphs.append(self._at)
            before = len(text) - len(text.lstrip())
            self._pages += [self._at + min(max(turn - before, 0), len(bare)) for turn in turns]
            self._put(bare)
            self._put("\n")
            return self._paragraphs[-1]
        self._pages += [self._at for _ in turns]
        return self._at

    def page_break(self) -> None:
        """Let what is written next stand on a new page; breaks in succession are pages of their own."""
        if self._break:
            self._turn()
        self._break = True

    def begin_table(self) -> None:
        """Begin a table; the rows that follow belong to it."""
        self.table += 1
        self._row = 0
        if self._at:
            self._turn()
            self._put("\n")

    def row(
        self,
        cells: Sequence[str] | Iterable[str],
        columns: Sequence[int] | None = None,
        indents: Sequence[int] = (),
    ) -> list[int]:
        """Write one row; ``columns`` are the numbers of its cells where some are skipped (merged, hidden).

        ``indents`` are spaces before the text of each cell: what is set in under what. Gives the offset at
        which each cell begins; nothing where all are empty, since such a row is not written.
        """
        self._row += 1
        values = [cell_text(cell) for cell in cells]
        starts: list[int] = []
        if not any(values):
            return starts
        self._turn()
        self._put("|")
        for number, value in enumerate(values):
            self._put(" " * (1 + indents[number]) if value and indents else " ")
            start = self._at
            starts.append(start)
            self._put(value)
            column = columns[number] if columns else number + 1
            self._cells.append(Cell(start, self._at, self.table, self._row, column))
            self._put(" |")
        self._put("\n")
        return starts

    def end_table(self) -> None:
        """Part the table from what follows, were it another table."""
        self._put("\n")

    def finish(
        self, format: str, notes: Iterable[Note] = (), paged: bool = False, encoding: str = ""
    ) -> Extracted:
        """Give what was written; ``paged`` tells that the pages are those of the document."""
        layout = Layout(tuple(self._pages) if paged else (), tuple(self._paragraphs), tuple(self._cells))
        return Extracted("".join(self._parts), format, tuple(notes), layout, encoding)


def cell_text(text: str) -> str:
    """Write what stands in a cell in one line; a bar in it becomes ``¦``.

    A line end between two ideographs is dropped, any other becomes a space: 增长 over 率 is one word,
    12 over 34 are two numbers.
    """

    def joined(match: re.Match[str]) -> str:
        a, b = match.span()
        inside = a > 0 and b < len(text)
        return "" if inside and _WIDE.match(text[a - 1]) and _WIDE.match(text[b]) else " "

    text = text.strip()
    if not text.isprintable():
        text = _BREAKS.sub(joined, text)
    return text.replace("\t", " ").replace("|", _BAR_IN_CELL).replace("｜", _BAR_IN_CELL)
