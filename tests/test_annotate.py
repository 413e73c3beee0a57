"""Annotated copies: notes at the right numbers, and nothing else changed."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from gouji.extract import docx as docx_reader
from gouji.extract import reader
from gouji.extract.document import Document
from gouji.extract.text import UnreadError
from gouji.reports import annotate_pdf
from gouji.reports.annotate import names
from gouji.reports.annotate_docx import annotated
from gouji.reports.annotate_zip import replaced
from gouji.reports.cli import cli
from gouji.reports.mark import Mark, Refused

from .docx_file import NAMES, OFFICE, RELATIONS, docx, p, packed, r, tbl, tr
from .pdf_files import Pdf, paragraph

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WRONG = "全年受理物业纠纷704件，调解成功573件，调解成功率81.93%。"
TWICE = "全年受理物业纠纷704件，同比增长5.3%，调解成功803件，调解成功率81.93%。"
TITLE = "某某市司法局2017年法治政府建设情况报告"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["audit", *arguments])


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def spans(data: bytes, part: str = "word/document.xml") -> dict[str, str]:
    """The text that the range of every comment holds, by the id of the comment."""
    xml = parts(data)[part].decode()
    found: dict[str, str] = {}
    for start in re.finditer(r'<\w+:commentRangeStart[^>]*:id="(\d+)"/>', xml):
        end = re.search(rf'<\w+:commentRangeEnd[^>]*:id="{start[1]}"/>', xml[start.end() :])
        assert end
        inside = xml[start.end() : start.end() + end.start()]
        assert re.search(rf'<\w+:commentReference \w+:id="{start[1]}"/>', xml[start.end() :])
        found[start[1]] = "".join(re.findall(r"<\w+:t(?: [^>]*)?>([^<]*)</", inside))
    return found


def noted(data: bytes) -> dict[str, str]:
    """The texts of the comments, by id, lines parted by line ends."""
    xml = parts(data)["word/comments.xml"].decode()
    return {
        match[1]: "\n".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", match[2]))
        for match in re.finditer(r'<w:comment [^>]*w:id="(\d+)"[^>]*>(.*?)</w:comment>', xml)
    }


def on(data: bytes, *numbers: str) -> bytes:
    """Annotate the first place of each of ``numbers``; every mark finds its place."""
    text = docx_reader.read(data).text
    marks = [Mark(at := text.index(number), at + len(number), f"zu {number}") for number in numbers]
    copy, placed = annotated(data, text, marks)
    assert placed == len(marks)
    assert docx_reader.read(copy).text == text, "the copy reads as the original"
    return copy


def ranges(body: str, *numbers: str, **more: str) -> list[str]:
    return list(spans(on(docx(body, **more), *numbers)).values())


# --- Word: where -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    [
        r("成功率81.93%。"),
        r("成功率") + r("81.93%") + r("。"),
        r("成功率8") + r("1.", "<w:b/>") + r("93%。"),
        "<w:hyperlink>" + r("成功率81.93%。") + "</w:hyperlink>",
        '<w:ins w:id="1" w:author="a">' + r("成功率8") + "</w:ins>" + r("1.93%"),
        '<w:del w:id="1" w:author="a"><w:r><w:delText>9</w:delText></w:r></w:del>' + r("成功率81.93%。"),
        "<w:r><w:t>成功率</w:t><w:tab/><w:t>81.93%</w:t><w:br/><w:t>又</w:t></w:r>",
        "<w:r><w:t xml:space='preserve'>成功率 81.93% 又</w:t></w:r>",
        "<w:r><w:t>成功率 81.93% 又</w:t></w:r>",
        "<w:r><w:t>&lt;成功率&#x3c;&amp;81.93%</w:t></w:r>",
        r("𠀀𠀁81.93%"),
    ],
)
def test_a_comment_holds_its_number_and_nothing_else(inside: str) -> None:
    assert ranges(p(inside), "81.93%") == ["81.93%"]


def test_a_run_is_parted_into_runs_of_its_format() -> None:
    body = p('<w:r w:rsidR="00A1"><w:rPr><w:b/></w:rPr><w:t>甲 81.93% 乙</w:t></w:r>')
    xml = parts(on(docx(body), "81.93%"))["word/document.xml"].decode()
    run = '<w:r w:rsidR="00A1"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
    assert xml.count(run + "81.93%</w:t></w:r>") == 1
    assert xml.count(run) == 3, "the first had its tag, and now keeps its space"
    assert '<w:t xml:space="preserve">甲 </w:t>' in xml, "white space at the cut stays"


@pytest.mark.parametrize(
    "inside",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>" + r("成功率81.93%") + "</w:sdtContent></w:sdt>",
        "<w:r><w:t><![CDATA[成功率81.93%]]></w:t></w:r>",
        "<m:oMath><m:r><m:t>81.93%</m:t></m:r></m:oMath>",
        "<w:r><w:t> 成功率81.93% </w:t></w:r>",
    ],
)
def test_what_cannot_be_parted_is_marked_as_a_whole(inside: str) -> None:
    copy = on(docx(p(r("前") + inside + r("后"))), "81.93%")
    xml = parts(copy)["word/document.xml"].decode()
    assert f'<w:commentRangeStart w:id="0"/>{inside}<w:commentRangeEnd w:id="0"/>' in xml


def test_numbers_in_tables() -> None:
    body = tbl(tr("年", "件"), tr("2016", "100"), tr("2017", "100"), tr("合计", "a|100"))
    text = docx_reader.read(docx(body)).text
    last = text.rindex("100")
    copy, placed = annotated(docx(body), text, [Mark(last, last + 3, "x")])
    xml = parts(copy)["word/document.xml"].decode()
    assert placed == 1
    assert xml.index("commentRangeStart") > xml.index("合计"), "the last 100, not the first"
    assert spans(copy) == {"0": "100"}


def test_numbers_in_a_cell_of_two_paragraphs_with_list_numbers() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = tbl(tr("甲", "乙"), tr("x", f"<w:tc>{p(r('受理12件'), listed)}{p(r('办结34件'), listed)}</w:tc>"))
    assert ranges(body, "12件", "34件", numbering=numbering) == ["12件", "34件"]


def test_a_number_in_a_footnote_is_marked_at_the_mark_of_the_note() -> None:
    body = p(r("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r("又"))
    note = '<w:footnote w:id="2">' + p(r("成功率81.93%")) + "</w:footnote>"
    data = docx(body, footnotes=note)
    copy = on(data, "81.93%")
    start, reference, end = (
        parts(copy)["word/document.xml"].decode().index(word)
        for word in ("commentRangeStart", "footnoteReference", "commentRangeEnd")
    )
    assert start < reference < end
    assert parts(copy)["word/footnotes.xml"] == parts(data)["word/footnotes.xml"]


def test_a_number_in_a_text_box_is_marked_at_the_box() -> None:
    box = (
        "<w:r><w:pict><v:textbox><w:txbxContent>"
        + p(r("成功率81.93%"))
        + "</w:txbxContent></v:textbox></w:pict></w:r>"
    )
    xml = parts(on(docx(p(r("前") + box)), "81.93%"))["word/document.xml"].decode()
    assert f'<w:commentRangeStart w:id="0"/>{box}<w:commentRangeEnd w:id="0"/>' in xml


def test_two_comments_on_one_number_and_two_side_by_side() -> None:
    data = docx(p("甲12件34件"))
    copy = on(data, "12件", "12件", "34件")
    assert spans(copy) == {"0": "12件", "1": "12件", "2": "34件"}
    assert list(noted(copy).values()) == ["zu 12件", "zu 12件", "zu 34件"]


def test_a_number_over_two_paragraphs_whose_break_is_deleted() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    assert ranges(p(r("成功率81."), gone) + p(r("93%。")), "81.93%") == ["81.93%"]


def test_what_stands_nowhere_is_told() -> None:
    data = docx(p("12件"))
    assert annotated(data, "12件\n", [Mark(4, 4, "x")]) == (data, 0)
    with pytest.raises(Refused, match="changed"):
        annotated(data, "another text", [Mark(0, 2, "x")])


# --- Word: what else ---------------------------------------------------------------------------------


def test_nothing_else_changes() -> None:
    body = p(r("成功率81.93%。")) + p("<!-- c --><w:r><w:t>x&#65;</w:t></w:r >")
    data = packed(
        {**parts(docx(body, styles="<w:style/>", header1="<w:p/>")), "word/media/a.png": os.urandom(999)}
    )
    copy = on(data, "81.93%")
    before, after = parts(data), parts(copy)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }
    inserted = (
        rb'<w:commentRange\w+ w:id="0"/>|<w:r><w:commentReference w:id="0"/></w:r>'
        rb'|</w:t></w:r>(?=<w:comment)|(?<=/>|r>)<w:r><w:rPr></w:rPr><w:t xml:space="preserve">'
    )
    assert re.sub(inserted, b"", after["word/document.xml"]) == before["word/document.xml"]


def test_members_keep_their_order_dates_and_packing() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, kind in (("a", zipfile.ZIP_STORED), ("名/b", zipfile.ZIP_DEFLATED)):
            info = zipfile.ZipInfo(name, (2019, 5, 6, 7, 8, 10))
            info.compress_type, info.external_attr, info.comment = kind, 0o644 << 16, b"c"
            archive.writestr(info, name.encode() * 50)
        with archive.open("streamed", "w", force_zip64=True) as file:
            file.write(b"123")
        archive.comment = b"whole"
    data = replaced(out.getvalue(), {"a": b"new", "z": b"added"})
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out) as new:
        assert old.testzip() is None
        assert old.comment == b"whole"
        assert [(i.filename, old.read(i)) for i in old.infolist()] == [
            ("a", b"new"),
            ("名/b", "名/b".encode() * 50),
            ("streamed", b"123"),
            ("z", b"added"),
        ]
        kept = ("date_time", "compress_type", "external_attr", "comment", "CRC", "compress_size")
        for name in kept:
            assert getattr(old.getinfo("名/b"), name) == getattr(new.getinfo("名/b"), name)


def test_comments_that_are_there_stay() -> None:
    old = '<w:comment w:id="7" w:author="x"><w:p/></w:comment>'
    files = parts(docx(p("成功率81.93%"), comments=old))
    files["word/_rels/document.xml.rels"] = (
        f'<r:Relationships xmlns:r="{RELATIONS}"><r:Relationship Id="gouji" '
        f'Type="{OFFICE}/comments" Target="comments.xml"/></r:Relationships>'
    ).encode()
    copy = on(packed(files), "81.93%")
    assert old in parts(copy)["word/comments.xml"].decode()
    assert spans(copy) == {"8": "81.93%"}
    assert parts(copy)["word/_rels/document.xml.rels"] == files["word/_rels/document.xml.rels"]


def test_relations_and_types_that_are_there_stay() -> None:
    files = parts(docx(p("成功率81.93%")))
    files["word/_rels/document.xml.rels"] = (
        f'<r:Relationships xmlns:r="{RELATIONS}"><r:Relationship Id="gouji" Type="x" Target="y"/></r:Relationships>'
    ).encode()
    files["word/comments.xml"] = b"not ours"
    copy = parts(on(packed(files), "81.93%"))
    line = f'<r:Relationship Id="gouji1" Type="{OFFICE}/comments" Target="comments1.xml"/></r:Relationships>'
    assert copy["word/_rels/document.xml.rels"].decode().endswith(line)
    assert copy["word/comments.xml"] == b"not ours"
    assert b'PartName="/word/comments1.xml"' in copy["[Content_Types].xml"]


def test_strict_documents_and_other_prefixes() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    for prefix in ("x:", ""):
        files = parts(docx(""))
        space = f'xmlns:{prefix[:-1]}="{strict}"' if prefix else f'xmlns="{strict}"'
        files["word/document.xml"] = (
            (
                "<?xml version='1.0'?>"
                f"<P{'document'} {space}><Pbody><Pp><Pr><Pt>甲81.93%乙</Pt></Pr></Pp></Pbody></P{'document'}>"
            )
            .replace("<P", f"<{prefix}")
            .replace("</P", f"</{prefix}")
            .encode()
        )
        copy = on(packed(files), "81.93%")
        assert spans(copy) == {"0": "甲81.93%乙"} or spans(copy) == {"0": "81.93%"} or not prefix
        assert (
            b"purl.oclc.org/ooxml/officeDocument/relationships/comments"
            in parts(copy)["word/_rels/document.xml.rels"]
        )
        root = docx_reader.trace(copy).root
        assert sum(one.tag == f"{{{strict}}}commentRangeStart" for one in root.iter()) == 1
        assert f'xmlns:w="{strict}"'.encode() in parts(copy)["word/comments.xml"]


def test_a_note_may_hold_anything() -> None:
    data = docx(p("12件"))
    evil = "</w:t><w:x>&\x00\x07\ud800]]>\nzwei"
    copy, _ = annotated(data, "12件\n", [Mark(0, 3, evil)])
    assert noted(copy) == {"0": "&lt;/w:t&gt;&lt;w:x&gt;&amp;\ufffd\ufffd\ufffd]]&gt;\nzwei"}
    assert docx_reader.trace(copy).package.xml("word/comments.xml") is not None


def test_other_encodings_are_refused() -> None:
    files = parts(docx(p("12件")))
    text = files["word/document.xml"].decode()
    files["word/document.xml"] = text.encode("utf-16")
    data = packed(files)
    with pytest.raises(UnreadError, match=r"word/document\.xml"):
        annotated(data, docx_reader.read(data).text, [Mark(0, 3, "x")])


# --- PDF ---------------------------------------------------------------------------------------------


def highlights(data: bytes) -> list[tuple[int, dict[str, Any]]]:
    found = []
    for index, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages):
        found += [(index, entry.get_object()) for entry in page.get("/Annots", ())]
    return [(page, entry) for page, entry in found if entry["/Subtype"] == "/Highlight"]


def under(data: bytes, page: int, entry: dict[str, Any]) -> str:
    """The text under the boxes of a highlight."""
    sheet = pypdfium2.PdfDocument(data)[page]
    text, quads = sheet.get_textpage(), [float(v) for v in entry["/QuadPoints"]]
    found = ""
    for at in range(0, len(quads), 8):
        xs, ys = quads[at : at + 8 : 2], quads[at + 1 : at + 8 : 2]
        found += text.get_text_bounded(min(xs), min(ys), max(xs), max(ys)).strip()
    return found


def marked(data: bytes, *numbers: str) -> list[str]:
    """What stands under the highlights of the first place of each number."""
    text = reader_text(data)
    marks = [Mark(at := text.index(number), at + len(number), f"zu {number}", True) for number in numbers]
    copy, placed = annotate_pdf.annotated(data, text, marks)
    assert placed == len(marks)
    assert copy.startswith(data), "the copy is the original with an appendix"
    assert reader_text(copy) == text
    return [under(copy, page, entry) for page, entry in highlights(copy)]


def reader_text(data: bytes) -> str:
    Path("read.pdf").write_bytes(data)
    found = reader.load("read.pdf")
    assert isinstance(found, Document), found
    return found.text


def pdf(rotate: int = 0) -> Pdf:
    made = Pdf()
    made.page(rotate=rotate)
    return made


def test_a_highlight_covers_its_number() -> None:
    made = pdf()
    paragraph(made, TITLE + WRONG * 3, 760)
    assert marked(made.data(), "573件", "81.93%") == ["573件", "81.93%"]


def test_a_number_broken_over_two_lines_and_two_pages() -> None:
    made = pdf()
    made.text(107, 110, "某某市司法局全年受理物业纠纷某某各类共计七百零四")
    made.text(75, 82, "某某市司法局全年受理物业纠纷某某各类共计七百零四三81")
    made.page()
    made.text(75, 760, ".93%的事项经过调解取得成功，其余的转送法院处理完毕了。")
    data = made.data()
    text = reader_text(data)
    if "81.93%" not in text:
        pytest.skip("the reader keeps the halves apart")
    at = text.index("81.93%")
    copy, placed = annotate_pdf.annotated(data, text, [Mark(at, at + 6, "x")])
    assert placed == 1
    assert [(page, under(copy, page, entry)) for page, entry in highlights(copy)] == [(0, "81"), (1, ".93%")]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages(rotate: int) -> None:
    made = pdf(rotate)
    paragraph(made, WRONG, 760)
    (found,) = marked(made.data(), "81.93%")
    assert sorted(found) == sorted("81.93%"), "pdfium reads upside down from right to left"


def test_text_that_runs_up_the_page() -> None:
    made = pdf()
    for i in range(3):
        made.text(300 + 28 * i, 80, "受理物业纠纷704件，调解成功573件，成功率81.93%。", 12, "0 1 -1 0")
    (found,) = marked(made.data(), "81.93%")
    assert found == "81.93%"


def test_numbers_in_a_drawn_table() -> None:
    made = pdf()
    made.grid([70, 200, 330, 460], [600, 630, 660, 690])
    for row, texts in enumerate((("年", "受理", "办结"), ("2016", "100", "90"), ("2017", "100", "95"))):
        for column, text in enumerate(texts):
            made.text(80 + 130 * column, 670 - 30 * row, text, 12)
    data = made.data()
    text = reader_text(data)
    second = text.rindex("100")
    copy, placed = annotate_pdf.annotated(data, text, [Mark(second, second + 3, "x")])
    ((page, entry),) = highlights(copy)
    assert (placed, page, under(copy, page, entry)) == (1, 0, "100")
    assert 600 < float(entry["/Rect"][1]) < 630, "the lower one"


def test_numbers_in_a_table_shown_by_gaps() -> None:
    made = pdf()
    for row, texts in enumerate((("项目", "受理", "办结"), ("甲类", "100", "90"), ("乙类", "100", "95"))):
        for column, text in enumerate(texts):
            made.text(80 + 150 * column, 670 - 24 * row, text, 12)
    data = made.data()
    text = reader_text(data)
    second = text.rindex("100")
    copy, _ = annotate_pdf.annotated(data, text, [Mark(second, second + 3, "x")])
    ((page, entry),) = highlights(copy)
    assert under(copy, page, entry) == "100"
    assert float(entry["/Rect"][3]) < 646


def test_notes_on_one_number_are_one_highlight() -> None:
    made = pdf()
    paragraph(made, WRONG, 760)
    data = made.data()
    text = reader_text(data)
    at = text.index("81.93%")
    copy, placed = annotate_pdf.annotated(
        data, text, [Mark(at, at + 6, "eins 一"), Mark(at, at + 6, "zwei\ud800", True)]
    )
    ((_, entry),) = highlights(copy)
    assert placed == 2
    assert entry["/Contents"] == "eins 一\n\nzwei\ufffd"
    assert entry["/T"] == "gouji"
    assert not {"/M", "/CreationDate"} & set(entry)
    assert (
        annotate_pdf.annotated(data, text, [Mark(at, at + 6, "x")])[0]
        == annotate_pdf.annotated(data, text, [Mark(at, at + 6, "x")])[0]
    ), "the same bytes"


def test_a_copy_of_a_copy_keeps_the_notes_that_are_there() -> None:
    made = pdf()
    paragraph(made, WRONG, 760)
    first = made.data()
    text = reader_text(first)
    at = text.index("704件")
    second, _ = annotate_pdf.annotated(first, text, [Mark(at, at + 4, "one")])
    third, _ = annotate_pdf.annotated(second, text, [Mark(at, at + 4, "two")])
    assert third.startswith(second)
    assert [entry["/Contents"] for _, entry in highlights(third)] == ["one", "two"]


def with_stream(data: bytes) -> bytes:
    """The file with its table of objects as a stream."""
    start = int(data.rsplit(b"startxref", 1)[1].split()[0])
    rows = re.findall(rb"^(\d{10}) \d{5} ([nf]) $", data[start:], re.M)
    number = len(rows)
    table = b"".join(
        (b"\1" if kind == b"n" else b"\0") + int(at).to_bytes(4, "big") + b"\0" for at, kind in rows
    )
    table += b"\1" + start.to_bytes(4, "big") + b"\0"
    head = b"<</Type/XRef/W[1 4 1]/Size %d/Root 1 0 R/ID[<aa><bb>]/Length %d>>" % (number + 1, len(table))
    return data[:start] + b"%d 0 obj\n%sstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (
        number,
        head,
        table,
        start,
    )


def test_a_file_whose_table_is_a_stream_gets_a_stream() -> None:
    made = pdf()
    paragraph(made, WRONG, 760)
    data = with_stream(made.data())
    assert marked(data, "81.93%") == ["81.93%"]
    text = reader_text(data)
    copy, _ = annotate_pdf.annotated(data, text, [Mark(0, 3, "x")])
    assert b"\nxref" not in copy
    identity: Any = pypdf.PdfReader(io.BytesIO(copy)).trailer["/ID"]
    assert identity[0].original_bytes == b"\xaa"
    assert identity[1].original_bytes != b"\xbb", "another state of the same file"


def test_a_broken_table_is_told() -> None:
    made = pdf()
    paragraph(made, WRONG, 760)
    data = re.sub(rb"startxref\n\d+", b"startxref\n17", made.data())
    text = reader_text(data)
    with pytest.raises(Refused, match="structure"):
        annotate_pdf.annotated(data, text, [Mark(0, 3, "x")])


def test_an_encrypted_file_is_told() -> None:
    made = pdf()
    paragraph(made, WRONG, 760)
    writer = pypdf.PdfWriter(io.BytesIO(made.data()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    Path("locked.pdf").write_bytes(out.getvalue())
    result = gouji("locked.pdf", "--annotate", "out")
    assert "PDF 已加密" in result.stderr, result.stderr
    assert not list(Path("out").iterdir())
    assert result.exit_code == 1, "the findings count as ever"


# --- the command -------------------------------------------------------------------------------------


def report(path: str, *texts: str) -> bytes:
    data = docx("".join(map(p, (TITLE, *texts))))
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(data)
    return data


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["错误：率 · 不符", "573 ÷ 704 = 81.3920…%", "81.93% 疑为 81.39%"]),
        ("en", ["error: rate · inconsistent", "573 ÷ 704 = 81.3920…%", "81.93% is probably 81.39%"]),
    ],
)
def test_a_comment_tells_verdict_equation_suspect_and_suggestion(lang: str, words: list[str]) -> None:
    report("a.docx", WRONG)
    result = gouji("a.docx", "--annotate", "out", "--lang", lang)
    copy = Path("out/a.gouji.docx").read_bytes()
    assert "out/a.gouji.docx" in result.stderr
    assert spans(copy) == {"0": "81.93%"}
    assert all(word in noted(copy)["0"] for word in words), noted(copy)


def test_every_finding_stands_at_its_number() -> None:
    report("a.docx", TWICE)
    result = gouji("a.docx", "--annotate", "out", "--format", "json")
    audit = json.loads(result.stdout)
    assert audit["summary"]["errors"] + audit["summary"]["warnings"] == 3
    copy = Path("out/a.gouji.docx").read_bytes()
    assert list(spans(copy).values()) == ["5.3%", "803件", "81.93%"]
    told = [text.split("\n")[0] for text in noted(copy).values()]
    assert told == ["警告：整数可行 · 截尾", "警告：不超过整体 · 不符", "错误：率 · 不符"]


def test_pdf_and_its_note() -> None:
    made = pdf()
    paragraph(made, WRONG, 760)
    Path("a.PDF").write_bytes(made.data())
    gouji("a.PDF", "--annotate", "out", "--quiet")
    copy = Path("out/a.gouji.PDF").read_bytes()
    ((page, entry),) = highlights(copy)
    assert under(copy, page, entry) == "81.93%"
    assert "81.3920…%" in entry["/Contents"]
    assert entry["/C"] == [1, 0.62, 0.62]


def test_beside_the_original_which_stays_as_it_is() -> None:
    data = report("in/a.docx", WRONG)
    for _ in range(2):
        assert gouji("in", "--annotate", "in").exit_code == 1
        assert sorted(os.listdir("in")) == ["a.docx", "a.gouji.docx"], "a copy is no report of the folder"
        assert Path("in/a.docx").read_bytes() == data
    first = Path("in/a.gouji.docx").read_bytes()
    assert gouji("in/*.docx", "--annotate", "in").exit_code == 1
    assert Path("in/a.gouji.docx").read_bytes() == first, "the same bytes every time"


def test_a_copy_that_is_audited_itself_is_not_overwritten() -> None:
    report("a.docx", WRONG)
    gouji("a.docx", "--annotate", ".")
    copy = Path("a.gouji.docx").read_bytes()
    result = gouji("a.docx", "a.gouji.docx", "--annotate", ".")
    assert "不覆盖" in result.stderr
    assert Path("a.gouji.docx").read_bytes() == copy


def test_a_link_in_the_place_of_the_copy_does_not_lead_to_the_original() -> None:
    data = report("a.docx", WRONG)
    os.symlink("a.docx", "a.gouji.docx")
    gouji("a.docx", "--annotate", ".")
    assert Path("a.docx").read_bytes() == data


def test_no_findings_no_copy_and_none_that_is_stale() -> None:
    report("a.docx", WRONG)
    gouji("a.docx", "--annotate", "out")
    clean = report("a.docx", WRONG.replace("81.93", "81.39"))
    report("b.docx", WRONG.replace("81.93", "81.39"))
    assert gouji("a.docx", "b.docx", "--annotate", "out").exit_code == 0
    assert os.listdir("out") == ["a.gouji.docx"]
    assert Path("out/a.gouji.docx").read_bytes() == clean


def test_other_formats_are_told_in_one_line() -> None:
    for name in "abcdefg":
        Path(f"{name}.txt").write_text(f"{TITLE}\n\n{WRONG}\n", "utf-8")
    result = gouji("a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt", "g.txt", "--annotate", "out")
    (line,) = [line for line in result.stderr.splitlines() if "批注" in line]
    assert "7 份" in line
    assert "a.txt、b.txt" in line
    assert "g.txt" not in line


def test_reports_of_one_name() -> None:
    for folder in ("2016", "2017"):
        report(f"{folder}/报告.docx", WRONG)
    gouji("2016", "2017", "--annotate", "out")
    assert sorted(os.listdir("out")) == ["报告-2.gouji.docx", "报告.gouji.docx"]
    assert names(["a/B.docx", "b/b.docx", "c/b-2.docx"]) == {
        "a/B.docx": "B.gouji.docx",
        "b/b.docx": "b-2.gouji.docx",
        "c/b-2.docx": "b-2-2.gouji.docx",
    }


def test_hostile_names() -> None:
    for name in ("-rf.docx", "a\nb.docx", "长" * 80 + ".docx", "$(x) '&<.docx", ".gouji.docx"):
        report(f"in/{name}", WRONG)
    result = gouji(*(f"in/{name}" for name in os.listdir("in")), "--annotate", "out")
    assert result.exit_code == 1
    assert sorted(os.listdir("out")) == sorted(
        [
            "-rf.gouji.docx",
            "a\nb.gouji.docx",
            "长" * 60 + ".gouji.docx",
            "$(x) '&<.gouji.docx",
            ".gouji.gouji.docx",
        ]
    )
    assert len(os.listdir(".")) == 2, "nothing anywhere else"


def test_a_folder_that_cannot_be() -> None:
    report("a.docx", WRONG)
    Path("file").write_text("x")
    for folder in ("file", "file/below", "a\0b"):
        result = gouji("a.docx", "--annotate", folder)
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1
        assert "Traceback" not in result.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_takes_nothing() -> None:
    report("a.docx", WRONG)
    Path("out").mkdir()
    Path("out").chmod(0o500)
    assert gouji("a.docx", "--annotate", "out").exit_code == 2


def test_a_copy_that_cannot_be_written() -> None:
    report("a.docx", WRONG)
    Path("out/a.gouji.docx").mkdir(parents=True)
    result = gouji("a.docx", "--annotate", "out")
    assert result.exit_code == 2
    assert os.listdir("out") == ["a.gouji.docx"], "nothing half written is left"


def test_a_file_that_changes_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    report("a.docx", WRONG)
    read = Path.read_bytes
    seen: list[Path] = []

    def changing(path: Path) -> bytes:
        seen.append(path)
        return read(path) + (b"x" if seen.count(path) > 1 else b"")

    monkeypatch.setattr(Path, "read_bytes", changing)
    assert "有改动" in gouji("a.docx", "--annotate", "out").stderr


def test_without_the_package_for_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pdf()
    paragraph(made, WRONG, 760)
    Path("a.pdf").write_bytes(made.data())
    monkeypatch.setattr("gouji.reports.annotate_pdf.missing", lambda: True)
    assert "gouji[annotate]" in gouji("a.pdf", "--annotate", "out").stderr


def test_names_of_the_namespaces() -> None:
    assert W in NAMES
