"""OFD (GB/T 33190-2016), the fixed-layout format of Chinese e-government: zip archive, XML inside.

Text stands in ``TextObject``/``TextCode`` with its place on the page, in millimetres. Pieces on one height
make a line; gaps that no font leaves inside a sentence part cells; lines of several cells become rows of a
table when their neighbours are such lines, too. A template drawn on many pages is a form's frame or a running
head: it is left out and noted; one used on a single page is read with it. Pictures hold no text.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .extracted import Extracted, Note, Writer
from .package import Package, local
from .text import UnreadError

#: Pages read; a longer document is a book, or a trap.
PAGE_LIMIT = 3000

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text: left edge, right edge, baseline, size, in millimetres."""

    left: float
    right: float
    base: float
    size: float
    text: str


def read(data: bytes, path: str) -> Extracted:
    """Read an OFD file; raise :class:`UnreadError` for what is damaged, encrypted or beyond the bounds."""
    archive = Package(data)
    writer = Writer()
    first = True
    frames = 0
    for root in _roots(archive):
        pages, templates = _document(archive, root)
        uses = Counter(t for _, used in pages for t in used)
        frames += sum(1 for count in uses.values() if count > 1)
        for member, used in pages[:PAGE_LIMIT]:
            if not first:
                writer.page_break()
            first = False
            pieces = list(_pieces(archive, member))
            for template in used:
                if uses[template] == 1 and template in templates:
                    pieces += _pieces(archive, templates[template])
            _write(writer, pieces)
    notes = (Note("templates", (("count", str(frames)),)),) if frames else ()
    return writer.finish("ofd", notes, paged=True)


def _part(archive: Package, name: str) -> Element:
    root = archive.xml(name)
    if root is None:
        raise UnreadError("part_damaged", part=name, detail="?")
    return root


def _named(element: Element, name: str) -> Iterator[Element]:
    return (e for e in element.iter() if local(e.tag) == name)


def _roots(archive: Package) -> list[str]:
    """The document descriptions of the package, one per body."""
    found = [(e.text or "").strip() for e in _named(_part(archive, "OFD.xml"), "DocRoot")]
    if not found:
        raise UnreadError("part_damaged", part="OFD.xml", detail="DocRoot")
    return found


def _resolve(base: str, location: str) -> str:
    """A location in the archive: absolute from its root, else beside the file that names it."""
    if location.startswith("/"):
        return location.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), location))


def _document(archive: Package, root: str) -> tuple[list[tuple[str, tuple[str, ...]]], dict[str, str]]:
    """The pages in order, each with the templates that it uses; where the templates are."""
    root = _resolve("", root)
    tree = _part(archive, root)
    templates = {
        e.get("ID") or "": _resolve(root, e.get("BaseLoc") or "") for e in _named(tree, "TemplatePage")
    }
    pages: list[tuple[str, tuple[str, ...]]] = []
    for group in tree:
        if local(group.tag) != "Pages":
            continue
        for page in group:
            member = _resolve(root, page.get("BaseLoc") or "")
            parts = _part(archive, member)
            used = tuple(e.get("TemplateID") or "" for e in parts if local(e.tag) == "Template")
            pages.append((member, used))
            if len(pages) >= PAGE_LIMIT:
                break
    return pages, templates


def _floats(text: str | None) -> list[float]:
    return [float(n) for n in _NUMBER.findall(text or "")]


def _pieces(archive: Package, member: str) -> Iterator[_Piece]:
    root = archive.xml(member)
    for item in _named(root, "TextObject") if root is not None else ():
        box = _floats(item.get("Boundary"))
        if len(box) != 4 or item.get("Visible") == "false":
            continue
        size = (_floats(item.get("Size")) or [3.5])[0]
        matrix = _floats(item.get("CTM"))
        scale_x, scale_y = (matrix[0], matrix[3]) if len(matrix) == 6 else (1.0, 1.0)
        x = y = 0.0
        for code in item:
            if local(code.tag) != "TextCode" or not (code.text or "").strip():
                continue
            text = code.text or ""
            x = (_floats(code.get("X")) or [x])[0]
            y = (_floats(code.get("Y")) or [y])[0]
            deltas = _deltas(code.get("DeltaX"))
            advance = sum(deltas[: len(text) - 1]) if deltas else 0.0
            wide = size * abs(scale_x) or size
            shift = matrix[4] if len(matrix) == 6 else 0.0
            drop = matrix[5] if len(matrix) == 6 else 0.0
            left = box[0] + x * scale_x + shift
            if deltas:
                right = left + advance * abs(scale_x) + _width(text[-1]) * wide
            else:
                right = left + sum(map(_width, text)) * wide
            yield _Piece(left, right, box[1] + y * scale_y + drop, size * (abs(scale_y) or 1.0), text)


def _deltas(text: str | None) -> list[float]:
    """The advances of a run; ``g 3 5.2`` stands for three advances of 5.2."""
    words = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < 10_000:
        if words[at] == "g" and at + 2 < len(words):
            count, step = _floats(words[at + 1]), _floats(words[at + 2])
            found += step[:1] * min(int(count[0]) if count else 0, 10_000)
            at += 3
        else:
            found += _floats(words[at])[:1]
            at += 1
    return found


def _width(character: str) -> float:
    return 1.0 if ord(character) > 0x2E7F else 0.5


def _lines(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces on one height, from the top; each line from the left."""
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.base, p.left)):
        if lines and abs(piece.base - lines[-1][0].base) <= 0.4 * max(piece.size, lines[-1][0].size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.left) for line in lines]


def _cells(line: list[_Piece]) -> list[tuple[float, str]]:
    """The cells of a line: (left edge, text), parted where a gap is wider than a character and a half."""
    cells: list[tuple[float, str]] = []
    end = 0.0
    for piece in line:
        if cells and piece.left - end <= 1.5 * piece.size:
            space = " " if piece.left - end > 0.3 * piece.size and _joins(cells[-1][1], piece.text) else ""
            cells[-1] = (cells[-1][0], cells[-1][1] + space + piece.text)
        else:
            cells.append((piece.left, piece.text))
        end = max(end, piece.right) if cells[-1][1] != piece.text else piece.right
    return [(left, text.strip()) for left, text in cells if text.strip()]


def _joins(left: str, right: str) -> bool:
    """Whether a space between two pieces means something: between words or numbers of half width."""
    return left[-1:].isascii() and right[:1].isascii()


def _write(writer: Writer, pieces: list[_Piece]) -> None:
    lines = [cells for line in _lines(pieces) if (cells := _cells(line))]
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and len(lines[end]) > 1:
            end += 1
        if end - at >= 2:
            writer.begin_table()
            edges = _edges(lines[at:end])
            for cells in lines[at:end]:
                row = [""] * len(edges)
                for left, text in cells:
                    column = min(range(len(edges)), key=lambda i: abs(edges[i] - left))
                    row[column] = f"{row[column]} {text}".strip()
                writer.row(row)
            writer.end_table()
            at = end
        else:
            writer.paragraph("  ".join(text for _, text in lines[at]))
            at += 1


def _edges(lines: list[list[tuple[float, str]]]) -> list[float]:
    """Left edges of the columns: edges of all cells, those within 4 mm of one another as one."""
    edges: list[float] = []
    for left in sorted(left for cells in lines for left, _ in cells):
        if not edges or left - edges[-1] > 4.0:
            edges.append(left)
    return edges
