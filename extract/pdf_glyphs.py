"""What stands on a page of a PDF: its characters with the place of their ink, and its drawn lines.

Only this module speaks to pdfium. Coordinates are points; x grows to the right, y grows *down* the page,
and both are turned so that the text stands upright whatever the page says of its rotation.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

#: Drawn objects of one page beyond which it is a map or a chart, not a table.
_DRAWN = 30_000
_THIN = 3.0  # points; a drawn thing thinner than this is a line
_POINTS = 400  # points of a path; what has more is a picture
_DOT = 0.22  # ems; ink that is smaller each way is a dot
_DEPTH = 4  # forms inside forms
_INVISIBLE = 3  # text render mode of the text behind a scan


class Glyph(NamedTuple):
    """A character; ``x0 x1 y0 y1`` bound its ink, ``base`` is the line it stands on, ``em`` its size."""

    char: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    em: float


class Rule(NamedTuple):
    """A drawn line: ``at`` is its y when it lies, its x when it stands; ``a`` < ``b`` are its ends."""

    at: float
    a: float
    b: float


@dataclass(slots=True)
class Sheet:
    """One page. ``spaced`` tells by index in ``glyphs`` before which glyphs a space was typed."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)  # from the space of the file to this one
    spaced: set[int] = field(default_factory=set)
    lying: list[Rule] = field(default_factory=list)
    standing: list[Rule] = field(default_factory=list)
    broken: int = 0  # characters without a meaning, dots not counted
    dots: int = 0  # characters without a meaning that are small dots on the line, read as points
    clipped: int = 0  # characters that the page cuts off, left out
    slanted: int = 0  # characters of watermarks, left out
    picture: float = 0.0  # share of the page under its largest picture
    curves: int = 0  # paths that are no lines
    behind: bool = False  # whether the text stands invisibly behind a picture


def _turned(angle: int, width: float, height: float) -> tuple[tuple[float, ...], float, float]:
    """Give (a b c d e f) that maps page space to upright space with y down, and the size of that space."""
    if angle == 270:  # text runs up the page: pdfium counts clockwise
        return (0, 1, 1, 0, 0, 0), height, width
    if angle == 180:
        return (-1, 0, 0, 1, width, 0), width, height
    if angle == 90:
        return (0, -1, -1, 0, height, width), height, width
    return (1, 0, 0, -1, 0, height), width, height


def _upright(m: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[1] * y + m[4], m[2] * x + m[3] * y + m[5]


def back(m: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    """Give the point of the file's own space that :attr:`Sheet.matrix` ``m`` brings to (``x``, ``y``)."""
    x, y = x - m[4], y - m[5]
    turn = m[0] * m[3] - m[1] * m[2]
    return (m[3] * x - m[1] * y) / turn, (m[0] * y - m[2] * x) / turn


def _broken(code: int) -> bool:
    return code in (0, 0xFFFD, 0xFFFE, 0xFFFF) or 0xE000 <= code <= 0xF8FF or code >= 0xF0000 or code < 9


def sheet(page: Any, raw: Any, most: int) -> Sheet:
    """Read the characters and lines of ``page`` (of pypdfium2, whose ``raw`` module is given too).

    ``most`` characters are admitted; raises ``OverflowError`` for more.
    """
    box = page.get_cropbox()
    text = page.get_textpage()
    try:
        found = _characters(text.raw, raw, most)
        clipped = _clipped(page, text.raw, raw, found)
    finally:
        text.close()
    angles = Counter(one[8] for one in found if one[8] % 90 == 0)
    angle = angles.most_common(1)[0][0] if angles else 0
    matrix, width, height = _turned(angle, box[2] - box[0], box[3] - box[1])
    dx, dy = matrix[0] * box[0] + matrix[1] * box[1], matrix[2] * box[0] + matrix[3] * box[1]
    matrix = (*matrix[:4], matrix[4] - dx, matrix[5] - dy)
    result = Sheet(width, height, matrix=matrix, clipped=len(clipped))
    space = False
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    for at, (code, left, right, bottom, top, x, y, em, turn, _) in enumerate(found):
        if at in clipped:
            continue
        if code in (0x20, 0xA0, 0x3000, 9):
            space = True
            continue
        if turn % 90:
            result.slanted += 1
            continue
        char = chr(code) if 32 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        if _broken(code):
            # Some typesetters have a glyph of their own for the decimal point: ink shows what it is.
            if 0 < right - left < _DOT * em and 0 < top - bottom < _DOT * em and abs(bottom - y) < _DOT * em:
                result.dots += 1
                char = "."
            else:
                result.broken += 1
        if char == "|" or char.isspace():
            continue
        ax, ay = _upright(matrix, left, bottom)
        bx, by = _upright(matrix, right, top)
        base = _upright(matrix, x, y)[1] if turn == angle else max(ay, by)
        glyph = Glyph(char, min(ax, bx), max(ax, bx), min(ay, by), max(ay, by), base, em)
        # Bold is faked by printing a character twice, a hair apart.
        cell = (char, round(glyph.x0 / em * 2), round(base / em * 2))
        twin = seen.get(cell)
        if twin and abs(twin[0] - glyph.x0) < 0.12 * em and abs(twin[1] - base) < 0.12 * em:
            continue
        seen[cell] = (glyph.x0, base)
        if space:
            result.spaced.add(len(result.glyphs))
            space = False
        result.glyphs.append(glyph)
    _drawn(page, raw, matrix, result)
    return result


_Found = tuple[int, float, float, float, float, float, float, float, int, int]


def _characters(text: Any, raw: Any, most: int) -> list[_Found]:
    count = raw.FPDFText_CountChars(text)
    if count > most:
        raise OverflowError
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix = raw.FS_MATRIX()
    found: list[_Found] = []
    high = 0
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:  # half of a pair
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        if code in (10, 13, 2):
            continue
        if raw.FPDFText_HasUnicodeMapError(text, i) == 1:
            code = 0  # pdfium gives the number of the glyph for what it cannot tell
        raw.FPDFText_GetCharBox(text, i, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        raw.FPDFText_GetMatrix(text, i, matrix)
        size = raw.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
        angle = raw.FPDFText_GetCharAngle(text, i)
        turn = round(math.degrees(angle)) % 360 if angle >= 0 else 0
        a, b, c, d = left.value, right.value, bottom.value, top.value
        tall = max(abs(d - c), abs(b - a))
        if not 1.0 <= size <= 1000 or tall > 2.5 * size:
            size = max(tall, 1.0) if code > 0x2E7F else max(size if 1 <= size <= 1000 else tall * 1.3, 1.0)
        near = min((0, 90, 180, 270, 360), key=lambda right_angle: abs(right_angle - turn))
        turn = near % 360 if abs(near - turn) <= 4 else turn
        found.append((code, a, b, c, d, x.value, y.value, size, turn, i))
    return found


def _address(thing: Any) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def _clipped(page: Any, text: Any, raw: Any, found: list[_Found]) -> set[int]:
    """Find the characters (by index in ``found``) of lines above or below what the page lets show.

    Programs that edit PDFs leave the old text behind so. Text inside of forms is taken to show: its clip is
    in a space of its own.
    """
    boxes: dict[int, tuple[float, float, float, float]] = {}
    for i in range(min(raw.FPDFPage_CountObjects(page.raw), _DRAWN)):
        thing = raw.FPDFPage_GetObject(page.raw, i)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT:
            box = _clip(thing, raw)
            if box:
                boxes[_address(thing)] = box
    if not boxes:
        return set()
    result: set[int] = set()
    for at, (*_, y, em, turn, i) in enumerate(found):
        clip = boxes.get(_address(raw.FPDFText_GetTextObject(text, i))) if turn == 0 else None
        # Only whole lines: what is cut off at the side would leave half a number.
        if clip and not clip[1] - 0.35 * em < y + 0.35 * em < clip[3] + 0.35 * em:
            result.add(at)
    # A page that hides much is one whose clips are misunderstood.
    return result if 5 * len(result) <= len(found) else set()


def _clip(thing: Any, raw: Any) -> tuple[float, float, float, float] | None:
    """Give the box that a text object is clipped to; ``None`` where it is not."""
    path = raw.FPDFPageObj_GetClipPath(thing)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    x, y = ctypes.c_float(), ctypes.c_float()
    box = (-1e9, -1e9, 1e9, 1e9)
    for k in range(min(count, 20)):
        points = []
        for z in range(min(raw.FPDFClipPath_CountPathSegments(path, k), 200)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, k, z), x, y)
            points.append((x.value, y.value))
        if len(points) >= 3:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = (max(box[0], min(xs)), max(box[1], min(ys)), min(box[2], max(xs)), min(box[3], max(ys)))
    return box if box[0] > -1e9 else None


# --- drawn lines -----------------------------------------------------------------------------------


def _drawn(page: Any, raw: Any, matrix: tuple[float, ...], result: Sheet) -> None:
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > _DRAWN:
        return
    budget = [_DRAWN]
    for i in range(count):
        _object(raw.FPDFPage_GetObject(page.raw, i), raw, matrix, result, (1, 0, 0, 1, 0, 0), 0, budget)


def _object(
    thing: Any,
    raw: Any,
    matrix: tuple[float, ...],
    result: Sheet,
    outer: tuple[float, ...],
    depth: int,
    budget: list[int],
) -> None:
    budget[0] -= 1
    if budget[0] < 0:
        return
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        if not result.behind and raw.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE:
            result.behind = True
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
        inner = _then(_matrix(thing, raw), outer)
        for i in range(min(raw.FPDFFormObj_CountObjects(thing), _DRAWN)):
            _object(raw.FPDFFormObj_GetObject(thing, i), raw, matrix, result, inner, depth + 1, budget)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        box = _bounds(thing, raw, outer)
        area = (box[2] - box[0]) * (box[3] - box[1])
        result.picture = max(result.picture, area / max(result.width * result.height, 1.0))
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        _path(thing, raw, matrix, result, outer)


def _then(m: tuple[float, ...], n: tuple[float, ...]) -> tuple[float, ...]:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _matrix(thing: Any, raw: Any) -> tuple[float, ...]:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _apply(m: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _bounds(thing: Any, raw: Any, outer: tuple[float, ...]) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    ax, ay = _apply(outer, left.value, bottom.value)
    bx, by = _apply(outer, right.value, top.value)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _path(thing: Any, raw: Any, matrix: tuple[float, ...], result: Sheet, outer: tuple[float, ...]) -> None:
    x0, y0, x1, y1 = _bounds(thing, raw, outer)
    if x1 - x0 < _THIN or y1 - y0 < _THIN:
        if max(x1 - x0, y1 - y0) > 1:
            _line(matrix, result, x0, y0, x1, y1)
        return
    count = raw.FPDFPath_CountSegments(thing)
    if count > _POINTS:
        result.curves += 1
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    inner = _then(_matrix(thing, raw), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    lines: list[list[tuple[float, float]]] = []
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(thing, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            result.curves += 1
            return
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(inner, x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO or not lines:
            lines.append([point])
        else:
            lines[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            lines[-1].append(lines[-1][0])
    for points in lines:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if box[2] - box[0] < _THIN or box[3] - box[1] < _THIN:
            _line(matrix, result, *box)
        elif stroke.value:
            for (ax, ay), (bx, by) in itertools.pairwise(points):
                if abs(ax - bx) < 1 or abs(ay - by) < 1:
                    _line(matrix, result, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _line(matrix: tuple[float, ...], result: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    ax, ay = _upright(matrix, x0, y0)
    bx, by = _upright(matrix, x1, y1)
    left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
    if right - left >= bottom - top:
        result.lying.append(Rule((top + bottom) / 2, left, right))
    else:
        result.standing.append(Rule((left + right) / 2, top, bottom))
