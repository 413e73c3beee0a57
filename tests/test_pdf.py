from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from gouji.extract import ocr
from gouji.extract import pdf as reader
from gouji.extract.document import Document, Unread
from gouji.extract.extracted import Extracted, said
from gouji.extract.flow import flow
from gouji.extract.pdf import read
from gouji.extract.reader import load
from gouji.extract.sections import where
from gouji.extract.text import UnreadError

from .pdf_files import Pdf, paragraph

LONG = (
    "全年全市完成各类项目一千余个，其中新建项目占大头，续建项目稳步推进，全年投入资金12345.67万元，"
    "比上年增长5.8%，其中市级投入资金8000.5万元，区级投入资金4345.17万元，均已按时拨付到位并完成结算工作。"
)


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of scans here is what is told where OCR is not installed."""
    monkeypatch.setattr(ocr, "installed", lambda: False)


def written(pdf: Pdf) -> Extracted:
    return read(pdf.data(), "x.pdf")


def lines(pdf: Pdf) -> list[str]:
    return [line for line in written(pdf).text.replace("\f", "").split("\n") if line]


def test_lines_become_paragraphs() -> None:
    pdf = Pdf()
    pdf.page()
    y = paragraph(pdf, LONG, 740)
    y = paragraph(pdf, LONG.replace("全市", "全省"), y)
    paragraph(pdf, "短句一段。", y)
    assert lines(pdf) == [LONG, LONG.replace("全市", "全省"), "短句一段。"]


@pytest.mark.parametrize("per", range(18, 30))
def test_a_number_is_rejoined_with_its_rest_and_unit_wherever_the_line_breaks(per: int) -> None:
    pdf = Pdf()
    pdf.page()
    y = paragraph(pdf, LONG, 740, per=per)
    paragraph(pdf, LONG, y, per=per)
    assert flow("\n".join(lines(pdf))).text == f"{LONG}\n{LONG}"


def test_furniture_between_two_halves_of_a_sentence_is_taken_out() -> None:
    pdf = Pdf()
    half = LONG.index("8000") + 2  # the page breaks inside the number
    for number, (part, start) in enumerate([(LONG[:half], 0), (LONG[half:], 1), (LONG, 0)], 1):
        pdf.page()
        pdf.text(200, 800, "某司〔2017〕101号", 10)
        y = 740.0
        if not start:
            y = paragraph(pdf, LONG, y)
            y = paragraph(pdf, part, y)
        else:
            pdf.text(75, y, part[:27])
            pdf.text(75, y - 28, part[27:])
        pdf.text(280, 40, f"- {number} -", 10)
    text = written(pdf).text
    assert "101" not in text
    assert "- 1 -" not in text
    assert "2 -" not in text


def test_a_paragraph_goes_on_over_a_page_and_its_numbers_know_theirs() -> None:
    pdf = Pdf()
    pdf.page()
    pdf.text(107, 100, "全年投入资金总额是一万二千余元，其中市级投入8000")
    pdf.text(280, 40, "— 1 —", 10)
    pdf.page()
    pdf.text(75, 740, "万元，区级投入4345万元。")
    pdf.text(107, 712, "全年投入资金总额是一万二千余元，其中市级投入8001")
    pdf.text(75, 684, "万元，区级投入4346万元。")
    pdf.text(280, 40, "— 2 —", 10)
    extracted = written(pdf)
    assert "市级投入8000万元，区级投入4345万元。" in extracted.text
    assert extracted.layout is not None
    assert extracted.layout.page(extracted.text.index("8000")) == 1
    assert extracted.layout.page(extracted.text.index("4345")) == 2


def test_a_bare_number_that_counts_no_pages_stays() -> None:
    pdf = Pdf()
    for number in ("704", "573"):
        pdf.page()
        y = paragraph(pdf, LONG, 740)
        pdf.text(75, y, "件数：")
        pdf.text(280, 60, number)
    text = written(pdf).text
    assert "704" in text
    assert "573" in text


def test_the_unit_over_a_table_is_no_running_head() -> None:
    pdf = Pdf()
    for number in range(4):
        pdf.page()
        pdf.text(400, 790, "单位：万元", 12)
        pdf.grid([75, 200, 325], [700, 730, 760])
        for r in range(2):
            pdf.text(85, 740 - 30 * r, f"项目{number}", 12)
            pdf.text(220, 740 - 30 * r, f"{number}{r}5.5", 12)
    assert written(pdf).text.count("单位：万元") == 4


def test_drawn_tables_are_rows_and_merged_cells_come_once() -> None:
    pdf = Pdf()
    pdf.page()
    xs, ys = [75.0, 200.0, 300.0, 400.0], [640.0, 670.0, 700.0, 730.0]
    for x in (75, 400):
        pdf.line(x, 640, x, 730)
    pdf.line(200, 640, 200, 730)
    pdf.line(300, 640, 300, 700)  # the head of two columns is one cell
    for y in ys:
        pdf.line(xs[0] if y != 700 else 200, y, 400, y)  # and so is the corner
    pdf.text(85, 695, "项目", 12)
    pdf.text(260, 710, "收入预算", 12)
    pdf.text(210, 680, "上年", 12)
    pdf.text(310, 680, "本年", 12)
    pdf.text(85, 650, "合计", 12)
    pdf.text(210, 650, "1,234.50", 12)
    pdf.text(310, 650, "-", 12)
    assert lines(pdf) == ["| 项目 | 收入预算 |  |", "|  | 上年 | 本年 |", "| 合计 | 1,234.50 | - |"]


def test_numbers_in_cells_side_by_side_are_not_glued() -> None:
    pdf = Pdf()
    pdf.page()
    pdf.grid([75, 120, 156, 192, 228], [700, 724])
    pdf.text(78, 706, "合计", 12)
    for i, number in enumerate(("12345", "67890", "11111")):
        pdf.text(121 + 36 * i, 706, number, 14)
    assert lines(pdf) == ["| 合计 | 12345 | 67890 | 11111 |"]


def test_a_table_without_lines_is_known_by_its_gaps() -> None:
    pdf = Pdf()
    pdf.page()
    y = paragraph(pdf, LONG, 740)
    for label, *numbers in (("指标", "数量", "增长"), ("粮食产量", "704.5", "3.1"), ("油料", "61.99", "2.8")):
        pdf.text(100, y, label, 12)
        for i, number in enumerate(numbers):
            pdf.text(250 + 100 * i, y, number, 12)
        y -= 20
    assert lines(pdf)[1:] == [
        "| 指标 | 数量 | 增长 |",
        "| 粮食产量 | 704.5 | 3.1 |",
        "| 油料 | 61.99 | 2.8 |",
    ]


def test_columns_are_read_one_after_the_other() -> None:
    pdf = Pdf()
    pdf.page()
    pdf.text(150, 780, "关于预算执行情况的报告大标题", 22)
    first, second = LONG, LONG.replace("全市", "全省")
    y = paragraph(pdf, first, 720, x=50, per=19, size=12)
    paragraph(pdf, first, y, x=50, per=19, size=12)
    y = paragraph(pdf, second, 720, x=310, per=19, size=12)
    paragraph(pdf, second, y, x=310, per=19, size=12)
    assert lines(pdf) == ["关于预算执行情况的报告大标题", first, first, second, second]


def test_text_turned_with_the_page_is_read_upright() -> None:
    pdf = Pdf()
    pdf.page(rotate=90)
    for i, text in enumerate((LONG[:27], LONG[27:54])):
        pdf.text(100 + 28 * i, 75, text, angle="0 1 -1 0")
    assert "".join(lines(pdf)) == LONG[:54]


def test_watermarks_are_left_out_and_said() -> None:
    pdf = Pdf()
    pdf.page()
    paragraph(pdf, LONG, 740)
    pdf.text(200, 300, "内部资料704", angle="0.707 0.707 -0.707 0.707")
    extracted = written(pdf)
    assert "704" not in extracted.text
    assert any("水印" in note for note in said(extracted.notes))


def test_text_that_cannot_be_seen_is_left_out_and_said() -> None:
    pdf = Pdf()
    pdf.page()
    y = paragraph(pdf, LONG, 740)
    pdf.hidden(85, y, "4.6")
    pdf.text(75, y - 3, "3.7")
    extracted = written(pdf)
    assert extracted.text.splitlines() == [LONG, "3.7"]
    assert any("看不见" in note for note in said(extracted.notes))


def test_numbers_stacked_in_one_drawn_row_are_rows_with_their_labels() -> None:
    pdf = Pdf()
    pdf.page()
    pdf.grid([75, 250, 350, 450], [600, 700, 730])
    for i, text in enumerate(("指标", "数量", "增长")):
        pdf.text((85, 260, 360)[i], 710, text, 12)
    rows = [("合计", "104.83", "3.7"), ("教育", "57.62", "10.5"), ("卫生", "8.18", "-2.4")]
    for r, row in enumerate(rows):
        for i, text in enumerate(row):
            pdf.text((85, 260, 360)[i], 680 - 24 * r, text, 12)
    assert lines(pdf)[1:] == [f"| {a} | {b} | {c} |" for a, b, c in rows]


def test_the_raised_figure_of_a_unit_stays_with_it() -> None:
    pdf = Pdf()
    pdf.page()
    y = paragraph(pdf, LONG, 740)
    pdf.text(75, y, "平均浓度为42μg/m")
    pdf.text(75 + 128, y + 8, "3", 8)
    pdf.text(75 + 132, y, "，下降4.5%。")
    assert lines(pdf)[-1] == "平均浓度为42μg/m3，下降4.5%。"


def test_letters_printed_twice_for_bold_come_once() -> None:
    pdf = Pdf()
    pdf.page()
    pdf.text(75, 700, "共印2255份。")
    pdf.text(75.4, 700, "共印2255份。")
    assert lines(pdf) == ["共印2255份。"]


def test_a_nameless_dot_between_digits_is_a_decimal_point_and_said() -> None:
    pdf = Pdf()
    pdf.unmapped.add("·")
    pdf.page()
    paragraph(pdf, LONG, 740)
    pdf.text(75, 500, "收入12·5亿元。")
    extracted = written(pdf)
    assert "12.5亿元" in extracted.text
    assert any("小数点" in note for note in said(extracted.notes))


# --- what cannot be read ---------------------------------------------------------------------------


def code(data: bytes) -> str:
    with pytest.raises(UnreadError) as caught:
        read(data, "x.pdf")
    for lang in ("zh", "en"):
        assert "\n" not in caught.value.message(lang)
    return caught.value.code


def test_a_scan_is_told() -> None:
    pdf = Pdf()
    for _ in range(3):
        pdf.page()
        pdf.picture()
    assert code(pdf.data()) == "pdf_scan"


def test_scanned_pages_among_others_are_told() -> None:
    pdf = Pdf()
    pdf.page()
    paragraph(pdf, LONG, 740)
    pdf.page()
    pdf.picture()
    extracted = written(pdf)
    assert LONG in extracted.text
    assert "2" in said(extracted.notes)[0]


def test_a_broken_character_map_is_told() -> None:
    pdf = Pdf()
    pdf.unmapped.update(LONG[:60])
    pdf.page()
    paragraph(pdf, LONG, 740)
    assert code(pdf.data()) == "pdf_garbled"


def test_characters_without_a_map_are_not_taken_for_others() -> None:
    pdf = Pdf()
    pdf.nameless.update("704件")
    pdf.page()
    y = paragraph(pdf, LONG, 740)
    y = paragraph(pdf, LONG, y)
    pdf.text(75, y, "共704件")
    extracted = written(pdf)
    assert extracted.text.splitlines()[-1][0] == "共"
    assert not any(char.isalnum() for char in extracted.text.splitlines()[-1][1:])
    assert any("映射" in note for note in said(extracted.notes))


def test_a_map_to_wrong_characters_is_told() -> None:
    pdf = Pdf()
    pdf.page()
    paragraph(pdf, "".join(chr(0x7E3E + 37 * i % 4000) for i in range(200)), 740)
    assert code(pdf.data()) == "pdf_garbled"


def test_a_locked_file_is_told() -> None:
    pdf = Pdf()
    pdf.page()
    paragraph(pdf, LONG, 740)
    assert code(pdf.data(locked=True)) == "pdf_encrypted"


@pytest.mark.parametrize("cut", [9, 100, 1000])
def test_a_file_cut_off_is_damaged(cut: int) -> None:
    pdf = Pdf()
    pdf.page()
    paragraph(pdf, LONG, 740)
    assert code(pdf.data()[:cut]) in ("pdf_damaged", "blank")


def test_noise_is_read_or_refused_in_one_line() -> None:
    pdf = Pdf()
    pdf.page()
    paragraph(pdf, LONG, 740)
    good, chance = pdf.data(), random.Random(5)
    codes = set()
    for _ in range(8):
        data = bytearray(good)
        for _ in range(40):
            data[chance.randrange(9, len(data))] = chance.randrange(256)
        try:
            codes.add(read(bytes(data), "x.pdf").format)
        except UnreadError as error:
            codes.add(error.code)
    assert codes <= {"pdf", "pdf_damaged", "pdf_garbled", "pdf_scan", "pdf_heavy", "pdf_encrypted"}


def test_too_many_pages_are_refused() -> None:
    pdf = Pdf()
    for _ in range(2001):
        pdf.page()
    assert code(pdf.data()) == "pdf_pages"


@pytest.mark.parametrize(
    ("status", "said_"), [(-9, "pdf_heavy"), (-24, "pdf_heavy"), (-6, "pdf_heavy"), (-11, "pdf_damaged")]
)
def test_a_process_that_is_ended_is_told(monkeypatch: pytest.MonkeyPatch, status: int, said_: str) -> None:
    done = subprocess.CompletedProcess([], status, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: done)
    assert code(b"%PDF-1.7") == said_


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_WAIT", 0.001)
    pdf = Pdf()
    pdf.page()
    assert code(pdf.data()) == "pdf_heavy"


def test_from_path_to_place(tmp_path: Path) -> None:
    pdf = Pdf()
    for i in range(2):
        pdf.page()
        paragraph(pdf, LONG.replace("8000.5", f"80{i}0.5"), 740)
    path = tmp_path / "报告.bin"  # the content tells
    path.write_bytes(pdf.data())
    document = load(str(path))
    assert isinstance(document, Document)
    assert where(document, document.text.index("8000.5")).page == 1
    assert where(document, document.text.index("8010.5")).page == 2
    path.write_bytes(b"%PDF-1.7 nothing")
    assert isinstance(load(str(path)), Unread)
