"""Workbooks (.xlsx, .xlsm): every visible sheet as a table, its cells as they are shown.

What is read: sheets in their order, each on a page of its own; cells as the number format shows them; merged
cells once. Cells outside the print area of a sheet that has one are left out, as hidden columns are. Hidden sheets and columns are left out (they hold workings, not the publication). Hidden rows are
read where they hold a number other than 0, for the totals above them do count it; both are noted. A formula
is read by its cached value; one without (a file that no spreadsheet program has saved) shows ``#未计算``, so
that nobody takes it for an empty cell, and is noted.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .extracted import Extracted, Note, Writer
from .number_format import BUILT_IN, shown
from .package import Package, local
from .text import UnreadError

#: Cells that are not empty, over all sheets; a province's whole budget has some 60,000.
CELL_LIMIT = 400_000
#: What a formula without a cached value shows.
UNCOMPUTED = "#未计算"

_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_GENERIC_NAME = re.compile(r"(?:sheet|工作表|表)?[\d\s（）()._-]*", re.IGNORECASE)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(slots=True)
class _Styles:
    """Number format and indentation of each cell style."""

    formats: list[str]
    indents: list[int]


@dataclass(slots=True)
class _Count:
    """What is told of the workbook in notes."""

    sheets: int = 0
    columns: int = 0
    rows: int = 0
    uncomputed: int = 0
    outside: int = 0
    cells: int = 0


@dataclass(frozen=True, slots=True)
class _Area:
    """What of a sheet is printed: the rectangle around its print areas."""

    left: int
    right: int
    top: int
    bottom: int


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read: rows of (column, text, indent), in order."""

    rows: list[tuple[int, list[tuple[int, str, int]]]] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)


def read(data: bytes, path: str) -> Extracted:
    """Read a workbook; raise :class:`UnreadError` for what is damaged, encrypted or beyond the bounds."""
    archive = Package(data)
    workbook = archive.xml("xl/workbook.xml")
    if workbook is None:
        raise UnreadError("part_damaged", part="xl/workbook.xml", detail="XML")
    strings = _strings(archive)
    styles = _styles(archive)
    epoch = any(local(e.tag) == "workbookPr" and e.get("date1904") in ("1", "true") for e in workbook)
    count = _Count()
    writer = Writer()
    first = True
    areas = _areas(workbook)
    for number, name, part, hidden in _parts(archive, workbook):
        if hidden:
            count.sheets += 1
            continue
        sheet = _sheet(archive, part, strings, styles, epoch, count, areas.get(number))
        if not sheet.rows:
            continue
        if not first:
            writer.page_break()
        first = False
        _write(writer, name, sheet)
    return writer.finish("xlsx", tuple(_notes(count)), paged=True)


def _notes(count: _Count) -> Iterator[Note]:
    for code, number in (
        ("hidden_sheets", count.sheets),
        ("hidden_columns", count.columns),
        ("hidden_rows", count.rows),
        ("unprinted_cells", count.outside),
        ("uncomputed", count.uncomputed),
    ):
        if number:
            yield Note(code, (("count", str(number)),))


def _strings(archive: Package) -> list[str]:
    """The shared strings, phonetic guides left out."""
    found: list[str] = []
    for event, element in _events(archive, "xl/sharedStrings.xml"):
        if event == "end" and local(element.tag) == "si":
            found.append(_text(element))
            element.clear()
    return found


def _events(archive: Package, part: str) -> Iterator[tuple[str, Element]]:
    """Parse a large part piece by piece; what is done with is to be cleared."""
    data = archive.read(part)
    if data is None:
        return
    if b"<!DOCTYPE" in data or b"<\0!\0D\0" in data or b"\0<\0!\0D" in data:
        raise UnreadError("part_damaged", part=part, detail="DOCTYPE")
    try:
        yield from ElementTree.iterparse(io.BytesIO(data), ("start", "end"))
    except (ElementTree.ParseError, LookupError, ValueError):
        raise UnreadError("part_damaged", part=part, detail="XML") from None


def _text(element: Element) -> str:
    """The text of a string item: its runs together, without what tells how to pronounce it."""
    parts: list[str] = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts += [t.text or "" for t in child if local(t.tag) == "t"]
    text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), "".join(parts))
    return _NOT_XML.sub("", text)


def _styles(archive: Package) -> _Styles:
    formats: list[str] = []
    indents: list[int] = []
    own: dict[int, str] = {}
    root = archive.xml("xl/styles.xml")
    if root is not None:
        for group in root:
            tag = local(group.tag)
            if tag == "numFmts":
                own.update({_number(e.get("numFmtId")): e.get("formatCode") or "General" for e in group})
            elif tag == "cellXfs":
                for xf in group:
                    code = _number(xf.get("numFmtId"))
                    formats.append(own.get(code) or BUILT_IN.get(code, "General"))
                    indents.append(
                        next((_number(a.get("indent")) for a in xf if local(a.tag) == "alignment"), 0)
                    )
    return _Styles(formats or ["General"], indents or [0])


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


_PRINTED = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def _areas(workbook: Element) -> dict[int, _Area]:
    """The print areas, by the position of their sheets (from 0)."""
    areas: dict[int, _Area] = {}
    for group in workbook:
        if local(group.tag) != "definedNames":
            continue
        for defined in group:
            if defined.get("name") != "_xlnm.Print_Area" or defined.get("localSheetId") is None:
                continue
            found = [m.groups() for m in _PRINTED.finditer((defined.text or "").rpartition("!")[2])]
            if found and (defined.text or "").count("!") == 1:
                areas[_number(defined.get("localSheetId"))] = _Area(
                    min(_column(a) for a, _, _, _ in found),
                    max(_column(b) for _, _, b, _ in found),
                    min(int(a) for _, a, _, _ in found),
                    max(int(b) for _, _, _, b in found),
                )
    return areas


def _parts(archive: Package, workbook: Element) -> Iterator[tuple[int, str, str, bool]]:
    """Every sheet: position, name, member, whether it is hidden. Charts and dialogs have no cells and are left out."""
    targets = {
        key: target
        for key, (kind, target) in archive.relations("xl/workbook.xml").items()
        if kind == "worksheet"
    }
    for group in workbook:
        if local(group.tag) != "sheets":
            continue
        for number, sheet in enumerate(group, 1):
            key = next((value for name, value in sheet.attrib.items() if local(name) == "id"), "")
            part = targets.get(key) or ("" if targets else f"xl/worksheets/sheet{number}.xml")
            if part and archive.has(part):
                yield (
                    number - 1,
                    sheet.get("name") or "",
                    part,
                    (sheet.get("state") or "visible") != "visible",
                )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _sheet(
    archive: Package,
    part: str,
    strings: list[str],
    styles: _Styles,
    epoch: bool,
    count: _Count,
    area: _Area | None,
) -> _Sheet:
    sheet = _Sheet()
    row_number = column = 0
    cells: list[tuple[int, str, int]] = []
    row_hidden = counted = False
    left_out: set[int] = set()
    for event, element in _events(archive, part):
        tag = local(element.tag)
        if event == "start":
            if tag == "row":
                row_number = _number(element.get("r")) or row_number + 1
                row_hidden = element.get("hidden") in ("1", "true")
                cells, column, counted = [], 0, False
            continue
        if tag == "col":
            if element.get("hidden") in ("1", "true"):
                sheet.hidden.append((_number(element.get("min")), _number(element.get("max"))))
        elif tag == "c":
            reference = _REFERENCE.fullmatch(element.get("r") or "")
            column = _column(reference[1]) if reference else column + 1
            if any(a <= column <= b for a, b in sheet.hidden):
                if len(element):
                    left_out.add(column)
                element.clear()
                continue
            if area and not (area.left <= column <= area.right and area.top <= row_number <= area.bottom):
                count.outside += len(element) > 0
                element.clear()
                continue
            text, number = _cell(element, strings, styles, epoch, count)
            if text.strip():
                style = _number(element.get("s"))
                indent = styles.indents[style] if style < len(styles.indents) else 0
                blanks = len(text) - len(text.lstrip())
                cells.append((column, text, indent + blanks))
                counted = counted or number
                count.cells += 1
                if count.cells > CELL_LIMIT:
                    raise UnreadError("too_many_cells", limit=str(CELL_LIMIT))
            element.clear()
        elif tag == "row":
            if cells and (not row_hidden or counted):
                count.rows += row_hidden
                sheet.rows.append((row_number, cells))
            element.clear()
        elif tag == "sheetData":
            element.clear()
    count.columns += len(left_out)
    return sheet


def _cell(
    element: Element, strings: list[str], styles: _Styles, epoch: bool, count: _Count
) -> tuple[str, bool]:
    """A cell as shown, and whether it holds a number other than 0."""
    kind = element.get("t") or "n"
    value: str | None = None
    formula = False
    inline = ""
    for child in element:
        tag = local(child.tag)
        if tag == "v":
            value = child.text or ""
        elif tag == "f":
            formula = True
        elif tag == "is":
            inline = _text(child)
    if kind == "inlineStr":
        return inline, False
    if value is None or (formula and kind == "n" and not value.strip()):
        if formula:
            count.uncomputed += 1
            return UNCOMPUTED, True
        return "", False
    if kind == "s":
        index = _number(value)
        return (strings[index] if index < len(strings) else ""), False
    if kind == "str":
        return _NOT_XML.sub("", value), False
    if kind == "b":
        return ("TRUE" if value == "1" else "FALSE"), False
    if kind == "e":
        return value, True
    if kind == "d":
        return value.partition("T")[0], False
    if not value.strip():
        return "", False
    style = _number(element.get("s"))
    form = styles.formats[style] if style < len(styles.formats) else "General"
    return shown(value.strip(), form, epoch), value.strip() not in ("0", "0.0")


def _write(writer: Writer, name: str, sheet: _Sheet) -> None:
    """Write a sheet: rows with several filled cells as rows of a table, others as paragraphs.

    Columns that are empty from top to bottom are left out; the numbers of the others stay those of the sheet.
    """
    if not _GENERIC_NAME.fullmatch(name):
        writer.paragraph(name)
    used = sorted({column for _, cells in sheet.rows for column, _, _ in cells})
    inside = False
    for _, cells in sheet.rows:
        if len(cells) == 1 and not _is_number(cells[0][1]) and not _is_label(cells[0][1], inside):
            if inside:
                writer.end_table()
                inside = False
            writer.paragraph(cells[0][1])
            continue
        if not inside:
            writer.begin_table()
            inside = True
        texts = {column: (text, indent) for column, text, indent in cells}
        writer.row(
            [texts.get(column, ("", 0))[0] for column in used],
            used,
            indents=[texts.get(column, ("", 0))[1] for column in used],
        )
    if inside:
        writer.end_table()


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+(（]?[\d,.]+[%)）]?", text.strip()))


def _is_label(text: str, inside: bool) -> bool:
    """Whether a lone text inside a table is the label of a row without values, not a title or a note."""
    return inside and len(text.strip()) <= 24 and not _NO_LABEL.search(text)


_NO_LABEL = re.compile("[。：:；]|^注|单位|表")
