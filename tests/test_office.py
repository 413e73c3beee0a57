"""The check sheet as workbook and document: what it holds, that it is inert, and the same every time."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn

from gouji.checks.audit import Audit
from gouji.checks.run import audit as run
from gouji.extract.reader import load
from gouji.reports import FORMATS, KINDS
from gouji.reports.cli import cli
from gouji.reports.messages import messages
from gouji.reports.outcome import USAGE
from gouji.reports.sheet import COLUMNS, headings, rows
from gouji.reports.view import View

from .fixture_audit import audit, clean
from .hostile import ATTACKS, EVERYTHING, hostile

EXAMPLES = Path(__file__).parents[1] / "examples"
HEADINGS = [
    "序号",
    "页码/位置",
    "原文",
    "勾稽关系",
    "原文数",
    "重算数",
    "差额",
    "判定",
    "可能原因",
    "核实意见",
]


def rendered(name: str, found: Audit, lang: str = "zh") -> bytes:
    data = FORMATS[name](found, lang)
    assert isinstance(data, bytes)
    return data


def workbook(found: Audit, lang: str = "zh") -> Any:
    return openpyxl.load_workbook(BytesIO(rendered("xlsx", found, lang)))


def table(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def document(found: Audit, lang: str = "zh") -> Any:
    return docx.Document(BytesIO(rendered("docx", found, lang)))


# --- the rows -------------------------------------------------------------------------------------


def test_a_row_says_what_an_auditor_needs() -> None:
    row = rows(View(audit()), messages("zh"))[0]
    assert dict(zip(COLUMNS, row.cells, strict=True)) == {
        "number": "1",
        "place": "reports/2017.md 第 3 段，第 5 行第 45 列",
        "passage": row.cells[2],
        "tie": "率：217523 ÷ 239625 = 90.7764…%",
        "stated": "90.77%",
        "recomputed": "90.78%",
        "difference": "-0.01个百分点".replace("-", "−"),
        "verdict": "截尾（警告）",
        "cause": "90.77% 疑为 90.78%（四舍五入）\n核实性、差 1 个末位",
        "opinion": "",
    }
    assert "受理各类纠纷【239625件】，调解成功【217523件】，成功率为【90.77%】" in row.cells[2]


def test_an_undecided_tie_says_why_and_a_sound_one_nothing() -> None:
    found = {row.fingerprint: row for row in rows(View(audit()), messages("zh"))}
    assert "可比价格" in found["growth-00000006"].cells[8]
    assert found["sum-00000004"].cells[7:] == ("相符（恰合）", "", "")
    assert found["sum-00000004"].severity == ""


def test_an_accepted_exception_is_marked() -> None:
    full = audit()
    kept = replace(full, relations=(replace(full.relations[0], suppressed="上报时已说明"),))
    (row,) = rows(View(kept), messages("zh"))
    assert row.cells[7] == "截尾（警告）\n已确认例外：上报时已说明"
    assert row.severity == ""


# --- xlsx -----------------------------------------------------------------------------------------


def test_sheets_of_ties_findings_and_conclusion() -> None:
    book = workbook(audit())
    assert book.sheetnames == ["勾稽关系", "问题", "结论"]
    ties, findings = table(book["勾稽关系"]), table(book["问题"])
    assert ties[0] == HEADINGS
    assert findings[0] == [*HEADINGS, "编号"]
    assert [row[0] for row in ties[1:]] == list(range(1, 9))
    assert [row[-1] for row in findings[1:]] == ["subset-77aa01de", "duplicate-c0ffee02", "rate-1b6f0c11"]
    said = "\n".join(str(cell) for row in table(book["结论"]) for cell in row)
    assert "不宜发布" in said
    assert "reports/broken.pdf" in said
    assert workbook(audit(), "en").sheetnames == ["Ties", "Findings", messages("en")("ui.summary")]


def test_the_paper() -> None:
    for sheet in workbook(audit()).worksheets[:2]:
        assert sheet.freeze_panes == "A2"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows in ("$1:$1", "1:1")
        assert sheet["C2"].alignment.wrap_text
        assert sheet.column_dimensions["C"].width == 50


@pytest.mark.parametrize("attack", [*ATTACKS, EVERYTHING])
def test_no_cell_is_a_formula(attack: str) -> None:
    data = rendered("xlsx", hostile(attack))
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
    for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n")
                if isinstance(cell.value, str) and cell.value[:1] in tuple("=+-@"):
                    assert cell.quotePrefix


def test_a_formula_stands_as_its_text() -> None:
    full = audit()
    (judged,) = full.relations[:1]
    formula = replace(judged, verdict=replace(judged.verdict, equation=""), suppressed="=1+1")
    sheet = workbook(replace(full, relations=(formula,)))["问题"]
    assert sheet["H2"].value.endswith("=1+1")
    minus = workbook(audit())["勾稽关系"]["G2"]
    assert minus.value == "−0.01个百分点"


def test_a_long_text_is_cut_to_what_a_cell_holds() -> None:
    full = audit()
    long = replace(full.relations[0], suppressed="长" * 40_000)
    assert len(workbook(replace(full, relations=(long,)))["勾稽关系"]["H2"].value) == 16_000


# --- docx -----------------------------------------------------------------------------------------


def test_a_document_of_conclusion_findings_and_ties() -> None:
    found = document(audit())
    said = "\n".join(paragraph.text for paragraph in found.paragraphs)
    assert "勾稽核对表" in said
    assert "不宜发布：有 2 处错误，1 处警告。" in said
    assert "reports/broken.pdf" in said
    assert "核对人" in said
    findings, ties = found.tables
    assert [cell.text for cell in findings.rows[0].cells] == HEADINGS
    assert len(findings.rows) == 1 + 3
    assert len(ties.rows) == 1 + 8
    assert [cell.text for cell in ties.rows[1].cells][4:6] == ["90.77%", "90.78%"]


def test_the_document_is_for_a4_across_with_a_repeated_heading() -> None:
    found = document(audit())
    section = found.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert found.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_no_findings_are_said_to_be_none() -> None:
    found = document(clean())
    assert len(found.tables) == 1
    assert "无" in [paragraph.text for paragraph in found.paragraphs]


@pytest.mark.parametrize("attack", [*ATTACKS, EVERYTHING])
def test_hostile_text_stays_text_in_the_document(attack: str) -> None:
    data = rendered("docx", hostile(attack))
    with ZipFile(BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    for mark in ("<w:hyperlink", "<w:fldSimple", "<w:instrText", "<script"):
        assert mark not in body
    assert len(document(hostile(attack)).tables) == 2


# --- both -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_same_input_same_bytes_at_any_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rendered(name, audit())
    later = time.time() + 400_000_000
    monkeypatch.setattr(time, "time", lambda: later)
    assert rendered(name, audit()) == first
    with ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_examples_in_both_languages(name: str) -> None:
    found = run(load(str(path)) for path in sorted(EXAMPLES.glob("*-*.*")))
    for lang in ("zh", "en"):
        data = rendered(name, found, lang)
        if name == "xlsx":
            sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
            assert [cell.value for cell in sheet[1]] == headings(messages(lang))
            assert sheet.max_row == 1 + len(found.relations)
        else:
            assert len(docx.Document(BytesIO(data)).tables[1].rows) == 1 + len(found.relations)


def test_the_command_writes_a_file_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = str(EXAMPLES / "justice-2017.md")
    result = CliRunner().invoke(cli, ["audit", report, "--format", "xlsx", "--format", "docx"])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gouji-audit.docx", "gouji-audit.xlsx"]
    assert (tmp_path / "gouji-audit.xlsx").read_bytes()[:2] == b"PK"


def test_bytes_go_to_standard_output_as_they_are() -> None:
    report = str(EXAMPLES / "justice-2017.md")
    result = CliRunner().invoke(cli, ["audit", report, "--format", "xlsx", "-o", "-"])
    assert openpyxl.load_workbook(BytesIO(result.stdout_bytes)).sheetnames


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.extra])
def test_a_missing_extra_is_one_line_before_any_work(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for package in KINDS[name].needs:
        monkeypatch.delitem(sys.modules, package, raising=False)
    monkeypatch.setattr("gouji.reports.find_spec", lambda _: None)
    result = CliRunner().invoke(cli, ["audit", str(EXAMPLES), "--format", "json", "--format", name])
    assert result.exit_code == USAGE
    assert result.stderr.count("\n") == 1
    assert f"gouji[{KINDS[name].extra}]" in result.stderr
    assert list(tmp_path.iterdir()) == []
