"""Tables on a page: those that drawn lines show, and those that gaps in the lines of text show."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from .pdf_glyphs import Rule, Sheet
from .pdf_lines import Line, Run, bands, cut, line, printed
from .sureness import bare

_NEAR = 3.0  # points by which the ends of drawn lines miss each other
_SHORT = 4.0  # what is shorter is no border
_MANY = 3000  # drawn lines beyond which a page is a picture
_NUMBER = re.compile(r"[-+−－]?[0-9][0-9,]*(?:\.[0-9]+)?[%％]?|[-—－/]|[（(]?[-+−]?[0-9][0-9,.]*[)）]?%?")
_WHOLE = re.compile(r"[-+−]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?%?")


@dataclass(slots=True)
class Grid:
    """A drawn table: the positions of its borders, and which cells are one."""

    xs: list[float]
    ys: list[float]
    root: list[int]  # of each cell, row by row, the first cell that it is one with
    runs: list[Run] = field(default_factory=list)

    @property
    def columns(self) -> int:
        """Number of columns, merged ones counted apart."""
        return len(self.xs) - 1

    def holds(self, run: Run) -> bool:
        """Whether the middle of ``run`` stands inside."""
        x, y = (run.x0 + run.x1) / 2, (run.y0 + run.y1) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


@dataclass(slots=True)
class Table:
    """Rows of cells, all of one length; of merged cells the first holds the text, the rest are empty.

    ``xs`` are the borders of a drawn table and ``drawn`` its rows with every column between them, those
    that hold nothing on this page too; both are empty where gaps alone showed it.
    """

    rows: list[list[str]]
    y0: float
    y1: float
    xs: tuple[float, ...] = ()
    drawn: tuple[list[str], ...] = ()


def _places(narrow: tuple[float, ...], wide: tuple[float, ...]) -> list[int]:
    """Where the borders of a table stand among those of a wider one; empty where they do not."""
    at = [min(range(len(wide)), key=lambda k: abs(wide[k] - x)) for x in narrow]
    if any(abs(wide[k] - x) > _NEAR for k, x in zip(at, narrow, strict=True)):
        return []
    return at if at[0] == 0 and at[-1] == len(wide) - 1 and len(set(at)) == len(at) else []


def goes_on(before: Table, after: Table) -> bool:
    """Whether the borders of two tables stand in the same places, so that one may go on with the other."""
    if len(before.xs) < 3 or len(after.xs) < 3:
        return False
    narrow, wide = sorted((before.xs, after.xs), key=len)
    return bool(_places(narrow, wide))


def unite(tables: list[Table]) -> None:
    """Give the pieces of one table, page by page, the same columns.

    A column that is empty on one page was left out there and kept on another; so all keep what any holds.
    """
    wide = max((table.xs for table in tables), key=len)
    places = [_places(table.xs, wide) for table in tables]
    if not all(places):
        return
    spread: list[list[list[str]]] = []
    for table, at in zip(tables, places, strict=True):
        rows = []
        for row in table.drawn:
            cells = [""] * (len(wide) - 1)
            for column, text in enumerate(row):
                cells[at[column]] = text
            rows.append(cells)
        spread.append(rows)
    used = [c for c in range(len(wide) - 1) if any(row[c] for rows in spread for row in rows)]
    for table, rows in zip(tables, spread, strict=True):
        table.rows = [[row[c] for c in used] for row in rows]


# --- drawn -----------------------------------------------------------------------------------------


def _joined(rules: list[Rule]) -> list[Rule]:
    """Join pieces of one line: dots, dashes, and borders drawn cell by cell."""
    found: list[Rule] = []
    for rule in sorted(rules):
        for i in range(len(found) - 1, max(len(found) - 40, -1), -1):
            other = found[i]
            if rule.at - other.at > 1.6:
                continue
            if rule.a <= other.b + _NEAR and other.a <= rule.b + _NEAR:
                found[i] = Rule(other.at, min(rule.a, other.a), max(rule.b, other.b))
                break
        else:
            found.append(rule)
    return [rule for rule in found if rule.b - rule.a >= _SHORT]


def _positions(values: list[float]) -> list[float]:
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def _find(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def grids(sheet: Sheet) -> list[Grid]:
    """Find the drawn tables of a page; frames round text, and lone lines, are none."""
    if len(sheet.lying) + len(sheet.standing) > 10 * _MANY:
        return []
    lying, standing = _joined(sheet.lying), _joined(sheet.standing)
    if not standing or len(lying) < 2 or len(lying) + len(standing) > _MANY:
        return []
    parent = list(range(len(lying) + len(standing)))
    for j, v in enumerate(standing):
        for i, h in enumerate(lying):
            if v.a - _NEAR <= h.at <= v.b + _NEAR and h.a - _NEAR <= v.at <= h.b + _NEAR:
                parent[_find(parent, i)] = _find(parent, len(lying) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for k in range(len(parent)):
        group = groups.setdefault(_find(parent, k), ([], []))
        if k < len(lying):
            group[0].append(lying[k])
        else:
            group[1].append(standing[k - len(lying)])
    found = [grid for h, v in groups.values() if len(h) >= 2 and v and (grid := _grid(h, v))]
    # A frame round a table, or a table in a cell: the outer one is left, the finer one counts.
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _grid(lying: list[Rule], standing: list[Rule]) -> Grid | None:
    left, right = min(h.a for h in lying), max(h.b for h in lying)
    top = min(min(v.a for v in standing), min(h.at for h in lying))
    bottom = max(max(v.b for v in standing), max(h.at for h in lying))
    xs = _positions([left, right, *(v.at for v in standing)])
    ys = _positions([top, bottom, *(h.at for h in lying)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or rows * columns > 50_000:
        return None
    mid_x = [(a + b) / 2 for a, b in itertools.pairwise(xs)]
    mid_y = [(a + b) / 2 for a, b in itertools.pairwise(ys)]
    beside = [[False] * columns for _ in range(rows)]  # a border on the left of the cell
    above = [[False] * columns for _ in range(rows)]
    for v in standing:
        c = min(range(len(xs)), key=lambda k: abs(xs[k] - v.at))
        if c < columns:
            for r in range(rows):
                if v.a - 1 <= mid_y[r] <= v.b + 1:
                    beside[r][c] = True
    for h in lying:
        r = min(range(len(ys)), key=lambda k: abs(ys[k] - h.at))
        if r < rows:
            for c in range(columns):
                if h.a - 1 <= mid_x[c] <= h.b + 1:
                    above[r][c] = True
    root = list(range(rows * columns))
    for r in range(rows):
        for c in range(columns):
            here = _find(root, r * columns + c)
            if c and not beside[r][c]:
                other = _find(root, r * columns + c - 1)
                root[max(here, other)] = here = min(here, other)
            if r and not above[r][c]:
                other = _find(root, (r - 1) * columns + c)
                root[max(here, other)] = min(here, other)
    root = [_find(root, k) for k in range(len(root))]
    return None if len(set(root)) < 2 else Grid(xs, ys, root)


def drawn(grid: Grid) -> Table | None:
    """Read a drawn table; ``None`` where it has fewer than two cells with text side by side."""
    columns, rows = grid.columns, len(grid.ys) - 1
    cells: dict[int, list[Run]] = {}
    for whole in grid.runs:
        for run in cut(whole, grid.xs):
            c = bisect_right(grid.xs, (run.x0 + run.x1) / 2) - 1
            r = bisect_right(grid.ys, (run.y0 + run.y1) / 2) - 1
            k = grid.root[min(max(r, 0), rows - 1) * columns + min(max(c, 0), columns - 1)]
            cells.setdefault(k, []).append(run)
    ends: dict[int, int] = {}
    for k, root in enumerate(grid.root):
        ends[root] = max(ends.get(root, 0), k % columns)
    filled: dict[int, tuple[list[Line], float]] = {}
    for k, found in cells.items():
        width = grid.xs[ends[k] + 1] - grid.xs[k % columns]
        right = grid.xs[ends[k] + 1]
        filled[k] = (_cell(found, right, width), right)
    result: list[list[str]] = []
    beside = False
    for r in range(rows):
        here = {k % columns: lines for k, lines in filled.items() if k // columns == r}
        if here:
            made = _rows(here, columns)
            result += made
            beside = beside or any(sum(map(bool, row)) >= 2 for row in made)
    if not beside:
        return None
    used = [c for c in range(columns) if any(row[c] for row in result)]
    rows_used = [[row[c] for c in used] for row in result]
    return Table(rows_used, grid.ys[0], grid.ys[-1], tuple(grid.xs), tuple(result))


def _cell(found: list[Run], right: float, width: float) -> list[Line]:
    """Read the lines of a cell; a number wrapped in a narrow cell is one line again."""
    lines: list[Line] = []
    for band in bands(found):
        this = line(band)
        last = lines[-1] if lines else None
        if last is not None and numeric(last.text) and numeric(this.text):
            # What was wrapped fills its line; two numbers stand one over the other.
            full = last.x1 >= right - 0.75 * last.em and last.x1 - last.x0 >= 0.7 * width
            whole = printed(last.text + this.text, last.text, this.text)
            a, b = len(bare(last.text)), len(bare(this.text))
            if full and a >= max(4, b) and _WHOLE.fullmatch(bare(whole)):
                last.cells = [(whole, last.x0, last.x1)]
                continue
        lines.append(this)
    return lines


def _joined_text(lines: list[Line], right: float) -> str:
    """Join the lines of a cell that is one: numbers stay apart, words are rejoined."""
    text = ""
    last: Line | None = None
    for this in lines:
        if last is not None:
            a, b = bare(text[-2:])[-1], this.text[0]
            latin = a.isascii() and a.isalnum() and b.isascii() and b.isalnum()
            split = a.isdigit() and b.isdigit() and last.x1 >= right - 1.1 * last.em
            numbers = numeric(last.text) and numeric(this.text)
            text += " " if numbers or (latin and not split) else ""
        text += this.text
        last = this
    return printed(text, *(one.text for one in lines))


def _rows(here: dict[int, tuple[list[Line], float]], columns: int) -> list[list[str]]:
    """Give the rows between two drawn lines: one, or as many as numbers stand one over the other."""
    bases = _stacked([lines for lines, _ in here.values()])
    if not bases:
        row = [""] * columns
        for c, (lines, right) in here.items():
            row[c] = _joined_text(lines, right)
        return [row]
    rows: dict[float, list[str]] = {}
    for c, (lines, _) in here.items():
        beside = {base for base in bases if any(abs(one.base - base) <= 0.5 * one.em for one in lines)}
        for one in lines:
            # A line of words beside no number is a row without numbers, unless its number has no other.
            near = min(bases, key=lambda base: abs(base - one.base))
            own = abs(near - one.base) > 0.5 * one.em and near in beside
            row = rows.setdefault(one.base if own else near, [""] * columns)
            gap = " " if row[c] and numeric(one.text) else ""
            row[c] = printed(f"{row[c]}{gap}{one.text}", row[c], one.text)
    return [rows[base] for base in sorted(rows)]


def _stacked(cells: list[list[Line]]) -> list[float]:
    """Find the bases of numbers that stand one over the other beside as many lines of another column."""
    best: list[float] = []
    for k, lines in enumerate(cells):
        numbers = [one for one in lines if numeric(one.text)]
        if len(numbers) < 2 or len(numbers) < len(best):
            continue
        for other in cells[:k] + cells[k + 1 :]:
            level = sum(1 for one in numbers if any(abs(one.base - o.base) <= 0.5 * one.em for o in other))
            if level >= 2 and 2 * level > len(numbers):
                best = [one.base for one in numbers]
                break
    return best


# --- by gaps ---------------------------------------------------------------------------------------


def numeric(text: str) -> bool:
    """Whether a cell holds a number and nothing else, or the dash that stands for one."""
    return _NUMBER.fullmatch(bare(text).replace(" ", "")) is not None


def aligned(lines: list[Line]) -> list[tuple[int, int]]:
    """Find spans of lines that gaps show to be tables: at least two, side by side numbers in most."""
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        if len(lines[i].cells) < 2:
            i += 1
            continue
        j, last = i + 1, i
        while j < len(lines) and j - last <= 2 and lines[j].base - lines[last].base <= 4.5 * lines[last].em:
            if len(lines[j].cells) >= 2:
                last = j
            elif lines[j].x1 - lines[j].x0 > 0.6 * (lines[j].right - lines[j].left):
                break
            j += 1
        chosen = [line for line in lines[i : last + 1] if len(line.cells) >= 2]
        rich = sum(1 for line in chosen if any(numeric(text) for text, *_ in line.cells[1:]))
        if len(chosen) >= 2 and 2 * rich >= len(chosen):
            spans.append((i, last + 1))
        i = last + 1
    return spans


def gapped(lines: list[Line]) -> Table:
    """Read the lines of one span as rows; cells that stand one over another are one column."""
    edges: list[list[float]] = []
    for a, b in sorted((a, b) for row_ in lines if len(row_.cells) >= 2 for _, a, b in row_.cells):
        if edges and a <= edges[-1][1]:
            edges[-1][1] = max(edges[-1][1], b)
        else:
            edges.append([a, b])
    # A heading over several columns would make them one: then cells are counted, not placed.
    most = max(len(line.cells) for line in lines)
    placed = len(edges) >= most
    rows = []
    for line_ in lines:
        row = [""] * (len(edges) if placed else most)
        for k, (text, a, b) in enumerate(line_.cells):
            c = k
            if placed:
                c = max(range(len(edges)), key=lambda n: min(b, edges[n][1]) - max(a, edges[n][0]))
            row[c] = printed(f"{row[c]} {text}", row[c], text) if row[c] else text
        rows.append(row)
    return Table(rows, lines[0].base - lines[0].em, lines[-1].base)
