"""Web pages are read for the report in them."""

import time
from pathlib import Path

import pytest

from gouji.extract import sections
from gouji.extract.document import Document
from gouji.extract.formats import name
from gouji.extract.html import read
from gouji.extract.html_tree import DEPTH, Node, parse
from gouji.extract.reader import load
from gouji.extract.text import UnreadError

REPORT = "<p>全年受理法律援助案件704件，比上年增长12.5%。</p><p>办结573件，其中民事428件。满意率为98.1%。</p>"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def lines(body: str, head: str = "") -> list[str]:
    return [line for line in read(page(body, head)).text.splitlines() if line]


SENTENCES = ["全年受理法律援助案件704件，比上年增长12.5%。", "办结573件，其中民事428件。满意率为98.1%。"]


def test_what_the_site_puts_round_a_report_is_left_out() -> None:
    body = (
        '<div class="top"><a href="/">首页</a> &gt; <a href="/x">公报</a> 今天是2026年5月1日</div>'
        "<ul><li><a href='/1'>2024年公报</a></li><li><a href='/2'>2023年公报</a></li></ul>"
        f'<div class="c"><div>发布时间：2026-05-29 浏览次数：1200</div><div id="z">{REPORT}</div>'
        "<div>【打印】【关闭】</div><div><a href='/3'>附件2025.docx</a></div></div>"
        "<div>某ICP备12345678号 电话：010-123456</div>"
    )
    assert lines(body) == SENTENCES


def test_the_same_words_inside_a_report_stay() -> None:
    body = f"<div>{REPORT}<p>浏览量：1200万次</p><p><a href='/a'>政务微博粉丝35万人</a></p>{REPORT}</div>"
    assert lines(body) == [*SENTENCES, "浏览量：1200万次", "政务微博粉丝35万人", *SENTENCES]


def test_a_report_in_several_parts_is_read_whole() -> None:
    other = "<p>调解纠纷881件。</p><p>培训2017人次。</p>"
    table = "<table>" + "".join(f"<tr><td>第{i}区</td><td>{i}00</td></tr>" for i in range(1, 9)) + "</table>"
    read_lines = lines(f"<div><div>{REPORT * 3}</div><div>{other}</div><div>{table}</div></div>")
    assert "调解纠纷881件。" in read_lines
    assert "培训2017人次。" in read_lines
    assert "| 第8区 | 800 |" in read_lines


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta name="ArticleTitle" content="某市2025年公报"><title>某网</title>', "", "某市2025年公报"),
        ("<title>某市2025年公报_某市统计局</title>", "", "某市2025年公报"),
        ("<title>某市2025年公报 - 某市统计局</title>", "", "某市2025年公报"),
        ("<title>某网</title>", "<h1>某市2025年统计公报</h1>", "某市2025年统计公报"),
    ],
)
def test_the_title_comes_first_and_once(head: str, body: str, title: str) -> None:
    assert lines(f"<div>{body}</div><div id=z>{REPORT}</div>", head) == [f"# {title}", *SENTENCES]
    inside = lines(f"<div id=z><p>{title}</p>{REPORT}</div>", head)
    assert inside == [title, *SENTENCES]


def test_headings_and_breaks() -> None:
    body = f"<h2>总体情况</h2><h3>一、受理</h3>{REPORT}<h2>{SENTENCES[0]}</h2>甲3件。<br>乙4件。<br/>"
    assert lines(body) == ["## 总体情况", "一、受理", *SENTENCES, SENTENCES[0], "甲3件。", "乙4件。"]


def test_entities_spaces_and_raised_digits() -> None:
    body = f"{REPORT}<p>面积&#50;0km<sup>2</sup>，&ldquo;十四五&rdquo;&nbsp;&nbsp;R&amp;D 3.2%<sup>[1]</sup>。\n 换行\t不断。</p>"
    assert lines(body)[2:] == ["面积20km²，“十四五” R&D 3.2%[1]。 换行 不断。"]


def test_inline_elements_do_not_part_a_number() -> None:
    assert lines(f"{REPORT}<p>受理<span>12</span><b>,2</b><font color=red>98</font>件。</p>")[2:] == [
        "受理12,298件。"
    ]


def test_hidden_elements_and_scripts_are_left_out() -> None:
    body = (
        f'{REPORT}<p style="color:red; display : none">隐藏999件。</p><p hidden>隐藏998件。</p>'
        "<script>var a = '<p>997件。</p>';</script><style>.a{width:996px}</style><!-- 995件。 -->"
        "<noscript>994件。</noscript><select><option>2020</option></select>"
    )
    assert lines(body) == SENTENCES


TABLE = (
    "<table><caption>表1 收入（单位：万元）</caption>"
    "<tr><th rowspan=2>地区</th><th colspan='2'>收入</th></tr><tr><th>本年</th><th>上<br>年</th></tr>"
    "<tr><td>甲</td><td>7</td><td>5</td></tr><tr><td>乙</td><td>1|2<td>3<sup>1</sup></table>"
)


def test_tables_are_rows_with_merged_cells_once() -> None:
    extracted = read(page(REPORT + TABLE))
    rows = [line for line in extracted.text.splitlines() if line][2:]
    assert rows == [
        "表1 收入（单位：万元）",
        "| 地区 | 收入 |  |",
        "|  | 本年 | 上年 |",
        "| 甲 | 7 | 5 |",
        "| 乙 | 1¦2 | 3¹ |",
    ]
    document = Document("", "", extracted.text, layout=extracted.layout)
    place = sections.where(document, extracted.text.index("| 5 |") + 2)
    assert (place.table, place.row, place.cell, place.paragraph) == (1, 3, 3, None)


def test_a_span_over_several_rows() -> None:
    table = "<table><tr><td rowspan=3>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr><tr><td>乙</td><td>4</td></tr></table>"
    assert lines(REPORT + table)[2:] == ["| 甲 | 1 |", "|  | 2 |", "|  | 3 |", "| 乙 | 4 |"]


def test_a_table_that_arranges_the_page_is_no_table() -> None:
    body = f"<table><tr><td><table><tr><td>{REPORT}</td></tr></table></td></tr></table>"
    assert lines(body) == SENTENCES
    long = "全年坚持稳中求进，" * 20 + "受理3件。"
    assert lines(
        f"{REPORT}<table><tr><td>工作</td><td>{long}</td></tr><tr><td>件数</td><td>3</td></tr></table>"
    )[2:] == [
        "工作",
        long,
        "| 件数 | 3 |",
    ]


def test_what_a_site_keeps_of_a_page_is_no_table() -> None:
    about = "<table><tr><td>索 引 号：</td><td>111/2019-01010</td></tr><tr><td>文号：</td><td>成文日期：2019年3月12日</td></tr></table>"
    assert lines(f"<div>{about}{REPORT}</div>") == SENTENCES


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ("<meta charset=utf-8>", "utf-8"),
        ('<meta charset="utf-8">', "gb18030"),  # it lies
        ("", "gb18030"),
        ("", "utf-8"),
        ('<meta charset="big5">', "big5"),
        ('<meta charset="no-such">', "utf-8"),
        ('<meta charset="hex">', "utf-8"),  # a codec of Python that is no encoding
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    sentence = (
        "全年受理法律援助案件704件，比上年增加3件。" if encoding != "big5" else "全年受理案件704件，增加3件。"
    )
    data = f"<html><head>{declared}</head><body><p>{sentence}</p></body></html>".encode(encoding)
    assert read(data).text == sentence + "\n"


def test_utf_16() -> None:
    data = page(REPORT).decode().encode("utf-16")
    assert name(data) == "html"
    assert read(data).text.splitlines() == SENTENCES


def test_what_cannot_be_decoded_is_refused() -> None:
    with pytest.raises(UnreadError):
        read(b"<html>" + bytes(range(128, 256)) * 30)


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"<!DOCTYPE html><p>1", "html"),
        (b"\xef\xbb\xbf\r\n<!-- a --><HTML>", "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "html"),
        (b"<!DOCTYPE>\n<html>", "html"),
        (b"<p>1</p>" * 20, "html"),
        (b"<p>1</p>", ""),
        (b'<div align="center">\n\n# Title\n\n</div>\n', ""),
        (b'<?xml version="1.0"?><a/>', ""),
        ("受理<b>3</b>件".encode(), ""),
        (b"%PDF-1.4", "pdf"),
    ],
)
def test_pages_are_told_by_content(data: bytes, format: str) -> None:
    assert name(data) == format


def test_load(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(page(f"<h1>某某市司法局2017年工作报告</h1>{REPORT}{TABLE}"))
    document = load(str(path))
    assert isinstance(document, Document)
    assert (document.title, document.encoding) == ("某某市司法局2017年工作报告", "utf-8")
    assert [figure.numeral for figure in document.figures][:3] == ["704", "12.5", "573"]
    for figure in document.figures:
        assert document.text[figure.start : figure.end] == figure.text


# --- trees ---------------------------------------------------------------------------------------------


def shape(node: Node) -> str:
    return "".join(
        child if isinstance(child, str) else f"{child.tag}({shape(child)})" for child in node.children
    )


@pytest.mark.parametrize(
    ("html", "tree"),
    [
        ("<p>一<p>二", "p(一)p(二)"),
        ("<p>一<div>二</div>", "p(一)div(二)"),
        ("<ul><li>一<li>二</ul>三", "ul(li(一)li(二))三"),
        ("<table><tr><td>一<td>二<tr><td>三</table>四", "table(tr(td(一)td(二))tr(td(三)))四"),
        ("<table><tr><td><b>一</td><td>二</b></td></tr></table>", "table(tr(td(b(一))td(二)))"),
        ("<table><tr><td>一</div></span></td><td>二</td></tr></table>", "table(tr(td(一)td(二)))"),
        ("<td><table><tr><td>内</td></tr></table>外</td>", "td(table(tr(td(内)))外)"),
        ("<b>一<i>二</b>三</i>四", "b(一i(二))三四"),
        ("一<br/>二<br>三</br>四", "一br()二br()三br()四"),
        ('<a title="a > b">一</a>', "a(一)"),
        ("3 < 5 且 7 > 2", "3 < 5 且 7 > 2"),
        ("<script>if (a < b) '</p>'</script>一", "script(if (a < b) '</p>')一"),
        ("一<!-- 二 > --><!-- 三", "一"),
        ("<P CLASS=a>一</P>", "p(一)"),
    ],
)
def test_trees(html: str, tree: str) -> None:
    assert shape(parse(html)) == tree


def test_attributes() -> None:
    (node,) = parse("<td ColSpan='2' rowspan=3 title=\"a&amp;b\" hidden data-colspan=9>").children
    assert isinstance(node, Node)
    assert [node.get(key) for key in ("colspan", "rowspan", "title", "hidden", "span")] == [
        "2",
        "3",
        "a&b",
        "",
        "",
    ]
    assert node.has("hidden")
    assert not node.has("span")


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<p>",
        "<b><i>",
        "<table><tr><td>",
        "<a ",
        '<a b="',
        "<a b='\"",
        "<!--",
        "<!",
        "</",
        "<script>",
        "<",
        "&",
        "&#50;",
        "<td rowspan=60000 colspan=900>1",
        "<table><tr><td>1",
        "<li>",
        "</div>",
        "<sup>1",
        "<h1>甲",
        "<a href=1>甲3",
    ],
)
def test_pages_made_to_hurt_take_bounded_time(unit: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<!doctype html><p>受理3件。" + unit * 30_000 + "甲3件。", "utf-8")
    begin = time.process_time()
    load(str(path))
    assert time.process_time() - begin < 6.0


def test_depth_is_bounded() -> None:
    depth, here = 0, parse("<div>" * 5000 + "甲")
    while here.children and isinstance(here.children[0], Node):
        depth, here = depth + 1, here.children[0]
    assert depth <= DEPTH
