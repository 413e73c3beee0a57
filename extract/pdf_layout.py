"""One page in reading order: lines and tables, columns one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from .pdf_glyphs import Sheet
from .pdf_lines import Line, Run, bands, line, runs
from .pdf_tables import Table, aligned, drawn, gapped, grids

_COLUMN_LINES = 4  # fewer lines are no column
_DEEPEST = 6


@dataclass(slots=True)
class Page:
    """Lines and tables of a page as they are read."""

    width: float
    height: float
    items: list[Line | Table]


def page(sheet: Sheet) -> Page:
    """Order what stands on ``sheet``."""
    found = runs(sheet)
    tables: list[Table] = []
    for grid in sorted(grids(sheet), key=lambda g: (g.xs[-1] - g.xs[0]) * (g.ys[-1] - g.ys[0])):
        inside = [run for run in found if grid.holds(run)]
        grid.runs = inside
        table = drawn(grid) if inside else None
        if table:
            tables.append(table)
            taken = set(map(id, inside))
            found = [run for run in found if id(run) not in taken]
    tables.sort(key=lambda table: table.y0)
    # What stands between two tables is read between them; columns beside a table are not looked for.
    items: list[Line | Table] = []
    zone = 0
    for table in [*tables, None]:
        above = [run for run in found if table is None or run.base <= table.y0 + 2]
        found = [run for run in found if table is not None and run.base > table.y0 + 2]
        for column in _columns(above, 0):
            lines = _lines(column, zone)
            zone += 1
            items += _with_tables(lines)
        if table:
            items.append(table)
            zone += 1
    return Page(sheet.width, sheet.height, items)


def _lines(column: list[Run], zone: int) -> list[Line]:
    lines = [line(band) for band in bands(column)]
    if lines:
        left, right = min(one.x0 for one in lines), max(one.x1 for one in lines)
        for one in lines:
            one.left, one.right, one.zone = left, right, zone
    return lines


def _with_tables(lines: list[Line]) -> list[Line | Table]:
    items: list[Line | Table] = []
    at = 0
    for begin, end in aligned(lines):
        items += lines[at:begin]
        items.append(gapped(lines[begin:end]))
        at = end
    return items + lines[at:]


# --- columns ---------------------------------------------------------------------------------------


def _columns(found: list[Run], depth: int) -> list[list[Run]]:
    """Part runs into columns in reading order: where white runs down between two blocks of prose."""
    if len(found) < 2 * _COLUMN_LINES or depth >= _DEEPEST:
        return [found] if found else []
    found = sorted(found, key=lambda run: run.base)
    em = sorted(run.em for run in found)[len(found) // 2]
    groups: list[tuple[list[Run], list[tuple[float, float]]]] = []
    for band in _slabs(found, em):
        for group, gaps in _corridors(band, em):
            if groups:
                shared = _meet(groups[-1][1], gaps, em)
                # White across the whole page may only be the gap between two paragraphs.
                if shared and len(shared) == min(len(groups[-1][1]), len(gaps)):
                    groups[-1] = (groups[-1][0] + group, shared)
                    continue
            groups.append((group, gaps))
    result: list[list[Run]] = []
    plain: list[Run] = []
    for group, gaps in groups:
        columns = _parted(group, gaps) if gaps else None
        if columns is None:
            plain += group
            continue
        if plain:
            result.append(plain)
            plain = []
        for column in columns:
            result += _columns(column, depth + 1)
    if plain:
        result.append(plain)
    return result


def _slabs(found: list[Run], em: float) -> list[list[Run]]:
    """Part where white of more than two lines goes across."""
    slabs: list[list[Run]] = []
    lowest = -1e9
    for run in found:
        if run.base - lowest > 2.6 * em or not slabs:
            slabs.append([])
        slabs[-1].append(run)
        lowest = max(lowest, run.base)
    return slabs


def _corridors(found: list[Run], em: float) -> list[tuple[list[Run], list[tuple[float, float]]]]:
    """Group successive runs between which white runs down, with the x of that white."""
    left, right = min(run.x0 for run in found), max(run.x1 for run in found)
    groups: list[tuple[list[Run], list[tuple[float, float]]]] = []
    for run in found:
        if groups:
            gaps = _without(groups[-1][1], run, em)
            if gaps:
                groups[-1][0].append(run)
                groups[-1] = (groups[-1][0], gaps)
                continue
        groups.append(([run], _without([(left - em, right + em)], run, em)))
    return groups


def _without(gaps: list[tuple[float, float]], run: Run, em: float) -> list[tuple[float, float]]:
    result: list[tuple[float, float]] = []
    for a, b in gaps:
        for c, d in ((a, min(b, run.x0)), (max(a, run.x1), b)):
            if d - c >= 0.8 * em:
                result.append((c, d))
    return result


def _meet(
    some: list[tuple[float, float]], others: list[tuple[float, float]], em: float
) -> list[tuple[float, float]]:
    return [(max(a, c), min(b, d)) for a, b in some for c, d in others if min(b, d) - max(a, c) >= 0.8 * em]


def _parted(group: list[Run], gaps: list[tuple[float, float]]) -> list[list[Run]] | None:
    """Part a group at its gaps where what stands between them is prose, else ``None``."""
    middles = [
        (a + b) / 2
        for a, b in gaps
        if any(run.x1 <= a + 1 for run in group) and any(run.x0 >= b - 1 for run in group)
    ]
    if not middles:
        return None
    columns: list[list[Run]] = [[] for _ in range(len(middles) + 1)]
    for run in group:
        columns[sum(run.x0 >= middle for middle in middles)].append(run)
    kept: list[list[Run]] = []
    for column in columns:
        if not column:
            continue
        kept.append(column)
        if not _prose(column):
            return None
    return kept if len(kept) >= 2 else None


def _prose(column: list[Run]) -> bool:
    lines = bands(column)
    if len(lines) < _COLUMN_LINES:
        return False
    left, right = min(run.x0 for run in column), max(run.x1 for run in column)
    full = sum(1 for band in lines if band[-1].x1 - band[0].x0 >= 0.75 * (right - left))
    chars = [glyph.char for run in column for glyph in run.glyphs]
    wide = sum(1 for char in chars if char > "\u2e7f")
    return 2 * full >= len(lines) and 2 * wide >= len(chars) and len(chars) >= 6 * len(lines)
