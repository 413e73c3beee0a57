"""Readers of tables and of old files: XLSX, CSV, OFD, and what LibreOffice converts."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from gouji.extract import csv, ofd, ole, xlsx
from gouji.extract.document import Document, Unread
from gouji.extract.number_format import is_date, shown
from gouji.extract.reader import load
from gouji.extract.sections import where
from gouji.extract.text import UnreadError

SHARED = Path(os.environ.get("GOUJI_SHARED", Path(__file__).parents[2] / "shared"))
ACCOUNT = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        ("0.0813900001", "0.00%", "8.14%"),
        ("-1234.5", "#,##0_ ;[Red]\\-#,##0\\ ", "-1,235"),
        ("0", ACCOUNT, "-"),
        ("12345.675", ACCOUNT, "12,345.68"),
        ("0.30000000000000004", "General", "0.3"),
        ("1234567", "#,##0.00,", "1,234.57"),
        ("12", "0.0#", "12.0"),
        ("3", "0000", "0003"),
        ("2.5", "0", "3"),
        ("-2.5", "0", "-3"),
        ("-0.001", "0.0", "0.0"),
        ("-5", "0_);[Red]\\(0\\)", "(5)"),
        ("7", ";;;", ""),
        ("0", "#,##0.00;-#,##0.00;;@", ""),
        ("45", '0"万元"', "45万元"),
        ("45000", "yyyy\\-mm\\-dd", "2023年3月15日"),
        ("45000", "[$-804]m月d日", "3月15日"),
        ("1", "yyyy-m-d", "1900年1月1日"),
        ("abc", "0.00", "abc"),
        ("1E+999", "0.00", "1E+999"),
        ("1e15", "General", "1000000000000000"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: str, form: str, expected: str) -> None:
    assert shown(value, form) == expected


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_what_is_shown_is_the_nearest_number_of_so_many_decimals(value: Decimal, places: int) -> None:
    form = "#,##0" + ("." + "0" * places if places else "")
    printed = Decimal(shown(str(value), form).replace(",", ""))
    assert abs(printed - value) * 2 <= Decimal(1).scaleb(-places)


@given(st.decimals(allow_nan=True, allow_infinity=True), st.text(max_size=20))
def test_no_format_is_a_fault(value: Decimal, form: str) -> None:
    assert isinstance(shown(str(value), form), str)
    is_date(form)


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "收支总表"
    sheet.append(["2025年收支总表"])
    sheet.append(["项目", "2024年", None, "2025年", "内部"])
    sheet.append(["税收", 1234.5678, None, 0.081, 9])
    sheet.append(["契税", 17, None, "—", 9])
    sheet.append(["罚没", 5, None, None, 9])
    sheet.append(["合计", "=SUM(B3:B5)", None, 0, 9])
    sheet["B3"].number_format = "#,##0.00"
    sheet["D3"].number_format = "0.0%"
    sheet["A4"].alignment = Alignment(indent=2)
    sheet.merge_cells("B2:C2")
    sheet.column_dimensions["E"].hidden = True
    sheet.row_dimensions[5].hidden = True
    other = book.create_sheet("草稿")
    other.append(["甲", 1])
    other.sheet_state = "hidden"
    last = book.create_sheet("Sheet9")
    last.append(["乙", "丙"])
    last.append(["丁", 2])
    return book


def saved(book: openpyxl.Workbook, path: Path) -> Document:
    book.save(path)
    loaded = load(str(path))
    assert isinstance(loaded, Document), loaded
    return loaded


def test_a_workbook_reads_as_it_is_shown(tmp_path: Path) -> None:
    document = saved(workbook(), tmp_path / "any.name")
    assert document.text == (
        "收支总表\n2025年收支总表\n\n"
        "| 项目 | 2024年 | 2025年 |\n| 税收 | 1,234.57 | 8.1% |\n|   契税 | 17 | — |\n"
        f"| 罚没 | 5 |  |\n| 合计 | {xlsx.UNCOMPUTED} | 0 |\n\n"
        "\f\n| 乙 | 丙 |\n| 丁 | 2 |\n\n"
    )
    assert len(document.notes) == 4  # a hidden sheet, column and row, a formula without a value
    place = where(document, document.text.index("17"))
    assert (place.page, place.table, place.row, place.cell) == (1, 1, 3, 2)
    assert where(document, document.text.index("丁")).page == 2


def test_what_is_not_printed_is_left_out(tmp_path: Path) -> None:
    book = workbook()
    book["收支总表"].print_area = "A1:B4"
    text = saved(book, tmp_path / "a.xlsx").text
    assert "契税" in text
    assert "罚没" not in text
    assert "8.1%" not in text


def test_a_hidden_row_of_zeros_is_left_out(tmp_path: Path) -> None:
    book = workbook()
    book["收支总表"]["B5"] = 0
    assert "罚没" not in saved(book, tmp_path / "a.xlsx").text


def rezipped(path: Path, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
    return out.getvalue()


def test_shared_strings_come_without_what_tells_how_to_say_them(tmp_path: Path) -> None:
    workbook().save(tmp_path / "a.xlsx")
    strings = (
        '<sst xmlns="x"><si><t>项</t></si><si><r><t>税</t></r><r><t>收_x000D_</t></r>'
        "<rPh><t>shui</t></rPh></si></sst>"
    )
    sheet = '<worksheet xmlns="x"><sheetData><row><c t="s"><v>1</v></c><c><v>7</v></c></row></sheetData></worksheet>'
    out = io.BytesIO(rezipped(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": sheet.encode()}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    assert "| 税收 | 7 |" in xlsx.read(out.getvalue(), "a.xlsx").text


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    workbook().save(tmp_path / "a.xlsx")
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'
    with pytest.raises(UnreadError) as error:
        xlsx.read(rezipped(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": bomb}), "a.xlsx")
    assert error.value.code == "part_damaged"


def test_a_sheet_of_too_many_cells_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook().save(tmp_path / "a.xlsx")
    monkeypatch.setattr(xlsx, "CELL_LIMIT", 5)
    loaded = load(str(tmp_path / "a.xlsx"), "en")
    assert isinstance(loaded, Unread)
    assert "5" in loaded.reason


@pytest.mark.parametrize("cut", [30, 400, 3000])
def test_a_damaged_workbook_is_one_line(cut: int, tmp_path: Path) -> None:
    workbook().save(tmp_path / "a.xlsx")
    data = (tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(data[:cut])
    loaded = load(str(tmp_path / "b.xlsx"))
    assert isinstance(loaded, Unread)
    assert "\n" not in loaded.reason


HARD = SHARED / "corpus" / "hard" / "lijiang_2025_budget_attachment.xlsx"


@pytest.mark.skipif(not HARD.exists(), reason="no corpus")
def test_a_real_workbook_has_the_values_that_another_reader_finds() -> None:
    """Every number of the visible, printed part that openpyxl finds is there, rounded to what is shown."""
    loaded = load(str(HARD))
    assert isinstance(loaded, Document)
    book = openpyxl.load_workbook(HARD, data_only=True)
    missing = total = 0
    shown_numbers = Counter(
        cell.strip().replace(",", "") for line in loaded.text.splitlines() for cell in line.split("|")
    )
    for sheet in book:
        area = sheet.print_area
        if not area or sheet.sheet_state != "visible" or "," in area:
            continue
        for row in sheet[area.rpartition("!")[2]]:
            for cell in row:
                hidden = sheet.column_dimensions[get_column_letter(cell.column)].hidden
                if hidden or not isinstance(cell.value, int) or not cell.value:
                    continue
                if cell.number_format not in ("#,##0", "#,##0_ ", "General", "0_ "):
                    continue
                total += 1
                if shown_numbers[str(cell.value)]:
                    shown_numbers[str(cell.value)] -= 1
                else:
                    missing += 1
    assert total > 5000
    assert missing <= total // 100


def test_a_table_of_plain_text_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes('项目,2024年,2025年\n"税,费","1,200.5",3\n契税,17,4\n'.encode("gbk"))
    loaded = load(str(path))
    assert isinstance(loaded, Document)
    assert loaded.text.strip() == "| 项目 | 2024年 | 2025年 |\n| 税,费 | 1,200.5 | 3 |\n| 契税 | 17 | 4 |"


@pytest.mark.parametrize(
    "text",
    [
        "全年受理704件，办结573件。\n成功率81.39%。\n",
        "a, b, and c.\nOne line, two commas, no table.\nd, e\n",
        "| a | b |\n|---|---|\n| 1,000 | 2,000 |\n",
        "",
        "甲,乙\n",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert csv.delimiter(text) == ""


@given(st.lists(st.lists(st.text(max_size=6), min_size=1, max_size=5), max_size=6))
def test_no_fields_are_a_fault(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in rows)
    mark = csv.delimiter(text, "a.csv")
    if mark:
        csv.table(text, mark, "utf-8")


def page(*lines: tuple[float, float, str]) -> bytes:
    objects = "".join(
        f'<ofd:TextObject Boundary="{x} {y} 100 5" Size="4"><ofd:TextCode X="0" Y="4" '
        f'DeltaX="g {max(len(text) - 1, 0)} 4">{text}</ofd:TextCode></ofd:TextObject>'
        for x, y, text in lines
    )
    return (
        '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Template TemplateID="7"/>'
        f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
    ).encode()


def made_ofd(pages: list[bytes]) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "OFD.xml",
            f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        listed = "".join(
            f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))
        )
        archive.writestr(
            "Doc_0/Document.xml",
            f'<ofd:Document {space}><ofd:CommonData><ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        archive.writestr("Doc_0/Tpls/T.xml", page((10, 5, "沪司〔2017〕101号")))
        for i, content in enumerate(pages):
            archive.writestr(f"Doc_0/Pages/Page_{i}/Content.xml", content)
    return out.getvalue()


def test_an_ofd_reads_in_lines_and_rows_by_place() -> None:
    first = page(
        (10, 30, "成功率81.39%。"), (10, 20, "全年受理704件，"), (46.5, 20, "成功573件，"),
        (10, 50, "项目"), (60, 50, "金额"), (10, 60, "税收"), (60, 60, "12.5"),
    )  # fmt: skip
    read = ofd.read(made_ofd([first, page((10, 20, "第二页"))]), "a.ofd")
    assert read.text == (
        "全年受理704件，成功573件，\n成功率81.39%。\n\n| 项目 | 金额 |\n| 税收 | 12.5 |\n\n\f第二页\n"
    )
    assert [note.code for note in read.notes] == ["templates"]


def test_a_template_of_one_page_is_part_of_it() -> None:
    assert "101号" in ofd.read(made_ofd([page((10, 20, "一页"))]), "a.ofd").text


@pytest.mark.parametrize("member", ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"])
def test_a_damaged_ofd_is_one_line(member: str, tmp_path: Path) -> None:
    (tmp_path / "a.ofd").write_bytes(made_ofd([page((10, 20, "一页"))]))
    (tmp_path / "b.ofd").write_bytes(rezipped(tmp_path / "a.ofd", {member: b"<broken"}))
    loaded = load(str(tmp_path / "b.ofd"))
    assert isinstance(loaded, Unread)
    assert "\n" not in loaded.reason


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_without_an_office_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ole, "office", lambda: None)
    (tmp_path / "a.doc").write_bytes(OLE)
    loaded = load(str(tmp_path / "a.doc"), "en")
    assert isinstance(loaded, Unread)
    assert "LibreOffice" in loaded.reason


def office(tmp_path: Path, script: str) -> str:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell script stands for LibreOffice")


@POSIX
def test_what_an_office_converts_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook().save(tmp_path / "made.xlsx")
    program = office(
        tmp_path, f'while [ "$1" != --outdir ]; do shift; done; cp {tmp_path}/made.xlsx "$2/in.xlsx"'
    )
    monkeypatch.setattr(ole, "office", lambda: program)
    data = OLE + "Workbook".encode("utf-16-le")
    assert "1,234.57" in ole.read(data, "a.xls").text


@POSIX
@pytest.mark.parametrize(
    ("script", "code"), [("exit 1", "conversion_failed"), ("sleep 60 & wait", "conversion_timeout")]
)
def test_an_office_that_fails_or_hangs_is_one_line(
    script: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = office(tmp_path, script)
    monkeypatch.setattr(ole, "office", lambda: program)
    with pytest.raises(UnreadError) as error:
        ole.convert(OLE, "doc", "docx", timeout=0.5)
    assert error.value.code == code
