"""Word documents are read as they are printed."""

import time
from pathlib import Path

import pytest

from gouji.extract import sections
from gouji.extract.document import Document, Unread
from gouji.extract.docx import read
from gouji.extract.docx_numbering import spelt
from gouji.extract.extracted import said
from gouji.extract.formats import name
from gouji.extract.reader import load
from gouji.extract.text import UnreadError

from .docx_file import docx, p, packed, r, tbl, tc, tr


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in read(docx(body, **parts)).text.splitlines() if line]


def codes(body: str, **parts: str) -> dict[str, dict[str, str]]:
    return {note.code: dict(note.params) for note in read(docx(body, **parts)).notes}


def box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


def test_the_body_is_read_in_order() -> None:
    body = p("全年受理12件。") + tbl(tr("项目", "件数"), tr("受理", "12")) + p("办结9件。")
    assert lines(body) == ["全年受理12件。", "| 项目 | 件数 |", "| 受理 | 12 |", "办结9件。"]


def test_a_number_split_over_runs_is_one() -> None:
    assert lines(p(r("受理12") + "<w:proofErr/>" + r(",2") + r("98件。", "<w:b/>"))) == ["受理12,298件。"]


CHANGED = p(
    r("办结") + f"<w:del><w:r><w:delText>537</w:delText></w:r></w:del><w:ins>{r('573')}</w:ins>" + r("件。")
)


def test_changes_are_read_as_accepted() -> None:
    assert lines(CHANGED) == ["办结573件。"]
    assert codes(CHANGED) == {"tracked": {"insertions": "1", "deletions": "1"}}


def test_moved_text_is_read_where_it_went() -> None:
    body = p(f"<w:moveFrom>{r('移走7件。')}</w:moveFrom>" + r("留下2件。")) + p(
        f"<w:moveTo>{r('移走7件。')}</w:moveTo>"
    )
    assert lines(body) == ["留下2件。", "移走7件。"]


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    assert lines(p("受理1", "<w:rPr><w:del/></w:rPr>") + p("2件。")) == ["受理12件。"]


def test_a_deleted_row_is_not_read() -> None:
    assert lines(tbl(tr("甲", "1"), tr("乙", "2", properties="<w:del/>"))) == ["| 甲 | 1 |"]


def test_tracking_without_changes_is_noted() -> None:
    assert codes(p("一件。"), settings="<w:trackRevisions/>") == {"tracking": {}}
    assert codes(p("一件。"), settings='<w:trackRevisions w:val="0"/>') == {}


def test_content_controls_are_opened() -> None:
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('704')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('办结428件。')}</w:sdtContent></w:sdt>"
    assert lines(p(r("受理") + inline + r("件。")) + block) == ["受理704件。", "办结428件。"]


def test_the_hint_of_an_empty_control_is_not_text() -> None:
    hint = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('填写数字99')}</w:sdtContent></w:sdt>"
    )
    assert lines(p(r("受理") + hint + r("件。"))) == ["受理件。"]


def test_a_text_box_is_read_once() -> None:
    both = f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box('调解881件。')}</wps:txbx></w:drawing></mc:Choice>"
    both += f"<mc:Fallback><w:pict><v:textbox>{box('调解881件。')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    assert lines(p(r("受理3件。") + f"<w:r>{both}</w:r>")) == ["受理3件。", "调解881件。"]


@pytest.mark.parametrize(
    ("run", "styles"),
    [
        (r("999", "<w:vanish/>"), ""),
        (r("999", '<w:rStyle w:val="h"/>'), '<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'),
        (
            r("999", '<w:rStyle w:val="k"/>'),
            '<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
            '<w:style w:styleId="k"><w:basedOn w:val="h"/></w:style>',
        ),
    ],
)
def test_hidden_text_is_left_out_and_noted(run: str, styles: str) -> None:
    body = p(r("受理") + run + r("3件。"))
    assert lines(body, styles=styles) == ["受理3件。"]
    assert codes(body, styles=styles) == {"hidden": {"count": "1"}}


def test_text_that_is_not_hidden_after_all() -> None:
    assert lines(p(r("受理3件。", '<w:vanish w:val="0"/>'))) == ["受理3件。"]


def test_headers_are_left_out() -> None:
    assert lines(p("受理3件。"), header1=p("沪司〔2017〕101号")) == ["受理3件。"]


def test_a_footnote_follows_its_paragraph_and_its_mark_is_no_digit() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:type="separator" w:id="0">{p("——")}</w:footnote><w:footnote w:id="2">{p("不含8件。")}</w:footnote>'
    body = p(r("受理12") + mark + r("件。")) + p("办结9件。")
    assert lines(body, footnotes=notes) == ["受理12件。", "不含8件。", "办结9件。"]
    table = tbl(tr("甲", tc(p(r("7") + mark))), tr("乙", "8"))
    assert lines(table, footnotes=notes) == ["| 甲 | 7 |", "| 乙 | 8 |", "不含8件。"]


def test_raised_digits_are_no_part_of_a_number() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert lines(p(r("面积20m") + r("2", raised) + r("，共10") + r("4", raised))) == ["面积20m²，共10⁴"]


def test_fields_show_their_result() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(A1:A9) 77</w:instrText></w:r>'
    )
    field += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("45")
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert lines(p(r("共") + field + r("件。"))) == ["共45件。"]


def test_a_table_of_contents_is_left_out() -> None:
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3"</w:instrText></w:r>'
    )
    start += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        p(start + r("一、综合") + "<w:r><w:tab/></w:r>" + r("3")) + p(r("二、工业 8") + end) + p("全年平稳。")
    )
    assert lines(body) == ["全年平稳。"]


def test_merged_cells_have_their_text_once() -> None:
    span, top, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = tbl(
        tr(tc("地区", top), tc("收入", span)),
        tr(tc("地区", below), "本年", "上年"),
        tr("甲", "7", "5"),
    )
    assert lines(table) == ["| 地区 | 收入 |  |", "|  | 本年 | 上年 |", "| 甲 | 7 | 5 |"]


def test_cells_are_lines_of_their_own_and_keep_their_place() -> None:
    body = p("受理3件。") + tbl(tr("甲", "乙|丙"), tr("1", tc(p("2") + p("3"))))
    extracted = read(docx(body))
    assert extracted.text == "受理3件。\n\n| 甲 | 乙¦丙 |\n| 1 | 2 3 |\n\n"
    assert extracted.layout is not None
    assert [(extracted.text[c.start : c.end], *c[2:]) for c in extracted.layout.cells] == [
        ("甲", 1, 1, 1),
        ("乙¦丙", 1, 1, 2),
        ("1", 1, 2, 1),
        ("2 3", 1, 2, 2),
    ]


def test_a_frame_round_text_is_no_table() -> None:
    long = "全年坚持稳中求进，" * 20 + "受理3件。"
    assert lines(tbl(tr(tc(p("一、概况") + p("受理3件。"))))) == ["一、概况", "受理3件。"]
    assert lines(tbl(tr("工作情况", long), tr("件数", "3"))) == ["工作情况", long, "| 件数 | 3 |"]


def test_a_table_in_a_table_follows_it() -> None:
    inner = tbl(tr("丙", "3"), tr("丁", "4"))
    assert lines(tbl(tr("甲", "1"), tr("乙", tc(p("2") + inner)))) == [
        "| 甲 | 1 |",
        "| 乙 | 2 |",
        "| 丙 | 3 |",
        "| 丁 | 4 |",
    ]


def numbered(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(at: int, format: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%2.%3.%4", "<w:isLgl/>")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_automatic_numbers_appear_as_printed() -> None:
    body = (
        p("综合", numbered(0))
        + p("农业", numbered(1))
        + p("2025年粮食", numbered(2))
        + p("2024年棉花", numbered(2))
    )
    body += (
        p("工业", numbered(1))
        + p("煤", numbered(2))
        + p("深", numbered(3))
        + p("投资", numbered(0))
        + p("基建", numbered(1))
    )
    body += p("另起", numbered(0, 2)) + p("无号", numbered(0, 0))
    assert lines(body, numbering=NUMBERING) == [
        "一、综合",
        "（一）农业",
        "1. 2025年粮食",
        "2. 2024年棉花",
        "（二）工业",
        "1. 煤",
        "1.2.1.1 深",
        "二、投资",
        "（一）基建",
        "一、另起",
        "无号",
    ]


def test_a_style_may_number() -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="z"><w:pPr>{numbered(1)}</w:pPr></w:style>'
    assert lines(p("农业", '<w:pStyle w:val="z"/>'), numbering=NUMBERING, styles=styles) == ["（一）农业"]


def test_a_deleted_item_does_not_count() -> None:
    gone = "<w:del><w:r><w:delText>农业</w:delText></w:r></w:del>"
    body = p("综合", numbered(0)) + p(gone, numbered(0) + "<w:rPr><w:del/></w:rPr>") + p("工业", numbered(0))
    assert lines(body, numbering=NUMBERING) == ["一、综合", "二、工业"]


@pytest.mark.parametrize(
    ("number", "format", "words"),
    [
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "chineseCounting", "二十"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (10_001, "chineseCountingThousand", "一万零一"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (12, "decimalEnclosedCircle", "⑫"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "decimalEnclosedParen", "⑵"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (5, "none", ""),
        (5, "unheardOf", "5"),
        (0, "chineseCounting", "0"),
    ],
)
def test_numbers_of_lists(number: int, format: str, words: str) -> None:
    assert spelt(number, format) == words


def test_headings_are_marked_where_nothing_marks_them() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    style = '<w:pStyle w:val="1"/>'
    body = p("综合情况", style) + p("一、农业", style) + p("全年平稳。受理3件。", style)
    assert lines(body, styles=styles) == ["# 综合情况", "一、农业", "全年平稳。受理3件。"]


def test_pages_are_those_that_word_printed() -> None:
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        p("第一页。")
        + p(r("受理") + turn + r("12件。"))
        + p('<w:r><w:br w:type="page"/></w:r>')
        + p(turn + r("办结9件。"))
    )
    extracted = read(docx(body))
    document = Document("", "", extracted.text, layout=extracted.layout)
    assert "\f" not in extracted.text
    pages = {
        word: sections.where(document, extracted.text.index(word)).page
        for word in ("第一", "受理", "12", "办结")
    }
    assert pages == {"第一": 1, "受理": 1, "12": 2, "办结": 3}


def test_without_printed_pages_none_is_told() -> None:
    extracted = read(docx(p('<w:r><w:t>受理</w:t><w:br w:type="page"/><w:t>3件。</w:t></w:r>')))
    assert extracted.text == "受理3件。\n"
    assert sections.where(Document("", "", extracted.text, layout=extracted.layout), 0).page is None


def test_charts_are_noted() -> None:
    assert codes(p(r("见图。") + "<w:r><w:drawing><c:chart/></w:drawing></w:r>")) == {
        "charts": {"count": "1"}
    }


def test_a_file_is_told_by_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(docx(p("某某市司法局2017年工作报告") + CHANGED + tbl(tr("受理", "12"), tr("办结", "9"))))
    document = load(str(path), "en")
    assert isinstance(document, Document)
    assert document.title == "某某市司法局2017年工作报告"
    assert document.notes == (
        "tracked changes are pending: 1 insertions, 1 deletions; read as if all were accepted",
    )
    assert [figure.numeral for figure in document.figures] == ["573", "12", "9"]
    for figure in document.figures:
        assert document.text[figure.start : figure.end] == figure.text
    place = sections.where(document, document.figures[2].start)
    assert (place.paragraph, place.table, place.row, place.cell) == (None, 1, 2, 2)
    assert sections.where(document, document.figures[0].start).paragraph == 2


def test_notes_have_both_languages() -> None:
    notes = read(docx(CHANGED)).notes
    assert said(notes, "zh") != said(notes, "en")


# --- bad input -----------------------------------------------------------------------------------------


def refused(data: bytes) -> str:
    with pytest.raises(UnreadError) as caught:
        read(data)
    for lang in ("zh", "en"):
        assert "\n" not in caught.value.message(lang)
    return caught.value.code


DOCUMENT = "word/document.xml"
BOMB = (
    '<!DOCTYPE d [<!ENTITY a "99999999"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<document><body><p><r><t>&b;</t></r></p></body></document>"
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<document><body>", "part_damaged"),
        (b"", "part_damaged"),
        (b"<document/>", "part_damaged"),
        (BOMB.encode(), "part_damaged"),
        (BOMB.encode("utf-16"), "part_damaged"),
        (b'<?xml version="1.0" encoding="no-such"?><document/>', "part_damaged"),
        (b"<document>" + b" " * (100 * 1048576) + b"</document>", "unpacked"),
        (
            b"<document><body>"
            + b"<sdt><sdtContent>" * 5000
            + b"</sdtContent></sdt>" * 5000
            + b"</body></document>",
            "too_deep",
        ),
    ],
)
def test_bad_parts(content: bytes, code: str) -> None:
    begin = time.process_time()
    assert refused(packed({DOCUMENT: content})) == code
    assert time.process_time() - begin < 4.0


def test_damaged_archives() -> None:
    whole = docx(p("受理3件。"))
    assert refused(whole[: len(whole) // 2]) == "archive_damaged"
    assert refused(b"PK\x03\x04" + b"\0" * 100) == "archive_damaged"
    assert refused(packed({"a.txt": b""})) == "part_damaged"


def test_a_damaged_member() -> None:
    data = bytearray(docx(p("受理3件，" * 200)))
    at = data.index(DOCUMENT.encode()) + 60
    data[at : at + 20] = b"\xff" * 20
    assert refused(bytes(data)) in ("archive_damaged", "part_damaged")


def test_too_many_members() -> None:
    assert refused(packed({f"{i}": b"" for i in range(20_001)})) == "archive_members"


def test_an_encrypted_member() -> None:
    data = bytearray(packed({DOCUMENT: b"<document/>"}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    assert refused(bytes(data)) == "encrypted"


def test_every_cut_is_read_or_refused_in_one_line(tmp_path: Path) -> None:
    whole = docx(p("受理3件。") + tbl(tr("甲", "1"), tr("乙", "2")), numbering=NUMBERING)
    path = tmp_path / "a.docx"
    for end in range(4, len(whole), 37):
        path.write_bytes(whole[:end])
        assert isinstance(load(str(path)), Unread)


def test_spans_are_bounded() -> None:
    wide = tbl(*[tr(tc("甲", '<w:gridSpan w:val="999999999"/>'), "1") for _ in range(50)])
    assert len(read(docx(wide)).text) < 50 * 300


def test_other_archives_are_not_taken_for_word() -> None:
    assert name(packed({"a.txt": b""})) == "zip"
    assert name(docx("")) == "docx"
