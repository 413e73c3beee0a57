"""Records that every later stage keeps: a document, its blocks, its figures.

All are immutable. Offsets called ``start``/``end`` count code points in :attr:`Document.text`, the
untouched decoded content; offsets called ``flow_*`` count in :attr:`Flow.text`, the mended reading copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .extracted import Layout
from .interval import Interval

#: Below this many percent the reading of a number is doubtful: a tie that fails on it accuses nobody. Of 4,492 digits
#: and points on 24 pages, half of them blurred, noisy and turned, the one misread was below it, and 18 right ones.
DOUBT = 80


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row of the flow.

    ``start``/``end`` are flow offsets. ``level`` is 0 for running text, 1.. for headings.
    ``kind`` is ``heading``, ``text`` or ``row`` (a table row).
    """

    start: int
    end: int
    kind: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    r"""The reading copy of a document: half-width, Simplified, mended across line and page breaks.

    ``text`` joins its blocks with ``\n``. ``origin[i]`` is the offset in the document's text of
    flow character ``i``; it has one extra entry, the length of the document.
    """

    text: str
    origin: Sequence[int]
    blocks: tuple[Block, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the document's text that flow characters ``start..end`` came from (end > start)."""
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Where:
    """A place for people: 1-based page, paragraph, line and column; table coordinates where there are any."""

    page: int | None = None
    paragraph: int | None = None
    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as printed, with the set of true values that it may stand for.

    ``value`` is the exact unsigned magnitude in the base unit (万/亿 applied, percent in percent, money
    in 元); ``upper`` is the second value of a range. ``negative`` is a printed minus sign.
    ``interval`` is signed. ``ulp`` is the worth of the last printed digit in the base unit.
    ``unit`` is the base unit (``元``), ``printed_unit`` the unit with its multiplier (``亿元``).
    ``numeral`` is the digits as printed (``39.34``), at ``numeral_start`` in the document's text.
    ``approx``: exact, about, under, over, at_least, at_most, range. ``kind``: count, money, percent,
    percentage_point, ratio, multiple, duration, score, person_times, area, other.
    ``sure`` is how sure the reading of its least sure character is, in percent, where the number was read
    from a picture; ``None`` for printed text. ``naming`` is a number that says which things are counted
    (60岁及以上人口): it is a part of their name, and makes no claim.
    """

    id: str
    start: int
    end: int
    text: str
    value: Fraction
    unit: str
    approx: str
    interval: Interval
    kind: str
    printed_unit: str = ""
    numeral: str = ""
    numeral_start: int = 0
    decimals: int = 0
    ulp: Fraction = Fraction(1)
    discrete: bool = False
    upper: Fraction | None = None
    negative: bool = False
    flow_start: int = 0
    flow_end: int = 0
    sure: int | None = None
    naming: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether the number may have been misread: below :data:`DOUBT`."""
        return self.sure is not None and self.sure < DOUBT


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was taken for a date, an ordinal, a name: a number that is not a figure, and why."""

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a stretch of an abridged text, from ``start`` to ``end``, stands in the report that it was taken from.

    ``offset`` is that of its beginning (code points), ``line`` and ``column`` (from 1) too.
    """

    start: int
    end: int
    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text. ``period`` and ``issuer`` are empty where nothing names them.

    ``layout`` and ``notes`` are those of the reader: where pages, paragraphs and cells of the file stand in
    ``text``, and what a user should know of how it was read, a line each. ``pieces`` is empty but for a text that is
    abridged: only sentences of the report, one after the other.
    """

    path: str
    sha256: str
    text: str
    title: str = ""
    issuer: str = ""
    period: str = ""
    encoding: str = ""
    flow: Flow = field(default_factory=lambda: Flow("", [0], ()))
    figures: tuple[Figure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    layout: Layout | None = None
    notes: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read: one clear line says what, where and what to do."""

    path: str
    reason: str
