"""From characters on a page to lines of text: runs as they were written, lines as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .pdf_glyphs import Glyph, Sheet

#: Gaps in ems. Ink is measured, and a Chinese comma fills half of its square.
_RUN = 1.0  # a wider gap ends a run
_CELL = 1.4  # a wider gap parts two cells, where the lines round it agree
_SPACE = 0.42  # a wider gap between Latin letters or digits is a space though none was typed
_SAME_LINE = 0.42

_HALF_BLANK = frozenset("，。、；：！？）》」』】〕”’（《「『【〔“‘,.;:·…")
_LATIN = re.compile(r"[0-9A-Za-z%.,+\-()]")


class Printed(str):
    """Text that knows its glyphs: ``ink`` holds one for each character that is no white space, in order."""

    ink: list[Glyph]


def printed(text: str, *parts: str) -> str:
    """``text``, made of ``parts`` with white space between them, with their glyphs where all know theirs."""
    result = Printed(text)
    result.ink = []
    for part in parts:
        if isinstance(part, Printed):
            result.ink += part.ink
        elif part.strip():
            return text
    return result


@dataclass(slots=True)
class Run:
    """Glyphs that were written one after the other on one line."""

    glyphs: list[Glyph]
    spaced: list[bool]
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    em: float


@dataclass(slots=True)
class Line:
    """A line as read: its cells (one where no wide gap parts it) with their left and right edges.

    ``left`` and ``right`` are the edges of the column that it stands in; ``zone`` numbers the columns of a
    page in reading order.
    """

    cells: list[tuple[str, float, float]]
    x0: float
    x1: float
    base: float
    em: float
    left: float = 0.0
    right: float = 0.0
    zone: int = 0

    @property
    def text(self) -> str:
        """The line in one piece, wide gaps as two spaces."""
        parts = [cell[0] for cell in self.cells]
        return printed("  ".join(parts), *parts) if len(parts) > 1 else parts[0] if parts else ""


def runs(sheet: Sheet) -> list[Run]:
    """Part the glyphs of a page into runs, in the order in which they were written."""
    found: list[Run] = []
    current: list[Glyph] = []
    spaced: list[bool] = []
    for i, glyph in enumerate(sheet.glyphs):
        if current:
            before = current[-1]
            em = max(before.em, glyph.em)
            gap = glyph.x0 - before.x1
            if abs(glyph.base - before.base) > 0.3 * em or not -0.6 * em < gap < _RUN * em:
                found.append(_run(current, spaced))
                current, spaced = [], []
        current.append(glyph)
        spaced.append(i in sheet.spaced)
    if current:
        found.append(_run(current, spaced))
    return found


def _run(glyphs: list[Glyph], spaced: list[bool]) -> Run:
    ems = sorted(glyph.em for glyph in glyphs)
    bases = sorted(glyph.base for glyph in glyphs)
    return Run(
        glyphs,
        spaced,
        min(glyph.x0 for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs),
        min(glyph.y0 for glyph in glyphs),
        max(glyph.y1 for glyph in glyphs),
        bases[len(bases) // 2],
        ems[len(ems) // 2],
    )


def cut(run: Run, borders: list[float]) -> list[Run]:
    """Part a run where a border stands between two of its glyphs; a glyph on the border is not parted."""
    parts: list[Run] = []
    begin = 0
    for i in range(1, len(run.glyphs)):
        before, after = run.glyphs[i - 1], run.glyphs[i]
        slack = 0.12 * run.em
        if any(before.x1 - slack <= border <= after.x0 + slack for border in borders):
            parts.append(_run(run.glyphs[begin:i], run.spaced[begin:i]))
            begin = i
    parts.append(_run(run.glyphs[begin:], run.spaced[begin:]))
    return parts


def bands(found: Iterable[Run]) -> list[list[Run]]:
    """Gather runs into lines from top to bottom, each from left to right."""
    lines: list[list[Run]] = []
    for run in sorted(found, key=lambda run: (run.base, run.x0)):
        near = bool(lines) and run.base - lines[-1][0].base <= _SAME_LINE * max(lines[-1][0].em, run.em)
        # What is printed over another thing is not beside it.
        if near and not any(_over(run, other) for other in lines[-1]):
            lines[-1].append(run)
        else:
            lines.append([run])
    for i in range(len(lines) - 1, -1, -1):
        if len(lines[i]) <= 3 and all(len(run.glyphs) <= 3 for run in lines[i]):
            lines[i] = [run for run in lines[i] if not _attached(run, lines, i)]
    lines = [line for line in lines if line]
    for line in lines:
        line.sort(key=lambda run: run.x0)
    return lines


def _over(one: Run, other: Run) -> bool:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return (
        shared > 0.5 * min(one.x1 - one.x0, other.x1 - other.x0)
        and abs(one.base - other.base) > 0.08 * one.em
    )


def _attached(run: Run, lines: list[list[Run]], i: int) -> bool:
    """Put a small raised or lowered run (the 3 of m³) beside the one that it belongs to."""
    for j in (i + 1, i - 1):
        if 0 <= j < len(lines):
            for k, other in enumerate(lines[j]):
                small = run.em <= 0.75 * other.em and abs(run.base - other.base) <= 0.8 * other.em
                if not small:
                    continue
                for n, glyph in enumerate(other.glyphs):
                    if -0.15 * other.em <= run.x0 - glyph.x1 <= 0.3 * other.em:
                        head = _run(other.glyphs[: n + 1] + run.glyphs, other.spaced[: n + 1] + run.spaced)
                        head.base = other.base
                        parts = [head]
                        if n + 1 < len(other.glyphs):
                            parts.append(_run(other.glyphs[n + 1 :], other.spaced[n + 1 :]))
                        lines[j][k : k + 1] = parts
                        return True
    return False


def _blank(char: str) -> float:
    return 0.45 if char[0] in _HALF_BLANK else 0.0


def _with(parts: list[str], ink: list[Glyph]) -> Printed:
    text = Printed("".join(parts))
    text.ink = ink
    return text


def line(band: list[Run]) -> Line:
    """Read the runs of one line: spaces between Latin words only, wide gaps between cells."""
    cells: list[tuple[str, float, float]] = []
    parts: list[str] = []
    ink: list[Glyph] = []
    begin = band[0].x0
    before: Glyph | None = None
    for run in band:
        for glyph, typed in zip(run.glyphs, run.spaced, strict=True):
            if before is not None:
                em = max(before.em, glyph.em)
                gap = (glyph.x0 - before.x1) / em
                numbers = before.char[0].isdigit() and glyph.char[0].isdigit()
                wide = gap - _blank(before.char) - _blank(glyph.char)
                if wide > _CELL or (numbers and gap > 1.0):
                    cells.append((_with(parts, ink), begin, before.x1))
                    parts, ink, begin = [], [], glyph.x0
                elif (typed or wide > _SPACE) and _LATIN.match(before.char) and _LATIN.match(glyph.char):
                    if gap > 0.08 or not numbers:
                        parts.append(" ")
                elif typed and gap > 0.7:
                    parts.append(" ")
            parts.append(glyph.char)
            ink.append(glyph)
            before = glyph
    assert before is not None
    cells.append((_with(parts, ink), begin, before.x1))
    ems = sorted(run.em for run in band for _ in run.glyphs)
    return Line(
        cells,
        min(run.x0 for run in band),
        max(run.x1 for run in band),
        max(band, key=lambda run: len(run.glyphs)).base,
        ems[len(ems) // 2],
    )
