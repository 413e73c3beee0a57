"""The check sheet (勾稽核对表) as a workbook: every tie, every finding, and the conclusion.

Needs openpyxl (extra ``office``). Every cell is text: nothing of a report can become a formula.
"""

from __future__ import annotations

from copy import copy
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ..checks.audit import Audit
from .messages import Messages, messages
from .plain import cell_text, looks_like_formula
from .sheet import Row, conclusion, headings, rows
from .steady import steady
from .view import View

_WIDTHS = (6, 24, 50, 34, 16, 16, 14, 12, 26, 20)
_MOST = 16_000
"""Excel holds 32,767 UTF-16 units in a cell; this many characters always fit."""
_FILLS = {"error": "F8D7DA", "warning": "FFF3CD"}
_THIN = Side(style="thin", color="999999")


def render(audit: Audit, lang: str, *, verbose: bool = False) -> bytes:
    """A workbook with the sheets of ties, findings and conclusion; printed on A4, landscape."""
    view, words = View(audit), messages(lang)
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "gouji"
    book.properties.title = words("sheet.title")
    _table(book.create_sheet(words("sheet.ties")), words, rows(view, words))
    findings = rows(view, words, (*view.findings, *view.suppressed))
    _table(book.create_sheet(words("sheet.findings")), words, findings, named=True)
    _conclusion(book.create_sheet(words("ui.summary")), view, words)
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def _table(sheet: Worksheet, words: Messages, found: list[Row], *, named: bool = False) -> None:
    """Headings and rows; ``named`` adds the fingerprint, by which an exception can be accepted."""
    heads = headings(words) + ([words("ui.fingerprint")] if named else [])
    _line(sheet, 1, heads, fill="D9E2F3", bold=True)
    for number, row in enumerate(found, 2):
        cells: list[Any] = [int(row.cells[0]), *row.cells[1:], *([row.fingerprint] if named else [])]
        _line(sheet, number, cells, fill=_FILLS.get(row.severity, ""))
    for place, width in enumerate([*_WIDTHS, 20][: len(heads)], 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(found) + 1}"
    sheet.print_title_rows = "1:1"
    _paper(sheet)


def _conclusion(sheet: Worksheet, view: View, words: Messages) -> None:
    for number, (label, text) in enumerate(conclusion(view, words), 1):
        _line(sheet, number, [label, text])
        sheet.cell(number, 1).font = Font(bold=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 100
    _paper(sheet)


def _line(sheet: Worksheet, number: int, cells: list[Any], fill: str = "", bold: bool = False) -> None:
    plain: StyleArray | None = None
    for place, value in enumerate(cells, 1):
        cell: Any = sheet.cell(number, place)
        if plain is None:
            _dress(cell, fill, bold)
            plain = cell._style
        else:
            # the same style again, without the workbook comparing it with all others for every cell
            cell._style = copy(plain)
        if isinstance(value, str) and value:
            text = cell_text(value)[:_MOST]
            cell.value = text
            # a string cell is never calculated; the quote keeps it one when somebody edits it
            cell.data_type = "s"
            cell.quotePrefix = looks_like_formula(text)
        elif not isinstance(value, str):
            cell.value = value


def _dress(cell: Any, fill: str, bold: bool) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = Border(_THIN, _THIN, _THIN, _THIN)
    if fill:
        cell.fill = PatternFill("solid", fill)
    if bold:
        cell.font = Font(bold=True)


def _paper(sheet: Worksheet) -> None:
    """A4 across, as wide as the page, as many pages as it takes, numbered."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.HeaderFooter.oddFooter
    if footer:
        footer.center.text = "&P / &N"
