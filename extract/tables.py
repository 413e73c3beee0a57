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

from .document import Figure, Flow, Skipped
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

    ``title`` is the line that names it (收入支出决算总表), the nearest heading where none does.
    ``sound`` tells that nearly all rows have one width, so that nothing is missing between two rows.
    """

    number: int
    caption: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sound: bool
    title: str = ""

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

    def codes_of(self, column: int) -> list[int]:
        """The columns of account codes beside the labels of a value column, from the left."""
        at = column
        while at >= 0 and self.columns[at].kind not in ("label", "code"):
            at -= 1
        found: list[int] = []
        while at >= 0 and self.columns[at].kind in ("label", "code", "empty"):
            if self.columns[at].kind == "code" and not self.columns[at].head.endswith(words()["no_accounts"]):
                found.append(at)
            at -= 1
        return found[::-1]


_SPACE = re.compile(r"\s+")
_INDEX = re.compile(r"\d{1,2}|[A-Z]|甲|乙|\d{1,2}=[\d+\-/*()（）=]+|栏次|行次")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,4}")
_PLAIN = re.compile(r"[\d,]+(?:\.\d+)?")
_UNIT_NOTE = re.compile(
    "[（【［\\[]?(?:计量|金额|货币|数量)?单位[：:]?(?P<unit>(?:(?!单位)[^）】］\\])：:|，。]){1,20})"
)
_BRACKETED = re.compile("[（［\\[](?P<unit>[^（）［］\\[\\]]{1,8})[）］\\]]")
_PERCENT_HEAD = re.compile("[%％]|百分比")


def tables(flow: Flow, figures: Sequence[Figure], text: str) -> list[Table]:
    """Every table of two columns, in order; one that runs over pages is one."""
    starts = [figure.flow_start for figure in figures]
    pieces: list[_Piece] = []
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
        above = _above_lines(flow, at)
        turned = bool(pieces) and _turned(flow, text, pieces[-1].rows[-1].block, at)
        for number, part in enumerate(_parts(rows)):
            last = pieces[-1] if pieces else None
            rest = _continuation(last, part, above, turned) if not number else None
            if last is not None and rest is not None:
                last.rows += rest
            else:
                pieces.append(_Piece(part, above))
        at = end
    found: list[Table] = []
    for piece in pieces:
        table = _table(len(found) + 1, piece.rows, piece.above)
        if table is not None:
            found.append(table)
    return found


@dataclass(slots=True)
class _Piece:
    """Rows that may make a table, and the lines above them from the farthest."""

    rows: list[Row]
    above: list[str]


def _above_lines(flow: Flow, at: int) -> list[str]:
    """The lines between the rows from ``at`` on and whatever table stands before them, six at most."""
    found: list[str] = []
    for block in reversed(flow.blocks[max(0, at - 6) : at]):
        if block.kind == "row":
            break
        found.append(flow.text[block.start : block.end])
    return found[::-1]


def _turned(flow: Flow, text: str, before: int, after: int) -> bool:
    """Whether a page ends between two rows."""
    return "\f" in text[flow.origin[flow.blocks[before].end - 1] : flow.origin[flow.blocks[after].start]]


def _continuation(last: _Piece | None, part: list[Row], above: list[str], turned: bool) -> list[Row] | None:
    """The rows of ``part`` that go on with the table before it; ``None`` where it is a table of its own.

    It goes on over the end of a page, or where 续表 says so: with the same heads again, which are left out, or
    with none. Nothing may stand between but the caption said again.
    """
    if last is None or not last.rows:
        return None
    said = any(line.strip("（）() ").startswith(words()["continued"]) for line in above)
    again = {_SPACE.sub("", line) for line in last.above}
    new = [
        line
        for line in above
        if _SPACE.sub("", line) not in again
        and not _UNIT_NOTE.match(line)
        and not line.strip("（）() ").startswith(words()["continued"])
    ]
    if new or not (turned or said):
        return None
    width = Counter(len(row.cells) for row in last.rows).most_common(1)[0][0]
    if Counter(len(row.cells) for row in part).most_common(1)[0][0] != width:
        return None
    amounts = {
        i
        for row in last.rows
        if len(row.cells) == width and _amount(row)
        for i, cell in enumerate(row.cells)
        if cell.kind == "number"
    }
    if not amounts:
        return None
    heads = 0
    for number, row in enumerate(part):
        if _amount(row):
            break
        if len(row.cells) != width or any(row.cells[i].kind == "text" for i in amounts):
            heads = number + 1
    else:
        if heads:
            return None
    first = next((i for i, row in enumerate(last.rows) if _amount(row)), 0)
    before = {tuple(cell.text for cell in row.cells) for row in last.rows[:first]}
    closing = next((cell.text for cell in last.rows[-1].cells if cell.kind == "text"), "")
    if heads and not said and _SPACE.sub("", closing).endswith(words()["totals"]):
        return None  # its total has been drawn: what comes under the same heads is another account
    rows = [(tuple(cell.text for cell in row.cells), row) for row in part]
    if any(texts not in before for texts, row in rows[:heads] if _filled(row) > 1):
        return None
    return [row for texts, row in rows[heads:] if texts not in before]


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.kind != "empty")


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
    if width < 2 or (count < 2 and not (width >= 3 and heads)):
        return None
    unit = ""
    for line in [*above, *("|".join(cell.text for cell in row.cells) for row in heads)]:
        unit = _caption_unit(line) or unit
    caption = "".join(line for line in above[-2:] if not _UNIT_NOTE.match(line) and len(line) < 60)
    title = _title(above, heads) or caption
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
    if count < 2 and not proper:
        return None
    return Table(number, caption, unit, columns, tuple(marked), sound, title)


_TITLE = re.compile(r"[^。；，]{2,50}?表(?:[（(][^（）()]{1,12}[）)])?[0-9]?")
_NUMBER_OF_TABLE = re.compile(
    r"(?:公开|财决|财预|部门|预算|批复|附){0,6}[0-9-]{0,12}表[一二三四五六七八九十0-9-]*"
)
_REFERS = re.compile("见|如下|下表|上表|附表$")


def _title(above: list[str], heads: list[Row]) -> str:
    """The line that names the table: in a row of its own above the heads, or the nearest above the table."""
    own = [next(c.text for c in row.cells if c.text) for row in heads if _filled(row) == 1]
    for line in [*own, *reversed(above)]:
        bare = _SPACE.sub("", line)
        if _TITLE.fullmatch(bare) and not _NUMBER_OF_TABLE.fullmatch(bare) and not _REFERS.search(bare):
            return bare
    return ""


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
    if (heads and heads[-1] in words()["code_heads"]) or _hierarchic([cell.text for cell in cells]):
        return Column(heads, "code")
    if len(texts) > len(numbers):
        coded = sum(1 for cell in texts if _CODE.fullmatch(cell.text))
        return Column(heads, "code" if 2 * coded > len(texts) else "label")
    if i == 0 and not head and all(_CODE.fullmatch(cell.text) for cell in numbers):
        return Column(heads, "code")
    return Column(heads, "value", _head_unit(heads, unit))


def _hierarchic(texts: list[str]) -> bool:
    """Whether cells are codes of accounts: digits in pairs, most of them below one that stands above them."""
    filled = [text for text in texts if text]
    coded = [text for text in filled if _CODE.fullmatch(text)]
    if len(coded) < 3 or len(coded) < len(filled) - 2:
        return False
    seen: set[str] = set()
    below = 0
    for text in coded:
        below += any(text[:end] in seen for end in range(3, len(text), 2))
        seen.add(text)
    return below >= 2 and 3 * below >= len(coded)


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


def without_codes(
    figures: tuple[Figure, ...], skipped: tuple[Skipped, ...], found: Sequence[Table]
) -> tuple[tuple[Figure, ...], tuple[Skipped, ...]]:
    """Take codes of accounts and numbers of rows out of the figures: they are names, not amounts."""
    gone = {
        row.cells[i].figure
        for table in found
        for i, column in enumerate(table.columns)
        if column.kind == "code"
        and (column.head.endswith(words()["row_numbers"]) or not column.head.endswith(words()["no_accounts"]))
        for row in table.rows
        if row.whole and row.cells[i].figure >= 0
    }
    if not gone:
        return figures, skipped
    names = [Skipped(figures[i].start, figures[i].end, figures[i].text, "code") for i in gone]
    kept = tuple(figure for i, figure in enumerate(figures) if i not in gone)
    return kept, tuple(sorted((*skipped, *names), key=lambda one: (one.start, one.end)))


def _cell_unit(column: Column, own: str, label: str, caption: str) -> str:
    if column.unit and (column.unit != caption or not own):
        named = _label_unit(label)
        return named if named and column.unit == caption else column.unit
    if not column.unit and _PERCENT_HEAD.search(column.head):
        return "%"
    if not column.unit and any(k in column.head for k in words()["growth"]):
        return "%" if own in ("%", "％") else ""
    if own and _is_unit(own):
        return own
    return _label_unit(label)


def _label_unit(label: str) -> str:
    for match in _BRACKETED.finditer(label):
        word = match["unit"].strip()
        if _is_unit(word) and not label[match.end() :].strip():
            return word  # 文化馆[站]免费开放 names no unit
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


_last: tuple[Flow, int, list[Table]] | None = None


def of(flow: Flow, figures: Sequence[Figure], text: str) -> list[Table]:
    """The tables of a document; those of the document asked last are kept."""
    global _last
    kept = _last  # threads of a cluster may ask of another text meanwhile
    if kept is None or kept[0] is not flow or kept[1] != len(figures):
        kept = _last = (flow, len(figures), tables(flow, figures, text))
    return kept[2]
