"""The check sheet (勾稽核对表) as a Word document: conclusion, findings, every tie, and room to sign.

Needs python-docx (extra ``office``).
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table

from ..checks.audit import Audit
from .messages import Messages, messages
from .plain import xml_text
from .sheet import Row, conclusion, headings, rows
from .steady import steady
from .view import View

_WIDTHS = (9, 34, 62, 40, 24, 24, 20, 19, 30, 15)
"""Millimetres; together the width of A4 across less its margins."""
_FILLS = {"error": "F8D7DA", "warning": "FFF3CD"}
_HEAD = "D9E2F3"


def render(audit: Audit, lang: str, *, verbose: bool = False) -> bytes:
    """A document for A4, landscape."""
    view, words = View(audit), messages(lang)
    paper = Document()
    _page(paper)
    _properties(paper, words)
    paper.add_heading(words("sheet.title"), 0)
    for label, text in conclusion(view, words):
        paragraph = paper.add_paragraph()
        paragraph.add_run(f"{label}{words('ui.colon')}").bold = True
        paragraph.add_run(xml_text(text))
    paper.add_heading(words("sheet.findings"), 1)
    findings = rows(view, words, (*view.findings, *view.suppressed))
    _table(paper, words, findings)
    paper.add_heading(words("sheet.ties"), 1)
    _table(paper, words, rows(view, words))
    paper.add_paragraph()
    paper.add_paragraph(words("sheet.signatures"))
    out = BytesIO()
    paper.save(out)
    return steady(out.getvalue())


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(10)
    section.top_margin = section.bottom_margin = Mm(12)
    style = paper.styles["Normal"]
    style.font.size = Pt(9)
    style.font.name = "Times New Roman"
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")


def _properties(paper: Paper, words: Messages) -> None:
    core = paper.core_properties
    core.author = core.last_modified_by = "gouji"
    core.title, core.comments = words("sheet.title"), ""
    core.language = "zh-CN" if words.lang == "zh" else "en-US"
    core.created = core.modified = datetime(1980, 1, 1)


def _table(paper: Paper, words: Messages, found: list[Row]) -> None:
    if not found:
        paper.add_paragraph(words("ui.none"))
        return
    table = paper.add_table(rows=0, cols=len(_WIDTHS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    _line(table, headings(words), _HEAD, head=True)
    for row in found:
        _line(table, row.cells, _FILLS.get(row.severity, ""))


def _line(table: Table, cells: list[str] | tuple[str, ...], fill: str, head: bool = False) -> None:
    """A row built as XML: the library looks all cells up again for each one, which is slow for thousands."""
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for text, width in zip(cells, _WIDTHS, strict=True):
        cell = OxmlElement("w:tc")
        shape = OxmlElement("w:tcPr")
        size = OxmlElement("w:tcW")
        size.set(qn("w:w"), str(Mm(width).twips))
        size.set(qn("w:type"), "dxa")
        shape.append(size)
        if fill:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
                shade.set(qn(f"w:{name}"), value)
            shape.append(shade)
        cell.append(shape)
        for line in xml_text(text).split("\n"):
            paragraph = OxmlElement("w:p")
            if line:
                run = OxmlElement("w:r")
                if head:
                    bold = OxmlElement("w:rPr")
                    bold.append(OxmlElement("w:b"))
                    run.append(bold)
                printed = OxmlElement("w:t")
                printed.text = line
                printed.set(qn("xml:space"), "preserve")
                run.append(printed)
                paragraph.append(run)
            cell.append(paragraph)
        row.append(cell)
    table._tbl.append(row)
