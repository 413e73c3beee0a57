"""Tables out of the rows of the reading copy: what each cell is, under which heads, beside which label.

Rows of one width make a table; the first row with an amount ends its heads. Heads of several levels are
read as paths: an empty cell beside a head is spanned by it where something stands under it. A unit comes
from the head of the column, a column of units, the label of the row, or the caption and corner (单位：万元);
empty, 0 and — are told apart. Nothing here judges, and a table that does not read cleanly says so.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise

from .document import Figure, Flow
from .hedges import admissible
from .units import UNITS


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The words of ``tables.toml``."""
    data = tomllib.loads(files(__package__ or "").joinpath("tables.toml").read_text("utf-8"))
    return {name: tuple(entries) for name, entries in data.items()}


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell. ``kind``: empty, nothing (—), number (exactly one figure and no words), text, code.

    ``figure`` is the index of its figure in the document, -1 where it holds none or several. ``indent``
    counts the half-widths by which a text is set in.
    """

    text: str
    kind: str
    start: int
    figure: int = -1
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its block in the flow, its cells, whether it has the width of the table."""

    block: int
    cells: tuple[TableCell, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the path of its heads from the top, what it holds, and its unit as printed ('' unknown).

    ``kind``: label, value, code, unit, empty.
    """

    heads: tuple[str, ...]
    kind: str
    unit: str = ""

    @property
    def head(self) -> str:
        """The path in one string."""
        return "".join(self.heads)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of data (heads are in the columns), the caption above it, its unit ('' unknown).

    ``sound`` tells that nearly all rows have one width, so that nothing is missing between two rows.
    """

    number: int
    caption: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sound: bool

    def labels(self) -> list[int]:
        """The columns that hold labels."""
        return [i for i, column in enumerate(self.columns) if column.kind == "label"]

    def label_of(self, column: int) -> list[int]:
        """The label columns that a value column belongs to: the nearest run of them to its left."""
        at = column
        while at >= 0 and self.columns[at].kind != "label":
            at -= 1
        found: list[int] = []
        while at >= 0 and self.columns[at].kind in ("label", "code", "empty"):
            if self.columns[at].kind == "label":
                found.append(at)
            at -= 1
        return found[::-1]


_SPACE = re.compile(r"\s+")
_INDEX = re.compile(r"\d{1,2}|[A-Z]|甲|乙|\d{1,2}=[\d+\-/*()（）=]+|栏次|行次")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,4}")
_PLAIN = re.compile(r"[\d,]+(?:\.\d+)?")
_UNIT_NOTE = re.compile("[（【［\\[]?(?:计量|金额|货币|数量)?单位[：:]?(?P<unit>[^）】］\\])：:|，。]{1,20})")
_BRACKETED = re.compile("[（［\\[](?P<unit>[^（）［］\\[\\]]{1,8})[）］\\]]")
_PERCENT_HEAD = re.compile("[%％]|百分比")


def tables(flow: Flow, figures: Sequence[Figure], text: str) -> list[Table]:
    """Every table of at least two rows of data and two columns, in order."""
    starts = [figure.flow_start for figure in figures]
    found: list[Table] = []
    blocks = flow.blocks
    at = 0
    while at < len(blocks):
        if blocks[at].kind != "row":
            at += 1
            continue
        end = at + 1
        while end < len(blocks) and blocks[end].kind == "row" and not _apart(flow, text, end):
            end += 1
        rows = [_row(flow, text, number, figures, starts) for number in range(at, end)]
        above = [flow.text[b.start : b.end] for b in blocks[max(0, at - 3) : at] if b.kind != "row"]
        for part in _parts(rows):
            table = _table(len(found) + 1, part, above)
            if table is not None:
                found.append(table)
        at = end
    return found


def _apart(flow: Flow, text: str, number: int) -> bool:
    """Whether an empty line parts this row from the one before."""
    before = flow.origin[flow.blocks[number - 1].end - 1]
    gap = text[before : flow.origin[flow.blocks[number].start]]
    return bool(re.search(r"\n[ \t]*\r?\n", gap)) or "\f" in gap


def _indent(text: str, at: int) -> int:
    """Half-widths of blanks before ``at``, the one that parts a cell from its bar not counted."""
    width = 0
    while at > 0 and text[at - 1] in " \u3000\u00a0\u2003\u2002":
        at -= 1
        width += 2 if text[at] in "\u3000\u2003" else 1
    return max(width - 1, 0)


def _row(flow: Flow, text: str, number: int, figures: Sequence[Figure], starts: list[int]) -> Row:
    block = flow.blocks[number]
    cells: list[TableCell] = []
    at = block.start
    for raw in flow.text[block.start : block.end].split("|"):
        cell = _cell(raw, at, figures, starts)
        if cell.kind == "text":
            cell = replace(cell, indent=_indent(text, flow.origin[at]))
        cells.append(cell)
        at += len(raw) + 1
    return Row(number, tuple(cells), True)


def _cell(raw: str, at: int, figures: Sequence[Figure], starts: list[int]) -> TableCell:
    text = raw.strip()
    if not text:
        return TableCell("", "empty", at)
    if text in words()["nothing"]:
        return TableCell(text, "nothing", at)
    first = bisect_left(starts, at)
    inside = []
    while first < len(figures) and figures[first].flow_start < at + len(raw):
        inside.append(first)
        first += 1
    if len(inside) == 1 and _PLAIN.fullmatch(figures[inside[0]].numeral):
        figure = figures[inside[0]]
        left = text.replace(" ", "")
        shown = figure.text.replace(" ", "").replace("％", "%")
        rest = (
            left.replace(shown, "", 1)
            if shown in left
            else raw[: figure.flow_start - at].strip() + raw[figure.flow_end - at :].strip()
        )
        if rest in ("", "-", "+", "−", "▲"):
            return TableCell(text, "number", at, inside[0])
        return TableCell(text, "text", at, -1)
    return TableCell(text, "text", at)


def _amount(row: Row) -> bool:
    """Whether the row holds data: a number that is no index of columns."""
    cells = [cell for cell in row.cells if cell.kind != "empty"]
    if not any(cell.kind == "number" for cell in cells):
        return False
    tail = [cell.text for cell in cells[1:]] or [cells[0].text]
    indexes = [t for t in tail if _INDEX.fullmatch(t)]
    plain = [int(t) for t in indexes if t.isdigit()]
    rising = len(plain) >= 2 and plain[0] <= 2 and all(b - a == 1 for a, b in pairwise(plain))
    if len(indexes) == len(tail) and len(tail) >= 2 and (rising or plain in ([], [1])):
        return False
    return not all(_is_year(cell.text) for cell in cells if cell.kind == "number")


def _is_year(text: str) -> bool:
    return bool(re.fullmatch("(?:19|20)[0-9]{2}年?", text))


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    """Part a run of rows where a new head begins: words in most columns and no number after data."""
    part: list[Row] = []
    amounts: set[int] = set()  # columns that held one
    for row in rows:
        texts = [i for i, cell in enumerate(row.cells) if cell.kind == "text"]
        data = _amount(row)
        head = not data and len(texts) >= 2 and 2 * len(texts) >= len(row.cells)
        if head and any(i in amounts for i in texts):
            yield part
            part, amounts = [], set()
        if data:
            amounts.update(i for i, cell in enumerate(row.cells) if cell.kind == "number")
        part.append(row)
    if part:
        yield part


def _table(number: int, rows: list[Row], above: list[str]) -> Table | None:
    first = next((i for i, row in enumerate(rows) if _amount(row)), None)
    if first is None:
        return None
    heads, data = rows[:first], rows[first:]
    if heads and _same(heads[-1], rows[0]) and len(heads) > 1:
        heads = heads[1:]
    width, count = Counter(len(row.cells) for row in data).most_common(1)[0]
    if width < 2 or count < 2:
        return None
    unit = ""
    for line in [*above, *("|".join(cell.text for cell in row.cells) for row in heads)]:
        unit = _caption_unit(line) or unit
    caption = "".join(line for line in above[-2:] if not _UNIT_NOTE.match(line) and len(line) < 60)
    proper = [
        row
        for row in heads
        if len(row.cells) == width
        and sum(1 for cell in row.cells if cell.kind != "empty") >= 2
        and not _index_row(row)
        and not any(_UNIT_NOTE.search(cell.text) and "：" in cell.text for cell in row.cells)
    ]
    lost_heads = any(len(row.cells) != width and len([c for c in row.cells if c.text]) > 2 for row in heads)
    marked = [replace(row, whole=len(row.cells) == width) for row in data]
    paths = _paths(proper, width)
    columns = tuple(_column(i, paths[i], marked, unit) for i in range(width))
    if not any(column.kind == "value" for column in columns):
        return None
    sound = count * 20 >= len(data) * 19 and not lost_heads and bool(proper)
    return Table(number, caption, unit, columns, tuple(marked), sound)


def _same(a: Row, b: Row) -> bool:
    return a is not b and [c.text for c in a.cells] == [c.text for c in b.cells]


def _index_row(row: Row) -> bool:
    cells = [cell.text for cell in row.cells if cell.text]
    return all(_INDEX.fullmatch(text) for text in cells[1:]) if len(cells) > 1 else False


def _caption_unit(line: str) -> str:
    """The unit that a line names for the whole table; '' where it names none, or several amounts."""
    found = ""
    for match in _UNIT_NOTE.finditer(line):
        units = [u for u in re.split("[、，,/ 和及]", match["unit"].strip()) if u]
        amounts = [u for u in units if _is_unit(u) and u not in ("%", "％", "‰")]
        if len(amounts) == 1 and all(_is_unit(u) for u in units):
            found = amounts[0]
    return found


def _paths(heads: list[Row], width: int) -> list[tuple[str, ...]]:
    """The path of heads of every column; a head spans the empty cells beside it that have heads below."""
    grid = [[_SPACE.sub("", cell.text) for cell in row.cells] for row in heads]
    for level in range(len(grid) - 1):
        row = grid[level]
        for i in range(1, width):
            if not row[i] and row[i - 1] and any(grid[k][i] for k in range(level + 1, len(grid))):
                own = any(grid[k][i - 1] for k in range(level + 1, len(grid)))
                parents = level == 0 or grid[level - 1][i] == grid[level - 1][i - 1]
                if own and parents:
                    row[i] = row[i - 1]
    return [tuple(row[i] for row in grid if row[i]) for i in range(width)]


def _column(i: int, heads: tuple[str, ...], rows: list[Row], unit: str) -> Column:
    cells = [row.cells[i] for row in rows if row.whole]
    numbers = [cell for cell in cells if cell.kind == "number"]
    texts = [cell for cell in cells if cell.kind == "text"]
    head = "".join(heads)
    bare = head.strip("（）")
    if not numbers and not texts:
        return Column(heads, "empty")
    if bare in words()["unit_columns"] and len(texts) >= len(numbers):
        return Column(heads, "unit")
    if any(word in head for word in words()["codes"]) and not _BRACKETED.search(head):
        return Column(heads, "code")
    if len(texts) > len(numbers):
        coded = sum(1 for cell in texts if _CODE.fullmatch(cell.text))
        return Column(heads, "code" if 2 * coded > len(texts) else "label")
    if i == 0 and not head and all(_CODE.fullmatch(cell.text) for cell in numbers):
        return Column(heads, "code")
    return Column(heads, "value", _head_unit(heads, unit))


def _head_unit(heads: tuple[str, ...], unit: str) -> str:
    for head in reversed(heads):
        for match in _BRACKETED.finditer(head):
            word = match["unit"].strip()
            if _is_unit(word):
                return word
            if word in ("％", "±%", "+/-%", "±％", "+-%"):
                return "%"
    head = "".join(heads)
    if _PERCENT_HEAD.search(head):
        return "%"
    w = words()
    if head.endswith("率") or any(k in head for k in (*w["share"], *w["growth"])):
        return ""  # a rate or an amount: the head does not say
    return unit


# --- units of bare cells ---------------------------------------------------------------------------


def with_units(figures: tuple[Figure, ...], found: Sequence[Table]) -> tuple[Figure, ...]:
    """The figures, those of bare cells with the unit that their table names."""
    changed: dict[int, Figure] = {}
    for table in found:
        unit_column = next((i for i, c in enumerate(table.columns) if c.kind == "unit"), None)
        for row in table.rows:
            if not row.whole:
                continue
            own = row.cells[unit_column].text if unit_column is not None else ""
            label = next((row.cells[i].text for i in table.labels()), "")
            for i, column in enumerate(table.columns):
                cell = row.cells[i]
                if column.kind != "value" or cell.kind != "number" or figures[cell.figure].unit:
                    continue
                unit = _cell_unit(column, own, label, table.unit)
                if unit:
                    changed[cell.figure] = _given(figures[cell.figure], unit)
    if not changed:
        return figures
    return tuple(changed.get(i, figure) for i, figure in enumerate(figures))


def _cell_unit(column: Column, own: str, label: str, caption: str) -> str:
    if column.unit and (column.unit != caption or not own):
        named = _label_unit(label)
        return named if named and column.unit == caption else column.unit
    if not column.unit and _PERCENT_HEAD.search(column.head):
        return "%"
    if not column.unit and any(k in column.head for k in words()["growth"]):
        return ""
    if own and _is_unit(own):
        return own
    return _label_unit(label)


def _label_unit(label: str) -> str:
    for match in _BRACKETED.finditer(label):
        word = match["unit"].strip()
        if _is_unit(word):
            return word
    return ""


def _given(figure: Figure, printed: str) -> Figure:
    """The figure of a bare cell in the unit that its table names."""
    unit, worth = _parsed(printed)
    known = UNITS.unit(unit)
    value, ulp = figure.value * worth, figure.ulp * worth
    discrete = known.discrete and worth == 1 and figure.decimals == 0
    point = discrete or (not value and worth != 1)
    if figure.approx != "exact":
        return figure
    return replace(
        figure,
        value=value,
        unit=known.base,
        printed_unit=printed,
        ulp=ulp,
        discrete=discrete,
        kind=known.kind,
        interval=admissible(value, ulp, "exact", point=point, negative=figure.negative),
    )


def _parsed(printed: str) -> tuple[str, Fraction]:
    """A printed unit as the unit itself and what it multiplies by: 万元 is 元 and 10,000; '' if it is none."""
    printed = printed.replace("％", "%")
    if UNITS.compound(printed, 0) == printed:
        return printed, Fraction(1)
    for word, times in _MULTIPLES:
        rest = printed.removeprefix(word)
        if rest != printed and rest and UNITS.compound(rest, 0) == rest:
            return rest, Fraction(times)
    return "", Fraction(1)


_MULTIPLES = (("万亿", 10**12), ("百万", 10**6), ("千万", 10**7), ("亿", 10**8), ("万", 10**4), ("千", 1000))


def _is_unit(word: str) -> bool:
    return bool(word and _parsed(word)[0])


_last: tuple[Flow, list[Table]] | None = None


def of(flow: Flow, figures: Sequence[Figure], text: str) -> list[Table]:
    """The tables of a document; those of the document asked last are kept."""
    global _last
    if _last is None or _last[0] is not flow:
        _last = (flow, tables(flow, figures, text))
    return _last[1]
